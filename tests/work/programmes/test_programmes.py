"""Programmes: their road and parts, who sees what is not published, two writers at once, and the pack."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.planning import plan_of
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.programmes import actions, pack, pages, queries
from tettpaa.work.programmes.access import part_for_writing, programme_for_reading
from tettpaa.work.programmes.enums import PATHS, Kind, MilestoneState, Scope, State
from tettpaa.work.programmes.models import Grant, Milestone, PageAnswer, Programme, StateChange
from tettpaa.work.yearwheel.models import Task

BERIT = "berit@example.test"
DAY = date(2026, 9, 1)
type SignIn = Callable[[str], Client]


def begin(cast: Cast, **changes: Any) -> Programme:
    parts: dict[str, Any] = {
        "owner": cast.fjordvik,
        "kind": Kind.PROJECT,
        "title": "Bøker i alle fag",
        "by": BERIT,
        "on": DAY,
    }
    return actions.add_programme(**(parts | changes))


def viewer_of(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], DAY)


def at(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["9901", *args])


def test_every_path_and_no_other(cast: Cast) -> None:
    made = begin(cast)
    for before, after in product(State, State):
        Programme.objects.filter(pk=made.pk).update(state=before)
        if after in PATHS.get(before, ()):
            actions.move_programme(programme=made, to=after, by=BERIT, reason="Fordi", on=DAY)
            assert Programme.objects.get(pk=made.pk).state == after
        else:
            with pytest.raises(NotAllowedError):
                actions.move_programme(programme=made, to=after, by=BERIT, reason="Fordi")
    assert StateChange.objects.filter(programme=made).count() == 1 + sum(map(len, PATHS.values()))
    with pytest.raises(NotAllowedError):
        begin(cast, state=State.CLOSED)


def test_to_stop_needs_a_reason(cast: Cast) -> None:
    made = begin(cast)
    with pytest.raises(actions.ReasonMissingError):
        actions.move_programme(programme=made, to=State.STOPPED, by=BERIT, reason=" ")
    assert Programme.objects.get().state == State.PROPOSED


def test_keys_are_free_and_ties_are_the_owners(cast: Cast) -> None:
    foreign = actions.add_programme(owner=cast.utvik, kind=Kind.NETWORK, title="Deres", by="eva@example.test")
    assert [begin(cast).key, begin(cast).key] == ["boker-i-alle-fag", "boker-i-alle-fag-2"]
    assert begin(cast, title="…").key == "program"
    own = begin(cast)
    measure = begin(cast, parent=own, kind=Kind.MEASURE)
    for parent in (foreign, measure):
        with pytest.raises(ValueError, match=r"."):
            begin(cast, parent=parent)
    own.parent = own
    with pytest.raises(ValueError, match="belongs to a programme"):
        actions.edit_programme(programme=own, version=1, by=BERIT)


def test_parts_and_their_dates(cast: Cast) -> None:
    made, other = begin(cast, contact_role="head_of_schools"), begin(cast)

    def add(part: str, **values: Any) -> Any:
        return actions.add_part(programme=made, kind=part, values=values, by=BERIT, on=date(2026, 10, 1))

    steering = add("gruppe", name="Styringsgruppe", kind="steering")
    stone = add("milepel", title="Møte", due_on=date(2026, 11, 1), group=steering)
    grant = add("tilskudd", giver="Staten", amount=Decimal(1000), report_on=date(2027, 1, 15))
    add("bruk", what="Bøker", amount=Decimal(250), on=DAY, grant=grant)
    assert queries.money(made) == queries.Money(Decimal(1000), Decimal(250), Decimal(750))
    assert queries.money(made).share == 25
    assert queries.money(other) == queries.Money(None, Decimal(0), None)
    assert queries.money(other).share == 0
    tasks = {task.due_on: task for task in Task.objects.all()}
    assert {day: (task.role, task.title) for day, task in tasks.items()} == {
        date(2026, 11, 1): ("head_of_schools", "Bøker i alle fag: Møte"),
        date(2027, 1, 15): ("head_of_schools", "Bøker i alle fag: Staten"),
    }
    assert queries.late_milestones([stone], date(2026, 11, 2)) == [stone]
    with pytest.raises(actions.PartInUseError):
        actions.remove_part(part=grant, by=BERIT)
    actions.move_milestone(milestone=stone, to=MilestoneState.REACHED, by=BERIT, on=date(2026, 10, 1))
    stone.refresh_from_db()
    assert (stone.done_on, Task.objects.get(due_on=stone.due_on).state) == (date(2026, 10, 1), "done")
    with pytest.raises(NotAllowedError):
        actions.move_milestone(milestone=stone, to=MilestoneState.DROPPED, by=BERIT)
    assert Programme.objects.get(pk=made.pk).changed_on == date(2026, 10, 1)
    actions.change_part(part=steering, values={"name": "Styringsgruppa", "kind": "steering"}, by=BERIT)
    actions.remove_part(part=steering, by=BERIT)
    assert Milestone.objects.get().group is None
    later = add("milepel", title="Senere", due_on=date(2027, 2, 1), role="adviser")
    actions.move_milestone(milestone=later, to=MilestoneState.DROPPED, by=BERIT)
    assert Task.objects.get(due_on=date(2027, 2, 1)).state == "dropped"
    theirs = actions.add_part(programme=other, kind="gruppe", values={"name": "X"}, by=BERIT)
    for values in ({"group": theirs, "title": "x", "due_on": DAY}, {"school": cast.units["U00000001"]}):
        kind = "milepel" if "group" in values else "deltaker"
        with pytest.raises(ValueError, match="the"):
            actions.add_part(programme=made, kind=kind, values=values, by=BERIT)


def test_who_takes_part_is_reckoned_from_the_register(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.nes.pk).update(grade_from=1, grade_to=7)
    Unit.objects.filter(pk=cast.vik.pk).update(grade_from=8, grade_to=10)
    schools = {
        scope: [one.name for one in queries.participants_of(begin(cast, scope=scope, first_year=2016))]
        for scope in Scope
    }
    assert schools == {
        Scope.ALL: ["Nes skole", "Vik skole"],
        Scope.PRIMARY: ["Nes skole"],
        Scope.LOWER_SECONDARY: ["Vik skole"],
        Scope.CHOSEN: [],
        Scope.NONE: [],
    }
    listed = Programme.objects.get(scope=Scope.CHOSEN)
    for values in ({"school": cast.vik, "first_year": 2025}, {"name": "Gamle skole"}):
        actions.add_part(programme=listed, kind="deltaker", values=values, by=BERIT)
    assert [(one.name, one.first_year) for one in queries.participants_of(listed)] == [
        ("Vik skole", 2025),
        ("Gamle skole", None),
    ]
    Programme.objects.update(state=State.RUNNING)
    vik = Unit.objects.get(pk=cast.vik.pk)
    seen = queries.of_school(viewer_of(cast, "berit"), cast.fjordvik, vik)
    assert sorted(one.scope for one in seen) == ["all", "chosen", "lower_secondary"]
    assert queries.of_school(viewer_of(cast, "vera"), cast.fjordvik, vik) == []
    assert queries.of_school(viewer_of(cast, "eva"), cast.fjordvik, vik) == []


def test_readers_see_only_what_is_published(cast: Cast, client_of: SignIn) -> None:
    made = begin(cast, state=State.RUNNING)
    assert queries.page_dates(cast.fjordvik) == {"published": None, "changed": None}
    for name, status in {"berit": 200, "arne": 200, "dag": 404, "fia": 404, "carl": 404, "eva": 404}.items():
        assert client_of(name).get(at("programme", made.pk)).status_code == status
        if name != "eva":
            assert ("Bøker i alle fag" in client_of(name).get(at("programmes")).content.decode()) == (
                status == 200
            )
    actions.publish(programme=made, by=BERIT, on=date(2026, 9, 5))
    actions.publish(programme=made, by=BERIT, on=date(2026, 9, 9))
    page = client_of("dag").get(at("programmes")).content.decode().replace("\xa0", " ")
    assert "Publisert 5. september 2026. Sist endret 1. september 2026." in page
    assert "Kommunen er med på ett program eller prosjekt nå." in page
    assert client_of("dag").get(at("programme", made.pk)).status_code == 200
    assert client_of("dag").get(at("edit", made.pk)).status_code == 404
    assert client_of("eva").get(f"/9902/programmer/{made.pk}/").status_code == 404
    actions.withdraw(programme=made, by=BERIT)
    actions.withdraw(programme=made, by=BERIT)
    assert client_of("dag").get(at("programme", made.pk)).status_code == 404
    kinds = Event.objects.filter(kind__startswith="programmes.").values_list("kind", flat=True)
    assert list(kinds.order_by("number")) == [
        "programmes.programme_added",
        "programmes.programme_published",
        "programmes.programme_withdrawn",
    ]


def test_everybody_reads_what_is_published_without_signing_in(cast: Cast) -> None:
    """And nothing else: not what is not published, and no owner that has published nothing."""
    client, address = Client(), reverse("programmes:open", args=["9901"])
    ended = begin(cast, state=State.RUNNING, title="Leseåret", about="Alle leste.")
    for to in (State.REPORTED, State.CLOSED):
        ended = actions.move_programme(programme=ended, to=to, by=BERIT, reason="Ferdig", on=DAY)
    begin(cast, state=State.RUNNING, title="Hemmelig")
    assert client.get(address).status_code == 404
    actions.publish(programme=ended, by=BERIT, on=date(2026, 9, 5))
    actions.add_part(programme=ended, kind="partner", values={"name": "NTNU"}, by=BERIT)
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [words in page for words in ("Leseåret", "Alle leste.", "Med NTNU", "Avsluttet", "Fjordvik")] == [
        True
    ] * 5
    assert [words in page for words in ("Hemmelig", "Pågår", "programmer/svar/")] == [False] * 3
    for code in ("9902", "F00000001", "finnes-ikke"):
        assert client.get(reverse("programmes:open", args=[code])).status_code == 404
    assert client.post(address).status_code == 405


def test_a_part_belongs_to_its_programme(cast: Cast) -> None:
    one, two = begin(cast), begin(cast)
    part = actions.add_part(programme=one, kind="partner", values={"name": "NTNU"}, by=BERIT)
    berit = viewer_of(cast, "berit")
    assert part_for_writing(berit, cast.fjordvik, one.pk, "partner", part.pk) == part
    for programme, kind in ((two.pk, "partner"), (one.pk, "gruppe"), (one.pk, "ukjent")):
        with pytest.raises(Http404):
            part_for_writing(berit, cast.fjordvik, programme, kind, part.pk)
    with pytest.raises(Http404):
        part_for_writing(viewer_of(cast, "dag"), cast.fjordvik, one.pk, "partner", part.pk)
    with pytest.raises(Http404):
        programme_for_reading(berit, cast.utvik, one.pk)


NEW = {"title": "Leseløftet", "kind": "national", "state": "running", "scope": "all", "first_year": "2025"}


def test_the_adviser_writes_a_programme_with_its_parts(cast: Cast, client_of: SignIn) -> None:
    goal = plan_of(cast.fjordvik, "Alle elever leser")[0]
    client = client_of("arne")
    assert client.get(at("new")).status_code == 200
    wrong = client.post(at("new"), NEW | {"last_year": "2020"})
    assert "Det siste året kan ikke komme før det første." in wrong.content.decode()
    sent = [
        client.post(at("new"), NEW | {"goal": str(goal.pk), "area": str(goal.area_id), "once": "a"})
        for _time in range(2)
    ]
    made = Programme.objects.get()
    assert {answer.headers["Location"] for answer in sent} == {at("programme", made.pk)}
    assert (made.goal, made.area, made.first_year) == (goal, goal.area, 2025)
    parts: dict[str, Any] = {
        "partner": {"name": "Høgskolen", "kind": "university", "task": "hovedpartner"},
        "gruppe": {"name": "Styringsgruppe", "kind": "steering"},
        "milepel": {"title": "Oppstart", "due_on": "2026-10-01"},
        "tilskudd": {"giver": "Staten", "amount": "500000", "report_on": "2027-01-15"},
        "plan": {"title": "Langtidsplan", "first_year": "2026", "last_year": "2028", "text": "Sammen."},
        "deltaker": {"school": str(cast.nes.pk), "first_year": "2025"},
        "bruk": {"what": "Bøker", "amount": "120000", "on": "2026-11-01"},
    }
    for kind, values in parts.items():
        assert client.get(at("part_new", made.pk, kind)).status_code == 200
        answer = client.post(at("part_new", made.pk, kind), values)
        assert answer.headers["Location"] == at("programme", made.pk), kind
    assert client.get(at("part_new", made.pk, "ukjent")).status_code == 404
    empty = client.post(at("part_new", made.pk, "deltaker"), {"name": ""})
    assert "Velg en skole, eller skriv navnet." in empty.content.decode()
    page = client.get(at("programme", made.pk)).content.decode()
    for words in ("Alle elever leser", "hovedpartner", "Styringsgruppe", "Oppstart", "Langtidsplan"):
        assert words in page
    assert "120\u202f000 av 500\u202f000 kr er brukt." in page.replace("\xa0", " ")


def test_a_part_is_changed_moved_and_removed(cast: Cast, client_of: SignIn) -> None:
    made, client = begin(cast), client_of("berit")
    stone = actions.add_part(
        programme=made, kind="milepel", values={"title": "Start", "due_on": date(2020, 1, 1)}, by=BERIT
    )
    assert "Skulle vært nådd" in client.get(at("programme", made.pk)).content.decode()
    address = at("part", made.pk, "milepel", stone.pk)
    assert 'value="Start"' in client.get(address).content.decode()
    client.post(address, {"title": "Begynn", "due_on": "2026-10-01"})
    assert Milestone.objects.get().title == "Begynn"
    for to, state in (
        ("reached", "reached"),
        ("dropped", "reached"),
        ("tull", "reached"),
        ("coming", "coming"),
    ):
        client.post(at("milestone", made.pk, stone.pk), {"to": to})
        assert Milestone.objects.get().state == state
    grant = actions.add_part(programme=made, kind="tilskudd", values={"giver": "Staten"}, by=BERIT)
    values = {"what": "x", "amount": 10, "on": DAY, "grant": grant}
    actions.add_part(programme=made, kind="bruk", values=values, by=BERIT)
    client.post(at("remove", made.pk, "tilskudd", grant.pk))
    assert Grant.objects.exists()
    client.post(at("remove", made.pk, "milepel", stone.pk))
    assert not Milestone.objects.exists()
    assert client.post(at("remove", made.pk, "milepel", stone.pk)).status_code == 404


def test_two_writers_lose_nothing(cast: Cast, client_of: SignIn) -> None:
    made, client = begin(cast), client_of("berit")
    page = client.get(at("edit", made.pk)).content.decode()
    assert 'name="version" value="1"' in page
    words = NEW | {"version": "1", "contact_role": "adviser"}
    assert client.post(at("edit", made.pk), words | {"purpose": "Mitt formål"}).status_code == 302
    late = client.post(at("edit", made.pk), words | {"purpose": "Deres formål", "contact_role": ""})
    text = late.content.decode()
    assert late.status_code == 409
    for shown in ("Noen andre lagret før deg.", "Mitt formål", "Deres formål", 'name="version" value="2"'):
        assert shown in text
    assert Programme.objects.get().purpose == "Mitt formål"
    actions.publish(programme=made, by=BERIT)
    measure = begin(cast, parent=made)
    made.refresh_from_db()
    answer = client.post(at("edit", made.pk), words | {"version": "2", "parent": str(measure.pk)})
    assert answer.status_code == 200  # a measure is not among the choices


def test_the_road_and_the_overview_by_hand(cast: Cast, client_of: SignIn) -> None:
    made, client = begin(cast), client_of("berit")
    for sent in ({"to": "tull"}, {"to": "stopped"}, {"to": "closed"}):
        client.post(at("move", made.pk), sent)
        assert Programme.objects.get().state == State.PROPOSED
    client.post(at("move", made.pk), {"to": "running"})
    client.post(at("show", made.pk))
    made.refresh_from_db()
    assert (made.state, made.published_on is not None) == (State.RUNNING, True)
    client.post(at("show", made.pk))
    assert Programme.objects.get().published_on is None
    client.post(at("move", made.pk), {"to": "stopped", "reason": "Pengene tok slutt."})
    page = client.get(at("programme", made.pk)).content.decode()
    assert "Pengene tok slutt." in page
    assert 'class="bars"' not in page


def test_readers_say_whether_they_found_it(cast: Cast, client_of: SignIn) -> None:
    for sent in ({"found": "nei", "missing": "Årene"}, {"found": "ja"}, {"found": "kanskje"}):
        client_of("fia").post(at("answer"), sent)
    assert sorted(PageAnswer.objects.values_list("found", "missing")) == [(False, "Årene"), (True, "")]
    assert {event.by for event in Event.objects.filter(kind="programmes.page_answered")} == {"system"}
    assert "1 har svart ja og 1 nei." in client_of("berit").get(at("programmes")).content.decode()
    assert "har svart ja" not in client_of("fia").get(at("programmes")).content.decode()


def test_the_overview_costs_the_same_for_one_and_three(cast: Cast, client_of: SignIn) -> None:
    client, costs = client_of("dag"), []
    for _round in range(2):
        for _one in range(2):
            made = begin(cast, state=State.RUNNING)
            actions.publish(programme=made, by=BERIT)
            actions.add_part(programme=made, kind="deltaker", values={"school": cast.nes}, by=BERIT)
            actions.add_part(programme=made, kind="partner", values={"name": "NTNU"}, by=BERIT)
        client.get(at("programmes"))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("programmes"))
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2016, 2018, "2016–2018"),
        (2024, None, "fra 2024"),
        (None, 2018, "til 2018"),
        (2020, 2020, "2020"),
        (None, None, ""),
    ],
)
def test_years_in_words(first: int | None, last: int | None, said: str) -> None:
    assert pages.years(first, last) == said


ENTRY = {
    "kind": "project", "title": "Bibliotek", "first_year": 2023, "participants": [{"name": "Nes skole"}, {"name": "Ukjent skole"}],
    "partners": [{"name": "Bydelsbibliotekene", "kind": "library"}], "groups": [{"name": "Styringsgruppe", "kind": "steering"}],
    "grants": [{"giver": "Staten"}], "plans": [{"title": "Plan", "first_year": 2024}],
}  # fmt: skip


def test_a_pack_writes_and_reads_programmes(cast: Cast) -> None:
    def write(key: str, content: dict[str, Any] | None) -> None:
        pack.write(owner=cast.fjordvik, path=("programmes", key), content=content, by=BERIT)

    pack.write(owner=cast.fjordvik, path=("",), content={}, by=BERIT)
    goal = plan_of(cast.fjordvik, "Alle elever leser")[0]
    assert goal.area
    write("bibliotek", ENTRY | {"area": goal.area.key})
    write("tiltak", {"kind": "measure", "title": "Arv", "parent": "bibliotek", "is_open": False})
    shape = pack.read(cast.fjordvik)
    assert [(one.key, one.parent, one.is_open) for one in shape.programmes] == [
        ("bibliotek", "", True),
        ("tiltak", "bibliotek", False),
    ]
    wanted = pack.ProgrammeShape.model_validate(ENTRY | {"key": "bibliotek", "area": goal.area.key})
    assert shape.programmes[0] == wanted
    made = Programme.objects.get(key="bibliotek")
    assert [row.school for row in made.participants.all()] == [cast.nes, None]
    grant = made.grants.get()
    values = {"what": "x", "amount": 10, "on": DAY, "grant": grant}
    actions.add_part(programme=made, kind="bruk", values=values, by=BERIT)
    write("bibliotek", {"kind": "project", "title": "Bibliotek", "partners": []})
    made.refresh_from_db()
    assert (made.version, made.partners.count(), made.grants.get()) == (2, 0, grant)
    write("tiltak", None)
    write("bibliotek", None)
    assert Programme.objects.get().state == State.STOPPED
    write("bibliotek", None)
    write("ukjent", None)


@pytest.mark.parametrize(
    "entry",
    [
        {"first_year": 2020, "last_year": 2019},
        {"parent": "senere"},
    ],
)
def test_a_pack_with_a_slip_is_told(entry: dict[str, Any]) -> None:
    rows = [
        {"key": "a", "kind": "project", "title": "A"} | entry,
        {"key": "senere", "kind": "project", "title": "B"},
    ]
    with pytest.raises(ValueError, match=r"før"):
        pack.ProgrammesShape.model_validate({"programmes": rows})
