"""A meeting from plan to close, page by page, as each role sees it."""

import pytest

from tests.work.dialogue import meetinghouse as house

PAGES = ("", "pakke/", "saklista/", "referat/", "avtalen/")


@pytest.mark.parametrize(
    "state",
    [
        "planned",
        "invited",
        "open",
        "frozen",
        "agenda",
        "held",
        "draft",
        "commented",
        "approved",
        "published",
        "followed",
        "closed",
    ],
)
def test_every_page_opens_in_every_state(cast, client_of, state):
    meeting = house.bring(house.make_meeting(cast), state)
    for name in ("berit", "aud"):
        client = client_of(name)
        for page in PAGES:
            assert client.get(house.address(meeting, page)).status_code == 200, (name, page)
    for name in ("odd", "fia", "tor"):
        assert client_of(name).get(house.address(meeting)).status_code == 200
