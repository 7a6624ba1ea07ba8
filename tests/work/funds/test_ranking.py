"""The order: proposed by the rules, moved with a reason, approved; how far the money reaches; fairness over years."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.work.funds.nursery import (
    BERIT,
    WITHIN,
    approved,
    call_of,
    employ,
    ranked,
    send,
    spoken,
    teach,
    viewer_of,
    walk,
)
from tests.work.planning import plan_of
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.funds import actions, pages, queries
from tettpaa.work.funds.enums import CallState, SchemeKind, State
from tettpaa.work.funds.models import Application, Call, RankMove


def order(call: Call) -> list[str]:
    rows = Application.objects.filter(call=call, place__isnull=False).order_by("place")
    return [row.title for row in rows]


def test_the_rules_give_the_order_and_its_reasons(cast: Cast) -> None:
    call = call_of(cast)
    carl, vera = employ(cast, "carl", cast.nes), employ(cast, "mona", cast.vik)
    teach(vera, "engelsk")
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    spoken(call, carl, title="Musikk", subject="musikk")
    spoken(call, carl, title="Lesing", subject="norsk", goal=goal, place=2)
    spoken(call, vera, title="Engelsk", subject="engelsk")
    send(call, carl, title="Venter")
    ranked(call)
    assert order(call) == ["Engelsk", "Lesing", "Musikk"]
    reasons = dict(Application.objects.filter(place__isnull=False).values_list("title", "place_reason"))
    assert reasons == {
        "Engelsk": "Kravet i engelsk er ikke oppfylt på skolen. Skolen har ikke fått noe de siste tre årene.",
        "Lesing": "Søknaden gjelder et mål i planen. Skolen har ikke fått noe de siste tre årene.",
        "Musikk": "Skolen har ikke fått noe de siste tre årene.",
    }
    shown = queries.board(viewer_of(cast, "berit"), call)
    assert (len(shown.line), shown.waiting, shown.reach) == (3, 1, None)
    rows = pages.rows(shown, call, WITHIN, pages.order_page(shown, "1"))
    assert [row.need for row in rows] == [
        "1 av 1 som underviser i engelsk, mangler fordypning.",
        "Gjelder målet «Alle leser».",
        "Kravet er oppfylt.",
    ]
    assert rows[0].who == "lærer, Vik skole" or rows[0].who.endswith("Vik skole")
    assert pages.board_line(shown, call) == ("3 søknader står i rekkefølge.", "")


def test_what_a_school_has_had_counts_for_each_of_its_staff(cast: Cast) -> None:
    carl, mona = employ(cast, "carl", cast.nes), employ(cast, "mona", cast.vik)
    for number in range(3):
        employ(cast, f"v{number}", cast.vik)
    for year in (2025, 2026):
        before = call_of(cast, year=year)
        Call.objects.filter(pk=before.pk).update(state="open")
        before.dates.all().delete()
        spoken(before, mona)
        if year == 2026:
            spoken(before, carl)
        walked = approved(before)
        for row in walked.applications.all():
            walk(row, State.GRANTED)
    call = call_of(cast, rules=["fair"])
    for title, person in (("N1", carl), ("V1", mona), ("V2", mona), ("V3", mona)):
        spoken(call, person, title=title)
    ranked(call)
    # Nes: 1 before, 1 on the staff. Vik: 2 before, 4 on the staff, and what stands before in this call.
    assert order(call) == ["V1", "V2", "N1", "V3"]
    counts = queries.fairness(viewer_of(cast, "berit"), call)
    assert [(school.name, years) for school, years in counts] == [
        ("Nes skole", [0, 0, 1, 0]),
        ("Vik skole", [0, 1, 1, 0]),
    ]
    assert queries.fairness(viewer_of(cast, "aud"), call) == []


def test_no_rules_keep_the_order_they_came_in(cast: Cast) -> None:
    call, carl = call_of(cast, rules=["ukjent"]), employ(cast, "carl", cast.nes)
    for title in ("B", "A", "C"):
        spoken(call, carl, title=title)
    ranked(call)
    assert order(call) == ["B", "A", "C"]
    assert Application.objects.filter(title="A").get().place_reason == (
        "De som står foran, har mer av det reglene ser etter."
    )


@pytest.fixture
def four(cast: Cast) -> Call:
    """Four applications in order A to D, being ranked."""
    call, carl = call_of(cast, rules=[]), employ(cast, "carl", cast.nes)
    for title in "ABCD":
        spoken(call, carl, title=title)
    return ranked(call)


def row(title: str) -> Application:
    return Application.objects.get(title=title)


def test_a_move_waits_for_its_reason(four: Call) -> None:
    assert actions.move_row(application=row("D"), to=2, by=BERIT) == 4
    assert order(four) == ["A", "D", "B", "C"]
    assert (row("D").needs_reason, row("D").place_reason) == (True, "")
    with pytest.raises(actions.UnsaidError):
        actions.move_call(call=four, to=CallState.RANKED, by=BERIT)
    assert Call.objects.get().state == CallState.RANKING
    with pytest.raises(actions.NoReasonError):
        actions.give_reason(application=row("D"), reason=" ", by=BERIT)
    actions.give_reason(application=row("D"), reason="Lesespesialist er lovet i avtalen.", by=BERIT)
    moves = list(RankMove.objects.values_list("before", "after", "reason"))
    assert moves == [(4, 2, ""), (2, 2, "Lesespesialist er lovet i avtalen.")]
    actions.move_call(call=four, to=CallState.RANKED, by=BERIT, on=date(2027, 3, 14))
    found = row("D")
    assert (found.state, found.place) == (State.APPROVED, 2)
    assert found.steps.last().reason == "Lesespesialist er lovet i avtalen."  # type: ignore[union-attr]
    assert list(queries.reasons_given(found)) == [RankMove.objects.last()]


@pytest.mark.parametrize(("to", "wanted"), [(-3, "DABC"), (99, "ABCD"), (3, "ABDC")])
def test_places_stay_within_the_line(four: Call, to: int, wanted: str) -> None:
    actions.move_row(application=row("D"), to=to, by=BERIT, reason="Fordi")
    assert "".join(order(four)) == wanted


def test_to_stay_is_no_move(four: Call) -> None:
    actions.move_row(application=row("B"), to=2, by=BERIT)
    assert not RankMove.objects.exists()
    assert not row("B").needs_reason


def test_one_not_approved_reads_why_and_the_rest_close_up(four: Call) -> None:
    with pytest.raises(actions.NoReasonError):
        actions.reject(application=row("B"), reason="", by=BERIT)
    actions.reject(application=row("B"), reason="Faget er ikke et mål.", by=BERIT)
    assert (order(four), row("B").state, row("B").place) == (["A", "C", "D"], State.REJECTED, None)
    assert row("B").steps.last().reason == "Faget er ikke et mål."  # type: ignore[union-attr]
    with pytest.raises(NotAllowedError):
        actions.move_row(application=row("B"), to=1, by=BERIT)


def test_one_withdrawn_before_the_order_is_told_of_lets_the_rest_close_up(cast: Cast, four: Call) -> None:
    walk(four.applications.get(title=order(four)[1]), State.WITHDRAWN)
    left = [one.place for one in four.applications.filter(place__isnull=False).order_by("place")]
    assert left == [1, 2, 3]
    assert pages.left_line(queries.board(viewer_of(cast, "berit"), four)) == ""


def test_a_place_that_is_told_of_stays_and_the_board_says_which_is_gone(cast: Cast, four: Call) -> None:
    actions.move_call(call=four, to=CallState.RANKED, by=BERIT)
    walk(four.applications.get(place=2), State.WITHDRAWN)
    shown = queries.board(viewer_of(cast, "berit"), four)
    assert [one.place for one in shown.approved] == [1, 3, 4]
    assert pages.left_line(shown) == "Plass 2 er trukket. De andre beholder plassen de har fått vite om."
    walk(four.applications.get(place=4), State.WITHDRAWN)
    assert pages.left_line(queries.board(viewer_of(cast, "berit"), four)).startswith(
        "Plassene 2, 4 er trukket."
    )


def test_only_while_it_is_ranked(cast: Cast, four: Call) -> None:
    actions.move_call(call=four, to=CallState.RANKED, by=BERIT)
    for deed in (
        lambda: actions.move_row(application=row("A"), to=2, by=BERIT),
        lambda: actions.set_payment(application=row("A"), form="stipend", cost=None, by=BERIT),
        lambda: actions.give_reason(application=row("A"), reason="x", by=BERIT),
        lambda: actions.reject(application=row("A"), reason="x", by=BERIT),
    ):
        with pytest.raises(NotAllowedError):
            deed()


def test_opened_again_and_ranked_anew(four: Call) -> None:
    actions.move_row(application=row("D"), to=1, by=BERIT, reason="Fordi")
    actions.move_call(call=four, to=CallState.OPEN, by=BERIT)
    ranked(four)
    assert order(four) == ["D", "A", "B", "C"] or order(four) == ["A", "B", "C", "D"]


def one(cost: int | None) -> Application:
    return Application(cost=None if cost is None else Decimal(cost))


@pytest.mark.parametrize(
    ("costs", "budget", "places", "wanted"),
    [
        ((100, 100, 100), 250, None, (2, 200)),
        ((100, 100, 100), 300, None, (3, 300)),
        ((300, 100), 250, None, (0, 0)),
        ((100, None, 100), 250, None, (None, 100)),
        ((100, 100, 100), 300, 1, (1, 100)),
        ((100, None), None, 1, (1, 100)),
        ((100, 100), None, 5, (2, 200)),
        ((100, 100), None, None, (None, 200)),
        ((), 100, None, (0, 0)),
    ],
)
def test_how_far_it_reaches(
    costs: tuple[int | None, ...],
    budget: int | None,
    places: int | None,
    wanted: tuple[int | None, int],
) -> None:
    money = None if budget is None else Decimal(budget)
    assert queries.reaches([one(cost) for cost in costs], money, places) == (wanted[0], Decimal(wanted[1]))


def test_the_board_says_where_the_money_ends(cast: Cast, four: Call) -> None:
    for title in "ABCD":
        actions.set_payment(application=row(title), form="stipend", cost=Decimal(100), by=BERIT)
    four.budget = Decimal(250)
    shown = queries.board(viewer_of(cast, "berit"), four)
    assert pages.board_line(shown, four)[0] == "Pengene rekker til 2 av 4."
    assert [
        (line.is_beyond, line.ends_here)
        for line in pages.rows(shown, four, WITHIN, pages.order_page(shown, "1"))
    ] == [
        (False, False),
        (False, False),
        (True, True),
        (True, False),
    ]
    four.budget, four.places = None, 1
    shown = queries.board(viewer_of(cast, "berit"), four)
    assert pages.board_line(shown, four)[0] == "Plassene rekker til 1 av 4."
    assert queries.board(viewer_of(cast, "aud"), four).line == ()


def test_the_board_costs_the_same_for_one_and_many(cast: Cast) -> None:
    call = call_of(cast)
    costs = []
    for name in ("carl", "mona", "nils"):
        person = employ(cast, name, cast.nes if name == "carl" else cast.vik)
        teach(person, "engelsk")
        spoken(call, person)
        Call.objects.filter(pk=call.pk).update(state=CallState.OPEN)
        with CaptureQueriesContext(connection) as asked:
            shown = queries.board(viewer_of(cast, "berit"), call)
            pages.rows(shown, call, WITHIN, pages.order_page(shown, "1"))
        costs.append(len(asked))
    assert costs[0] == costs[2]


def test_a_long_order_stands_on_pages_and_a_move_may_cross_them(cast: Cast, four: Call) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "AT_ONCE", 3)
        shown = queries.board(viewer_of(cast, "berit"), four)
        first, last = (pages.rows(shown, four, WITHIN, pages.order_page(shown, side)) for side in ("1", "2"))
        ends = [(row.is_first, row.is_last) for row in (*first, *last)]
        assert ends == [(True, False), (False, False), (False, False), (False, True)]
        assert [pages.side_of(place) for place in (None, 1, 3, 4)] == [1, 1, 1, 2]


def test_schools_are_ranked_by_goal_and_fairness(cast: Cast) -> None:
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    before = call_of(cast, SchemeKind.MUNICIPAL, year=2026)
    before.dates.all().delete()
    send(before, cast.nes, goal=goal)
    approved(before)
    walk(before.applications.get(), State.GRANTED)
    call = call_of(cast, SchemeKind.MUNICIPAL)
    for school in (cast.nes, cast.vik):
        send(call, school, goal=goal, title=school.name, sought=Decimal(10))
    ranked(call)
    assert order(call) == ["Vik skole", "Nes skole"]
