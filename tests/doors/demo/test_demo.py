"""The demo: invented figures that hold together, roles to try, and a door that exists in demo mode only."""

import csv
import io
from collections import defaultdict

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from tests.factories.cast import Cast
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.orgs.permissions import roles
from tettpaa.data.indicators.definitions import definitions
from tettpaa.doors.demo import fjordvik
from tettpaa.doors.demo.actions import sign_in
from tettpaa.doors.demo.people import OWNERS, people
from tettpaa.doors.demo.queries import choices, demo_user


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))


@pytest.fixture(scope="module")
def owner_rows() -> list[dict[str, str]]:
    return rows(fjordvik.template_of_owner())


def test_the_file_is_the_same_every_time() -> None:
    assert fjordvik.template_of_county() == fjordvik.template_of_county()


def test_every_kind_of_indicator_is_there(owner_rows: list[dict[str, str]]) -> None:
    wanted = {key for key, d in definitions().items() if "open_template" in d.sources} - {"vgo_sluttet"}
    assert {row["indikator"] for row in owner_rows} == wanted


def test_everything_is_marked_as_invented(owner_rows: list[dict[str, str]]) -> None:
    assert {row["kilde"] for row in owner_rows} == {fjordvik.SOURCE}
    assert "Oppdiktet" in fjordvik.SOURCE
    assert all(row["orgnr"].startswith("F") or row["orgnr"] == fjordvik.OWNER for row in owner_rows)


def test_schools_add_up_to_the_municipality(owner_rows: list[dict[str, str]]) -> None:
    schools: dict[tuple[str, str], int] = defaultdict(int)
    whole: dict[tuple[str, str], int] = {}
    for row in owner_rows:
        if row["indikator"] == "elever":
            key = (row["skoleaar"], row["trinn"])
            if row["orgnr"] == fjordvik.OWNER:
                whole[key] = int(row["verdi"])
            else:
                schools[key] += int(row["verdi"])
    assert whole == schools


def test_girls_and_boys_make_the_whole(owner_rows: list[dict[str, str]]) -> None:
    split: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for row in owner_rows:
        if row["n"]:
            key = (row["orgnr"], row["skoleaar"], row["trinn"], row["indikator"])
            split[key][row["kategori"] or "alle"] = int(row["n"])
    both = [parts for parts in split.values() if "jenter" in parts]
    assert len(both) > 100
    assert all(parts["jenter"] + parts["gutter"] == parts["alle"] for parts in both)


def test_people_have_known_roles_and_places() -> None:
    everybody = list(people())
    assert {person.role for person in everybody} <= set(roles())
    assert len({person.email for person in everybody}) == len(everybody)
    assert len({owner.code for owner in OWNERS}) == 6


@pytest.mark.django_db
def test_the_door_opens_for_demo_accounts_only(cast: Cast, client: Client) -> None:
    email = "rektor.fjordvik@demo.example"
    assert demo_user(email) is None
    user = open_account(email=email, name="Rektor", by="test")
    assert demo_user(email) == user
    assert demo_user("berit@example.test") is None
    assert client.post("/demo/inn/", {"email": "berit@example.test"}).status_code == 404
    assert client.post("/demo/inn/", {"email": email}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_outside_demo_mode_nobody_enters(cast: Cast, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(PermissionDenied):
        sign_in(request=RequestFactory().post("/"), user=cast.users["berit"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "word"), [("nb", "Skolesjef"), ("nn", "Skulesjef"), ("en", "Head of schools")]
)
def test_roles_are_told_in_the_readers_language(
    client: Client, language: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tettpaa.core.orgs.models import Unit

    monkeypatch.setattr(
        "tettpaa.doors.demo.queries.units_by_code", lambda codes: {c: Unit(code=c, name=c) for c in codes}
    )
    assert len(choices()) == 6
    page = client.get("/demo/", headers={"accept-language": language}).content.decode()
    assert word in page
    assert page.count("<button class=") >= 47
