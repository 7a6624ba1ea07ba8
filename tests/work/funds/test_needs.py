"""A notice of need from the school's need to the report, the schemes' validity, the pack, and what the product knows."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.work.funds.nursery import BERIT
from tests.work.planning import plan_of
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.funds import actions, known, pack, queries
from tettpaa.work.funds.actions import MissingError
from tettpaa.work.funds.enums import NEED_PATHS, NeedState
from tettpaa.work.funds.models import NeedStep, Rate, Scheme, StateNeed
from tettpaa.work.yearwheel.models import Task

WORDS = {
    "title": "Lesing i alle fag", "analysis": "Prøvene viser det.", "staff_part": "Drøftet på hver skole.",
    "partner": "Høgskolen", "partner_kind": "university", "others": "Utvik kommune",
}  # fmt: skip


def scheme(cast: Cast, key: str) -> Scheme:
    known.add_known(owner=cast.fjordvik, by=BERIT)
    return Scheme.objects.get(owner=cast.fjordvik, key=key)


def begin(cast: Cast, key: str = "kollektiv-kompetanseutvikling", **changes: Any) -> StateNeed:
    parts: dict[str, Any] = {
        "scheme": scheme(cast, key),
        "years": (2026, 2027),
        "values": WORDS,
        "schools": [cast.nes],
        "by": BERIT,
    }
    return actions.start_need(**(parts | changes))


def test_from_need_to_report(cast: Cast) -> None:
    need = begin(cast, "dekom", years=(2024, 2025))
    assert need.own_share == Decimal(30)
    steps = {
        "partnered": {}, "submitted": {}, "in_forum": {}, "recommended": {"recommendation": "Ja"},
        "decided": {"decision": "300 000", "decision_reference": "2024/1"}, "paid": {}, "running": {},
        "reported": {"report": "Vi gjorde det."},
    }  # fmt: skip
    for to, values in steps.items():
        need = actions.move_need(need=need, to=to, values=values, by=BERIT, on=date(2024, 1, 2))
    first = need.years.first()
    assert first is not None
    money_of_year: dict[str, Any] = {
        "plan": "Alle skoler prøver ut.",
        "sought": 400_000,
        "granted": Decimal(300_000),
        "own": Decimal(90_000),
    }
    actions.set_year(need=need, year=first, values=money_of_year, by=BERIT)
    money = queries.money_of(need)
    assert [(one.row.year, one.own_due) for one in money] == [(2024, Decimal("90000.00")), (2025, None)]
    assert queries.money_counts(cast.fjordvik, 2024) == queries.MoneyCount(
        Decimal(300_000), Decimal(90_000), Decimal(0), 0
    )
    assert {(task.due_on, task.state) for task in Task.objects.all()} == {
        (date(2024, 2, 1), "done"),
        (date(2025, 1, 15), "done"),
        (date(2026, 1, 15), "done"),
    }
    assert list(NeedStep.objects.values_list("after", flat=True)) == ["analysed", *steps]


def test_every_path_and_no_other(cast: Cast) -> None:
    need = begin(cast)
    told = dict.fromkeys(("recommendation", "decision", "report"), "Sagt")
    for before, after in product(NeedState, NeedState):
        StateNeed.objects.filter(pk=need.pk).update(state=before)
        if after in NEED_PATHS.get(before, ()):
            assert actions.move_need(need=need, to=after, values=told, by=BERIT).state == after
        else:
            with pytest.raises(NotAllowedError):
                actions.move_need(need=need, to=after, values=told, by=BERIT)


@pytest.mark.parametrize(
    ("state", "to", "lacks"),
    [
        ("analysed", "partnered", "partner"),
        ("partnered", "submitted", "staff_part"),
        ("in_forum", "recommended", "recommendation"),
        ("recommended", "decided", "decision"),
        ("running", "reported", "report"),
    ],
)
def test_what_must_be_written_first(cast: Cast, state: str, to: str, lacks: str) -> None:
    need = begin(cast, values=WORDS | {lacks: ""} if lacks in WORDS else WORDS)
    StateNeed.objects.filter(pk=need.pk).update(state=state)
    with pytest.raises(MissingError) as refused:
        actions.move_need(need=need, to=to, by=BERIT, values={lacks: " "})
    assert refused.value.what == lacks
    assert StateNeed.objects.get().state == state


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("dekom", (2025, 2026)),  # gone from 2026
        ("dekom", (2020, 2021)),
        ("dekom", (2022, 2025)),  # at most three years
        ("kollektiv-kompetanseutvikling", (2025, 2026)),
        ("kollektiv-kompetanseutvikling", (2027, 2026)),
    ],
)
def test_a_scheme_holds_in_its_years_only(cast: Cast, key: str, years: tuple[int, int]) -> None:
    with pytest.raises(actions.NotValidError):
        begin(cast, key, years=years)


def test_only_the_new_scheme_takes_a_vocational_college(cast: Cast) -> None:
    college = WORDS | {"partner_kind": "vocational"}
    assert begin(cast, values=college).partner_kind == "vocational"
    with pytest.raises(actions.PartnerError):
        begin(cast, "dekom", years=(2025, 2025), values=college)


def test_schools_goals_and_versions(cast: Cast) -> None:
    need = begin(cast)
    need.title = "Nytt navn"
    actions.edit_need(need=need, version=1, schools=[cast.vik], by=BERIT)
    assert [row.school for row in need.places.all()] == [cast.vik]
    with pytest.raises(ConflictError):
        actions.edit_need(need=need, version=1, schools=[], by=BERIT)
    with pytest.raises(ValueError, match="the owner's"):
        actions.edit_need(need=need, version=2, schools=[cast.units["U00000001"]], by=BERIT)
    need.goal = plan_of(cast.utvik, "Deres")[0]
    with pytest.raises(ValueError, match="the goal"):
        actions.edit_need(need=need, version=2, schools=[], by=BERIT)


def test_a_notice_withdrawn_has_no_date(cast: Cast) -> None:
    need = begin(cast, "dekom", years=(2025, 2025))
    assert Task.objects.get().due_on == date(2025, 2, 1)
    actions.move_need(need=need, to="withdrawn", by=BERIT)
    assert Task.objects.get().state == "dropped"


def test_the_known_schemes_are_taken_in_once(cast: Cast) -> None:
    assert known.add_known(owner=cast.fjordvik, by=BERIT) == 5
    Scheme.objects.filter(key="dekom").update(own_share=25)
    assert known.add_known(owner=cast.fjordvik, by=BERIT) == 0
    assert Scheme.objects.get(key="dekom").own_share == 25
    own_shares = dict(Scheme.objects.values_list("key", "own_share"))
    assert own_shares["kollektiv-kompetanseutvikling"] is None  # nobody knows whether the 30 % goes on
    assert not Rate.objects.exists()  # rates of a year are read at the state's own pages


ENTRY: dict[str, Any] = {
    "kind": "study", "name": "Videreutdanning", "rules": ["gap", "fair"], "valid_from": date(2020, 1, 1),
    "dates": [{"kind": "apply", "month": 3, "day": 1}], "rates": [{"year": 2026, "name": "Stipend", "source": "udir.no"}],
}  # fmt: skip


def test_a_pack_writes_and_reads_schemes(cast: Cast) -> None:
    def write(key: str, content: dict[str, Any] | None) -> None:
        pack.write(owner=cast.fjordvik, path=("schemes", key), content=content, by=BERIT)

    pack.write(owner=cast.fjordvik, path=("",), content={}, by=BERIT)
    write("vu", ENTRY)
    assert pack.read(cast.fjordvik).schemes == (pack.SchemeShape.model_validate(ENTRY | {"key": "vu"}),)
    made = Scheme.objects.get()
    actions.set_rate(scheme=made, rate=actions.NewRate(2027, "Vikar", percent=Decimal(60)), by=BERIT)
    write("vu", ENTRY | {"name": "Nytt navn", "dates": []})
    made.refresh_from_db()
    assert (made.name, made.version, made.dates.count(), made.rates.count()) == ("Nytt navn", 2, 0, 2)
    actions.plan_call(scheme=made, year=2026, by=BERIT)
    write("vu", None)
    assert not Scheme.objects.get().is_active
    write("vu", ENTRY)
    assert Scheme.objects.get().is_active
    write("ny", ENTRY)
    write("ny", None)
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": date(2019, 1, 1)},
        {"dates": [{"kind": "apply", "month": 3}, {"kind": "apply", "month": 4}]},
        {"own_share": 101},
    ],
)
def test_a_pack_with_a_slip_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        pack.SchemeShape.model_validate(ENTRY | {"key": "a"} | change)
