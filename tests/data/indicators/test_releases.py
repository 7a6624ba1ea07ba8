"""A release's life: compared, published in one go, superseded value by value, withdrawn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.enums import SuccessionKind
from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.queries import same_entity
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.data.indicators import queries
from tettpaa.data.indicators.actions import compare, discard_unfinished, publish, withdraw
from tettpaa.data.indicators.actions.withdraw import NotWithdrawableError
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.indicators.queries import Wanted
from tettpaa.data.indicators.raw import WithheldValue
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Edition, Gender, Level, Status

pytestmark = pytest.mark.django_db
publishing = import_module("tettpaa.data.indicators.actions.publish")
LOCAL = Origin("open_template", "fil.csv", "ab" * 32, threshold=10, is_public=False, is_complete=False)
NATIONAL = replace(LOCAL, source="udir_statistikkbank", is_public=True, is_complete=True)
NES, VIK = "F00000001", "F00000002"


def cell(unit: str = VIK, value: float | None = 50.0, n: int | None = 40, **changes: object) -> Cell:
    level = {2: Level.COUNTY, 4: Level.MUNICIPALITY}.get(len(unit), Level.SCHOOL)
    level = Level.NATION if unit == "NO" else level
    parts = {
        "indicator": "np5_lesing", "level": level, "unit_code": unit, "unit_name": unit, "county": "99",
        "municipality": "9902" if unit.startswith("U") else "9901", "period": 2024, "grade": 5, "gender": Gender.ALL,
        "value": value, "n": n, "uncertainty": 2.0 if value else None, "status": Status.OK,
        "is_provisional": False, "row": 3, "column": "J",
    }  # fmt: skip
    return Cell(**(parts | changes))  # type: ignore[arg-type]


def put(cells: Iterable[Cell], origin: Origin = LOCAL, owner: Unit | None = None) -> Release:
    return publish(
        comparison=compare(cells=list(cells), origin=origin, owner=owner), by="arne@example.test", owner=owner
    )


def seen(cast: Cast, name: str, unit: Unit, **wanted: object) -> list[tuple[float | None, int | None, str]]:
    found = queries.figures(viewer(cast, name), [unit], Wanted(**wanted))  # type: ignore[arg-type]
    return [(f.value, f.n, f.status.key) for f in found]


def viewer(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], date(2026, 11, 22))


def test_a_published_figure_comes_back_with_its_interval_and_trace(cast: Cast) -> None:
    release = put([cell()], owner=cast.fjordvik)
    figure = next(queries.figures(viewer(cast, "dag"), [cast.vik]))
    assert (figure.value, figure.low, figure.high, figure.n, figure.school_year) == (
        50.0,
        48.0,
        52.0,
        40,
        "2024-25",
    )
    trace = queries.trace(viewer(cast, "dag"), cast.fjordvik, figure.id)
    assert trace is not None
    assert (trace.row, trace.column, trace.release, trace.unit) == (3, "J", release, cast.vik)
    assert queries.trace(viewer(cast, "eva"), cast.utvik, figure.id) is None
    assert queries.trace(viewer(cast, "dag"), cast.fjordvik, 10**9) is None
    event = Event.objects.get(kind="indicators.release_published")
    assert (event.chain, event.detail["sha256"]) == ("9901", LOCAL.file_sha256)


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    put([cell(), cell(NES, 44.0, 12)])
    again = compare(cells=[cell(), cell(NES, 44.0, 12)], origin=LOCAL, owner=None)
    assert (again.planned, again.superseded, again.counts["same"]) == ([], [], 2)


def test_a_later_release_supersedes_only_what_changed(cast: Cast) -> None:
    first = put([cell(), cell(NES, 44.0, 12)])
    second = put([cell(value=51.0)])
    assert seen(cast, "berit", cast.vik) == [(51.0, 40, "ok")]
    assert seen(cast, "berit", cast.nes) == [(44.0, 12, "ok")]
    old = PublishedValue.objects.get(release=first, superseded_by=second)
    assert old.value == 50.0
    assert second.counts["changed"] == 1


def test_a_complete_source_lets_figures_go(cast: Cast) -> None:
    put([cell(), cell(NES, 44.0, 12)], NATIONAL)
    comparison = compare(cells=[cell()], origin=NATIONAL, owner=None)
    assert (comparison.counts["gone"], comparison.counts["same"]) == (1, 1)
    assert [(key.unit, before and before.value) for key, before, _ in comparison.changes] == [(NES, 44.0)]
    publish(comparison=comparison, by="x")
    assert seen(cast, "berit", cast.nes) == []


def test_withdrawing_brings_back_what_was_replaced(cast: Cast) -> None:
    put([cell()])
    mark = queries.watermark()
    second = put([cell(value=51.0), cell(NES, 44.0, 12)])
    withdraw(release=second, reason="Feil fil", by="arne@example.test")
    assert seen(cast, "berit", cast.vik) == [(50.0, 40, "ok")]
    assert seen(cast, "berit", cast.nes) == []
    second.refresh_from_db()
    assert (second.state, second.withdrawn_reason) == (State.WITHDRAWN, "Feil fil")
    assert queries.watermark() != mark
    with pytest.raises(NotWithdrawableError):
        withdraw(release=second, reason="igjen", by="x")


def test_only_the_newest_can_be_withdrawn_and_only_with_a_reason(cast: Cast) -> None:
    first = put([cell()])
    with pytest.raises(NotWithdrawableError):
        withdraw(release=first, reason="  ", by="x")
    put([cell(value=51.0)])
    with pytest.raises(NotWithdrawableError):
        withdraw(release=first, reason="for sent", by="x")


def test_a_small_school_is_hidden_and_its_number_kept_behind_the_lock(cast: Cast) -> None:
    put([cell("9901", 50.0, 100), cell(NES, 44.0, 8), cell(VIK, 51.0, 92)])
    for name in ("berit", "aud", "dag"):
        assert seen(cast, name, cast.nes) == [(None, None, "hidden_by_us")]
        assert seen(cast, name, cast.vik) == [(None, None, "hidden_by_us")]
    assert seen(cast, "berit", cast.fjordvik) == [(50.0, 100, "ok")]
    assert sorted(WithheldValue.objects.values_list("value", "n")) == [(44.0, 8), (51.0, 92)]


def test_eight_pupils_outside_the_file_are_hidden_before_their_school_comes(cast: Cast) -> None:
    first = put([cell("9901", 50.0, 100), cell(VIK, 51.0, 92)])
    assert seen(cast, "berit", cast.vik) == [(None, None, "hidden_by_us")]
    release = put([cell(NES, 44.0, 8)])
    assert seen(cast, "berit", cast.vik) == [(None, None, "hidden_by_us")]
    assert sorted(WithheldValue.objects.values_list("value", "n", "release")) == [
        (44.0, 8, release.pk), (50.0, 100, first.pk), (51.0, 92, first.pk),
    ]  # fmt: skip
    again = put([cell(NES, 44.0, 8)])
    assert again.counts["same"] == 1


def test_small_shares_are_hidden_unless_the_source_shields_itself(cast: Cast) -> None:
    share = {"indicator": "eu_mobbing", "grade": 7, "uncertainty": None}
    put([cell(VIK, 5.0, 40, **share)], replace(LOCAL, threshold=5))
    assert seen(cast, "berit", cast.vik) == [(None, None, "hidden_by_us")]
    put([cell(NES, 5.0, 40, **share)], replace(NATIONAL, threshold=5))
    (figure,) = queries.figures(viewer(cast, "berit"), [cast.nes])
    assert (figure.value, figure.low is not None) == (5.0, True)


def test_who_answered_is_no_secret(cast: Cast) -> None:
    put(
        [cell(VIK, 95.0, 40, indicator="eu_deltakelse", grade=7, uncertainty=None)],
        replace(LOCAL, threshold=5),
    )
    assert seen(cast, "dag", cast.vik) == [(95.0, 40, "ok")]


def test_a_confidential_number_is_seen_inside_only(cast: Cast) -> None:
    put([cell(VIK, 47.0, 12, status=Status.CONFIDENTIAL)])
    assert seen(cast, "berit", cast.vik) == [(47.0, 12, "confidential")]
    assert seen(cast, "vera", cast.vik) == [(47.0, 12, "confidential")]
    for name in ("aud", "dag", "carl"):
        assert seen(cast, name, cast.vik) == [(None, None, "hidden_by_source")]
    inside = next(queries.figures(viewer(cast, "berit"), [cast.vik]))
    assert queries.trace(viewer(cast, "berit"), cast.fjordvik, inside.id) is not None
    assert queries.trace(viewer(cast, "dag"), cast.fjordvik, inside.id) is None
    public = list(queries.figures(viewer(cast, "berit"), [cast.vik], edition=Edition.PUBLIC))
    assert [f.value for f in public] == [None]


def test_every_face_of_missing_is_kept(cast: Cast) -> None:
    faces = [Status.HIDDEN_BY_SOURCE, Status.NO_PARTICIPANTS, Status.NOT_APPLICABLE, Status.MISSING]
    put([cell(VIK, None, None, period=2020 + i, status=face) for i, face in enumerate(faces)])
    assert [s for _, _, s in seen(cast, "dag", cast.vik)] == [face.key for face in faces]


def test_other_owners_figures_are_left_alone(cast: Cast) -> None:
    cells = [cell("NO", 50.0, 60_000), cell(VIK), cell("U00000001", 20.0, 30)]
    release = put(cells, NATIONAL, owner=cast.fjordvik)
    assert release.counts["left_alone"] == 1
    assert seen(cast, "eva", Unit.objects.get(code="U00000001")) == []
    put(cells, NATIONAL, owner=cast.utvik)
    assert seen(cast, "eva", Unit.objects.get(code="U00000001")) == [(20.0, 30, "ok")]
    assert seen(cast, "berit", cast.vik) == [(50.0, 40, "ok")]
    assert [r.owner for r in queries.releases(cast.fjordvik)] == [cast.fjordvik]
    assert queries.release_for(cast.utvik, release.pk) is None


def test_unknown_places_are_added_under_their_present_parent(cast: Cast) -> None:
    put(
        [
            cell("N99999999", 48.0, 20, unit_name="Ny  skole"),
            cell("8801", 50.0, 99, county="88"),
            cell("77", 50.0, 999),
        ],
        NATIONAL,
    )
    school = Unit.objects.get(code="N99999999")
    assert (school.name, school.path) == ("Ny skole", "/NO/99/9901/N99999999/")
    assert Unit.objects.get(code="8801").path == "/NO/88/8801/"
    assert Unit.objects.get(code="77").parent.code == "NO"


def test_a_renumbered_place_keeps_its_series(cast: Cast) -> None:
    old = Unit.objects.create(kind="owner", code="9800", name="Fjordvik", path="/NO/99/9800/")
    Succession.objects.create(old=old, new=cast.fjordvik, kind=SuccessionKind.RENUMBER, on=date(2024, 1, 1))
    put([cell("9800", 49.0, 90, period=2022), cell("9901", 50.0, 95)])
    line = queries.series(queries.figures(viewer(cast, "dag"), [cast.fjordvik]))
    ((key, figures),) = line.items()
    assert (key.unit, [(f.period, f.value) for f in figures]) == ("9901", [(2022, 49.0), (2024, 50.0)])


def test_wanted_narrows(cast: Cast) -> None:
    girls = cell(gender=Gender.GIRLS, value=52.0, n=20)
    boys = cell(gender=Gender.BOYS, value=48.0, n=20)
    put([cell(), girls, boys, cell(period=2023, value=49.0), cell(indicator="np5_regning", value=47.0)])
    assert len(seen(cast, "dag", cast.vik)) == 3
    assert seen(cast, "dag", cast.vik, indicators=["np5_lesing"], periods=[2024]) == [(50.0, 40, "ok")]
    assert len(seen(cast, "dag", cast.vik, genders=tuple(Gender), periods=[2024], grades=[5])) == 4
    assert seen(cast, "dag", cast.vik, indicators=["eu_trivsel"]) == []
    assert {d.key for d in queries.known_indicators()} == {"np5_lesing", "np5_regning"}
    points = queries.public_points("np5_lesing", 5, [2024])
    assert [(p.unit, p.value, p.n) for p in points] == [(cast.vik.pk, 50.0, 40)]


def test_topics_are_pairs_and_not_all_against_all(cast: Cast) -> None:
    pairs = [("np8_lesing", 8), ("np8_lesing", 9), ("np8_regning", 8), ("np8_regning", 9)]
    put([cell(indicator=key, grade=grade, value=40.0 + place) for place, (key, grade) in enumerate(pairs)])
    wanted = Wanted(topics=(("np8_lesing", 9), ("np8_regning", 8), ("eu_trivsel", 7)))
    found = queries.figures(viewer(cast, "dag"), [cast.vik], wanted)
    assert sorted((f.indicator, f.grade, f.value) for f in found) == [
        ("np8_lesing", 9, 41.0),
        ("np8_regning", 8, 42.0),
    ]


def test_what_is_known_of_more_units_reads_only_those_asked_for(cast: Cast) -> None:
    put([cell(), cell(NES, 44.0)])
    same = same_entity([cast.nes, cast.vik])
    found = queries.figures(viewer(cast, "dag"), [cast.vik], same=same)
    assert [(f.unit, f.value) for f in found] == [(VIK, 50.0)]


def test_queries_do_not_grow_with_figures(cast: Cast, django_assert_num_queries: object) -> None:
    put([cell(period=year) for year in range(2015, 2025)] + [cell(NES, 44.0, 12)])
    for units in ([cast.nes], [cast.nes, cast.vik, cast.fjordvik]):
        with django_assert_num_queries(3):  # type: ignore[operator]
            list(queries.figures(Viewer("x", ()), units))


def test_a_large_file_is_staged_and_shown_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    monkeypatch.setattr(publishing, "STAGING_CHUNK", 2)
    put([cell(period=2024, value=40.0)])
    told: list[tuple[int, int]] = []
    cells = [cell(period=year) for year in range(2020, 2025)]
    comparison = compare(cells=cells, origin=LOCAL, owner=None)
    release = publish(comparison=comparison, by="x", progress=lambda *parts: told.append(parts))
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert release.state == State.PUBLISHED
    assert [v for v, _, _ in seen(cast, "dag", cast.vik)] == [50.0] * 5


def test_a_crash_while_staging_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "AT_ONCE", 0)
    comparison = compare(cells=[cell()], origin=LOCAL, owner=None)
    monkeypatch.setattr(publishing, "_finish", lambda *_: (_ for _ in ()).throw(RuntimeError("strøm")))
    with pytest.raises(RuntimeError):
        publish(comparison=comparison, by="x")
    assert (Release.objects.count(), PublishedValue.objects.count()) == (0, 0)


def test_what_a_killed_import_staged_is_thrown_away_later(cast: Cast) -> None:
    release = put([cell()])
    PublishedValue.objects.update(superseded_by=release)
    Release.objects.update(state=State.STAGING, published_at=None, published_by="")
    assert discard_unfinished() == 0
    Release.objects.update(touched_at=timezone.now() - timedelta(hours=1))
    assert discard_unfinished() == 1
    assert (Release.objects.count(), PublishedValue.objects.count(), WithheldValue.objects.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize("indicator", ["eu_trivsel", "eu_mobbing", "np5_lesing", "elever"])
def test_intervals_follow_the_kind_of_indicator(cast: Cast, indicator: str) -> None:
    from tettpaa.data.indicators.intervals import interval

    low, high = interval(cell(VIK, 4.0, 40, indicator=indicator, uncertainty=None))
    assert (low is None) == (indicator == "elever")
    if low is not None and high is not None:
        assert low < 4.0 < high
    assert interval(cell(VIK, None, None)) == (None, None)
