"""Own figures go through the certified engine: proofs stored by hash and checked, the ledger, what is refused."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from tests.data.indicators.test_releases import LOCAL, NES, VIK, cell, put, seen
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.data.indicators.actions import compare, publish, withdraw
from tettpaa.data.indicators.actions.lattice import DoesNotAddUpError, Group, lattices
from tettpaa.data.indicators.actions.loss import Loss, proposed
from tettpaa.data.indicators.actions.proof import UncertifiedError, stored_faults
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.raw import ReleaseProof
from tettpaa.data.sources.difference import difference_of
from tettpaa.data.suppression.kinds import Gender, Status

ALL, GIRLS, BOYS = Gender
SMALL = [("9901", 50.0, 100), (NES, 44.0, 8), (VIK, 51.0, 92)]


def group(unit: str, n: int, gender: Gender = ALL, parent: str = "", **answers: int) -> Group:
    return Group(unit, parent, gender, n, answers)


def atoms(groups: list[Group], answers: tuple[str, ...] = ()) -> dict[tuple[str, ...], int]:
    tables = [one.table for one in lattices(groups, answers, 1000)]
    return {
        codes: n
        for table in tables
        for codes, n in zip(table.codes, table.counts.tolist(), strict=True)
        if codes[0] != "~"
    }


def test_pupils_in_no_listed_school_are_a_group_of_their_own() -> None:
    assert atoms([group("K", 30), group("A", 22, parent="K")]) == {("K", "A", "~"): 22, ("K", "~", "~"): 8}
    assert atoms([group("K", 22), group("A", 22, parent="K")]) == {("K", "A", "~"): 22}


def test_boys_follow_from_girls_and_all() -> None:
    assert atoms([group("K", 30), group("K", 12, GIRLS)]) == {("K", "F"): 12, ("K", "~"): 18}


def test_schools_of_an_undivided_whole_keep_their_split() -> None:
    found = atoms(
        [group("K", 30), group("A", 12, parent="K"), group("A", 5, GIRLS, "K"), group("A", 7, BOYS, "K")]
    )
    assert found == {("K", "A", "F"): 5, ("K", "A", "M"): 7, ("K", "~", "~"): 18}


def test_what_is_more_than_its_whole_stands_beside_it() -> None:
    beside = [group("K", 20), group("A", 22, parent="K"), group("B", 4, parent="K")]
    assert atoms(beside) == {("K", "~"): 20, ("A", "~"): 22, ("B", "~"): 4}
    assert [set(one.paths) for one in lattices(beside, (), 10)] == [{"B"}]


def test_a_split_that_cannot_be_is_refused() -> None:
    for groups in (
        [group("K", 10), group("K", 7, GIRLS), group("K", 6, BOYS)],
        [group("K", 30, GIRLS), group("K", 30, BOYS), group("A", 22, parent="K")],
        [group("K", 10, x=40, y=40)],
    ):
        with pytest.raises(DoesNotAddUpError):
            list(lattices(groups, ("x", "y") if groups[0].answers else (), 10))


def test_one_answer_has_its_opposite_and_rounding_is_set_right() -> None:
    assert atoms([group("K", 30, x=4)], ("x",)) == {("K", "~", "x"): 4, ("K", "~", "~"): 26}
    assert atoms([group("K", 30, x=4, y=27)], ("x", "y")) == {("K", "~", "x"): 4, ("K", "~", "y"): 26}
    found = atoms([group("K", 900, x=90), group("A", 300, parent="K", x=91)], ("x",))
    assert found == {("K", "A", "~", "x"): 91, ("K", "A", "~", "~"): 209, ("K", "~", "~", "~"): 600}


def test_a_coarser_table_is_proposed_when_much_is_lost() -> None:
    here, gender, schools = (Loss(w, 9, 3, 100, p) for w, p in (("", 40), ("gender", 20), ("schools", 0)))
    assert proposed([here, gender, schools]) is gender
    assert proposed([here, gender._replace(hidden_pupils=30), schools]) is schools
    assert proposed([here, gender._replace(hidden_pupils=30)]) == gender._replace(hidden_pupils=30)
    assert proposed([gender]) is None
    assert proposed([here]) is None
    assert proposed([]) is None
    assert Loss("", 0, 0, 0, 0).share == 0


@pytest.mark.django_db
def test_the_proof_is_stored_by_its_hash_and_stays(cast: Cast) -> None:
    release = put([cell(*some) for some in SMALL], owner=cast.fjordvik)
    kept = ReleaseProof.objects.get(release=release)
    assert (kept.tables, list(stored_faults(kept))) == (1, [])
    assert Event.objects.get(kind="indicators.release_published").detail["proof_sha256"] == kept.sha256
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseProof.objects.update(sha256="0" * 64)
    kept.sha256 = "0" * 64
    assert list(stored_faults(kept)) == ["sha256"]


@pytest.mark.django_db
def test_the_checker_stops_what_its_proof_does_not_hold_for(cast: Cast) -> None:
    comparison = compare(cells=[cell(*some) for some in SMALL], origin=LOCAL, owner=cast.fjordvik)
    shown = next(one.shown for one in comparison.planned if one.key.unit == "9901")
    comparison.planned = [one._replace(shown=shown._replace(n=92)) for one in comparison.planned]
    with pytest.raises(UncertifiedError):
        publish(comparison=comparison, by="x", owner=cast.fjordvik)
    assert (Release.objects.count(), ReleaseProof.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_is_hidden_stays_hidden_until_its_release_is_withdrawn(cast: Cast) -> None:
    first = put([cell(*some) for some in SMALL])
    grown = [cell("9901", 50.0, 104), cell(NES, 44.0, 12), cell(VIK, 51.0, 92)]
    second = put(grown)
    assert seen(cast, "berit", cast.nes) == seen(cast, "berit", cast.vik) == [(None, None, "hidden_by_us")]
    withdraw(release=second, reason="Feil", by="x")
    withdraw(release=first, reason="Feil", by="x")
    put(grown)
    assert seen(cast, "berit", cast.nes) == [(44.0, 12, "ok")]


@pytest.mark.django_db
def test_a_small_school_cannot_come_out_beside_what_is_out(cast: Cast) -> None:
    """Under a lower limit the seven pupils followed from what was shown; a higher one comes too late for them."""
    out = [
        cell(unit, 4.0, n, indicator="eu_trivsel")
        for unit, n in (("9901", 107), (VIK, 50), ("F00000003", 50))
    ]
    put(out, replace(LOCAL, threshold=5))
    late = [cell(NES, 4.0, 7, indicator="eu_trivsel")]
    comparison = compare(cells=late, origin=LOCAL, owner=cast.fjordvik)
    assert comparison.refused == [("eu_trivsel", 2024, 5, "schools")]
    with pytest.raises(UncertifiedError):
        publish(comparison=comparison, by="x", owner=cast.fjordvik)


@pytest.mark.django_db
def test_a_grown_whole_is_hidden_when_it_would_give_a_new_school_away(cast: Cast) -> None:
    put([cell("9901", 50.0, 100), cell(VIK, 51.0, 50), cell("F00000003", 51.0, 50)])
    put([cell("9901", 50.0, 108), cell(NES, 44.0, 8)])
    for unit in (cast.fjordvik, cast.nes):
        assert seen(cast, "berit", unit) == [(None, None, "hidden_by_us")]
    assert seen(cast, "berit", cast.vik) == [(51.0, 50, "ok")]


@pytest.mark.django_db
def test_a_school_that_knows_its_own_numbers_cannot_work_out_the_other(
    cast: Cast, settings: Settings
) -> None:
    settings.INSIDER_SCHOOLS = 3
    put([cell(*some) for some in SMALL])
    hidden = [(None, None, "hidden_by_us")]
    assert [seen(cast, "berit", unit) for unit in (cast.fjordvik, cast.nes)] == [hidden, hidden]


@pytest.mark.django_db
def test_the_levels_of_one_test_are_one_table(cast: Cast) -> None:
    cells = [
        cell(
            unit,
            100 * count / sum(counts),
            sum(counts),
            indicator=f"np5_lesing_niva{level}_andel",
            uncertainty=None,
        )
        for unit, counts in (("9901", (40, 60, 50)), (NES, (2, 18, 20)), (VIK, (38, 42, 30)))
        for level, count in enumerate(counts, 1)
    ]
    put(cells, replace(LOCAL, threshold=10))
    for unit in (cast.nes, cast.vik):
        faces = [face for _, _, face in seen(cast, "berit", unit)]
        assert faces.count("hidden_by_us") >= 2, faces  # one alone follows from the others


@pytest.mark.django_db
def test_the_preview_tells_what_each_breakdown_costs(cast: Cast) -> None:
    split = [
        cell(unit, 50.0, n, gender=gender)
        for unit, girls, boys in (("9901", 54, 46), (NES, 4, 4), (VIK, 50, 42))
        for gender, n in ((ALL, girls + boys), (GIRLS, girls), (BOYS, boys))
    ]
    found = difference_of(compare(cells=split, origin=LOCAL, owner=cast.fjordvik))
    assert [loss[0] for loss in found["losses"]] == ["", "gender", "schools"]
    assert found["losses"][2][2:] == [0, 100, 0]
    assert found["proposed"] == "schools"
    # A year in which nothing is hidden counts as shown, with and without each breakdown.
    shown = [cell(unit, 50.0, n, period=2023) for unit, n in (("9901", 120), (NES, 60), (VIK, 60))]
    both = difference_of(compare(cells=split + shown, origin=LOCAL, owner=cast.fjordvik))["losses"]
    assert [after[3] - before[3] for before, after in zip(found["losses"], both, strict=True)] == [120] * 3
    assert [loss[2] for loss in both] == [loss[2] for loss in found["losses"]]


@pytest.mark.django_db
def test_a_source_that_shields_itself_has_no_proof_of_ours(cast: Cast) -> None:
    put([cell(*some) for some in SMALL], replace(LOCAL, is_public=True))
    assert ReleaseProof.objects.count() == 0
    assert Status.HIDDEN_BY_US.key == seen(cast, "berit", cast.nes)[0][2]
