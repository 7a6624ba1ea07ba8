"""The thread page and the page of all threads: what is there, what is missing, what is not due."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.year import live_cast_year
from tettpaa.core.orgs.queries import unit_by_code
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.ui import panels
from tettpaa.core.ui.panels import Item, Knot, Link
from tettpaa.doors.workspace.queries.now import now, now_address
from tettpaa.doors.workspace.queries.threads import _mini, _said, _step
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.yearwheel.models import Task

TODAY = date(2026, 11, 22)


def knots(*states: str) -> list[Knot]:
    return [Knot(link, state, ()) for link, state in zip(Link, states, strict=True)]  # type: ignore[arg-type]


def test_the_first_line_names_the_break() -> None:
    assert _said(knots(*["there"] * 7, "missing", "later", "later")) == (
        "Tråden ryker ved effekt.",
        "7 av 10 ledd finnes.",
    )
    assert _said(knots(*["there"] * 4, *["later"] * 6))[0] == "Tråden er hel til og med dialogmøte."
    assert _said(knots(*["there"] * 10))[1] == "Hele veien fra mål til vedtak kan følges."
    assert _said(knots(*["later"] * 10)) == ("Tråden er ikke begynt.", "0 av 10 ledd finnes.")


def test_the_line_frays_where_a_link_is_missing() -> None:
    row = knots("there", "there", "missing", *["later"] * 7)
    assert [_step(n, row).curve_state for n in range(4)] == ["there", "frayed", "later", "later"]
    assert len(_step(1, row).strands) == 4
    assert (_step(9, row).curve, _step(9, row).strands) == ("", ())


@pytest.mark.django_db
def test_only_what_lies_before_a_schools_last_link_is_lacking(cast: Cast) -> None:
    goal = uuid4()
    here, there = (cast.nes.pk, goal), (cast.vik.pk, goal)
    states = {key: {} for key in Link} | {
        Link.GOAL: {here: "there"}, Link.MEETING: {there: "there"}, Link.INITIATIVE: {here: "there"},
        Link.DECISION: {here: "there"},
    }  # fmt: skip
    row = _mini(cast.fjordvik, cast.nes, (goal, "Lesing"), states, is_here=False)  # type: ignore[arg-type]
    assert row.lacks == "dialogmøte"
    assert list(row.states) == [
        "there", "later", "later", "missing", "later", "there", "later", "later", "later", "there",
    ]  # fmt: skip
    assert row.lines == {
        "later": "M10 8H50M50 8H90M170 8H210M210 8H250M250 8H290M290 8H330M330 8H370",
        "missing": "M90 8H130M130 8H170",
    }
    assert {state: path.count("M") for state, path in row.dots.items()} == {
        "there": 3,
        "later": 6,
        "missing": 1,
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_the_pages_of_a_lived_year(cast: Cast, client: Client) -> None:
    place = live_cast_year(cast)
    head = next(user for user in [_user(place.by("head_of_schools"))])
    client.force_login(head, backend="allauth.account.auth_backends.AuthenticationBackend")
    goal = place.goal("stotte")
    html = client.get(f"/9901/trad/F00000001/{goal.pk}/").content.decode()
    assert html.count('<li class="there"') >= 5
    assert "Da lovet" not in html
    with CaptureQueriesContext(connection) as few:
        all_threads = client.get("/9901/trad/").content.decode()
    assert goal.text in all_threads
    assert len(few) < 40
    assert client.get(f"/9902/trad/U00000001/{goal.pk}/").status_code == 404
    assert client.get(f"/9901/trad/F00000001/{uuid4()}/").status_code == 404


@pytest.mark.slow
@pytest.mark.django_db
def test_what_waits_is_each_readers_own(cast: Cast) -> None:
    place = live_cast_year(cast)
    head = load_viewer(_user(place.by("head_of_schools")), TODAY)
    principal = load_viewer(_user(place.by("principal")), TODAY)
    of_owner, of_school = now(head, place.owner, TODAY), now(principal, place.owner, TODAY, place.school)
    assert of_owner.waits[0].mine
    assert {item.place for item in of_school.waits} <= {"Nes skole", ""}
    assert [way.title for way in of_school.ways][:2] == ["Møtene", "Skolens plan"]
    assert "frist" in of_owner.sentence
    nobody = load_viewer(cast.users["eva"], TODAY)
    assert now(nobody, place.owner, TODAY).is_empty


def test_a_date_that_two_rooms_tell_of_stands_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(day: int, place: str = "Nes skole") -> Item:
        return Item("due", "Sjekkpunkt for avtalen", f"/{day}/", date(2026, 12, day), place)

    wheel, room = [told(4), told(18), told(4, "Vik skole")], [told(4), told(18)]
    monkeypatch.setattr(panels, "_items", {"yearwheel": lambda _asked: wheel, "room": lambda _asked: room})
    head = load_viewer(cast.users["berit"], TODAY)
    found = now(head, cast.fjordvik, TODAY)
    assert [(item.when.day, item.place) for item in found.waits if item.when] == [
        (4, "Nes skole"), (4, "Vik skole"), (18, "Nes skole"),
    ]  # fmt: skip
    assert "3 ting venter" in found.sentence
    asked = panels.Asked(head, cast.fjordvik, TODAY)
    assert [item.place for item in panels.items(asked, without="yearwheel")] == ["Nes skole", "Nes skole"]


def test_what_waits_comes_after_the_figures_and_has_a_page_of_its_own(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    live_cast_year(cast)
    berit = client_of("berit")
    for front, address in (
        ("/9901/", "/9901/naa/"),
        ("/9901/skoler/F00000001/", "/9901/skoler/F00000001/naa/"),
    ):
        page = berit.get(front).content.decode()
        assert f'hx-get="{address}"' in page
        assert f'<a href="{address}">' in page  # the way for those without scripts
        part = berit.get(address, headers={"HX-Request": "true"}).content.decode()
        whole = berit.get(address).content.decode()
        assert "<html" not in part
        assert "<html" in whole
        assert part.strip() in whole
    assert now_address(load_viewer(cast.users["eva"], TODAY), unit_by_code("9901")) == ""


@pytest.mark.django_db
def test_what_waits_asks_no_more_for_more_work(cast: Cast, client_of: Callable[[str], Client]) -> None:
    """Meetings, agreements, initiatives and tasks at more schools: the same number of queries, give or take none."""
    live_cast_year(cast)
    berit = client_of("berit")
    berit.get("/9901/naa/")
    with CaptureQueriesContext(connection) as before:
        berit.get("/9901/naa/")
    for model in (Task, Initiative, Agreement, Meeting):
        for row in model.objects.filter(school=cast.nes):
            row.pk, row.school = uuid4(), cast.vik
            if model in {Task, Initiative, Agreement}:
                row.source = f"{row.source}:copy" if row.source else ""
            row.save(force_insert=True)
    with CaptureQueriesContext(connection) as after:
        berit.get("/9901/naa/")
    assert len(after) == len(before)


def _user(email: str) -> object:
    from tettpaa.core.accounts.queries import user_by_email

    return user_by_email(email)
