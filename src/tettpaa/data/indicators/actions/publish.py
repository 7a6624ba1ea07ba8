"""Publishing a compared file: one transaction makes it visible, whatever its size."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import batched
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.actions import add_units
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.data.indicators.actions.compare import Comparison
from tettpaa.data.indicators.actions.parts import Key, Planned
from tettpaa.data.indicators.actions.proof import UncertifiedError, keep_proofs, proof_hash
from tettpaa.data.indicators.bulk import without_gc
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import Indicator, PublishedValue, Release
from tettpaa.data.indicators.raw import WithheldValue
from tettpaa.data.indicators.store import supersede, write_rows, write_values

AT_ONCE = 50_000  # rows that fit in one short transaction; larger files are staged in chunks first
STAGING_CHUNK = 20_000
ABANDONED_AFTER = timedelta(minutes=10)
WITHHELD_COLUMNS = (
    "unit_id", "indicator_id", "period", "grade", "gender", "value", "uncertainty", "n", "release_id",
)  # fmt: skip
type Progress = Callable[[int, int], None]
type Within = Callable[[Release], None]


@without_gc()
def publish(
    *,
    comparison: Comparison,
    by: str,
    owner: Unit | None = None,
    progress: Progress | None = None,
    within: Within | None = None,
) -> Release:
    """Write a comparison as a release and return it. All or nothing: readers see the old values until the end.

    The comparison must be fresh: the caller holds the import's lock, so nobody published in between.
    Raises UncertifiedError when a table is refused, or its proof does not add up against what has been written.
    `within` runs in the last transaction: what it writes stands or falls with the release.
    """
    if comparison.refused:
        raise UncertifiedError(str(comparison.refused[0]))
    discard_unfinished()
    if len(comparison.planned) > AT_ONCE:
        return _publish_in_chunks(comparison, by=by, owner=owner, progress=progress, within=within)
    with transaction.atomic():
        release = _begin(comparison, owner)
        supersede(comparison.superseded, release_id=release.pk)
        _write_the_rest(comparison, release, comparison.planned, by)
        _finish(release, by)
        if within:
            within(release)
    return release


def discard_unfinished(*, older_than: timedelta = ABANDONED_AFTER) -> int:
    """Throw away what a killed import left behind: staged rows nobody ever saw. Returns how many releases.

    Whoever holds the import's lock may say `older_than=timedelta(0)`: nobody else can be at work.
    """
    before = timezone.now() - older_than
    abandoned = Release.objects.filter(state=State.STAGING, touched_at__lt=before)
    for release in abandoned:
        _discard(release)
    return len(abandoned)


def _publish_in_chunks(
    comparison: Comparison,
    *,
    by: str,
    owner: Unit | None,
    progress: Progress | None,
    within: Within | None,
) -> Release:
    """Stage in short transactions, so that web writes never wait long, then publish by one flag."""
    release = _begin(comparison, owner)
    try:
        stageable, rest = _stageable(comparison)
        ids, total, done = _ids(comparison), len(comparison.planned), 0
        for chunk in batched(_rows(stageable, release, ids, staged=True), STAGING_CHUNK):
            with transaction.atomic():
                write_values(chunk)
                release.save(update_fields=["touched_at"])
            done += len(chunk)
            if progress:
                progress(done, total)
        with transaction.atomic():
            # Off first: a value and the one it replaces may not both be current, not even for a moment.
            supersede(comparison.superseded, release_id=release.pk)
            PublishedValue.objects.filter(superseded_by=release, release=release).update(superseded_by=None)
            _write_the_rest(comparison, release, rest, by)
            _finish(release, by)
            if within:
                within(release)
    except BaseException:
        _discard(release)
        raise
    return release


def _stageable(comparison: Comparison) -> tuple[list[Planned], list[Planned]]:
    """Values that can be written before the end, and those that need a unit or indicator nobody has seen yet.

    The latter wait for the last transaction, so that a crash leaves no school or indicator without figures.
    """
    new_units = {unit.code for unit in comparison.new_units}
    new_indicators = set(comparison.indicators) - set(Indicator.objects.values_list("key", flat=True))
    if not new_units and not new_indicators:
        return comparison.planned, []
    early: list[Planned] = []
    late: list[Planned] = []
    for planned in comparison.planned:
        is_new = planned.key.unit in new_units or planned.key.indicator in new_indicators
        (late if is_new else early).append(planned)
    return early, late


def _write_the_rest(comparison: Comparison, release: Release, planned: list[Planned], by: str) -> None:
    """Units, indicators, withheld numbers and values that have not been staged; in the running transaction."""
    add_units(units=comparison.new_units, by=by)
    known = set(Indicator.objects.values_list("key", flat=True))
    Indicator.objects.bulk_create(Indicator(key=key) for key in comparison.indicators if key not in known)
    ids = _ids(comparison)
    _write_withheld(comparison, release, ids)
    write_values(_rows(planned, release, ids, staged=False))
    keep_proofs(comparison.proofs, release)


def _begin(comparison: Comparison, owner: Unit | None) -> Release:
    origin = comparison.origin
    return Release.objects.create(
        source=origin.source,
        owner=owner,
        file_name=origin.file_name,
        file_sha256=origin.file_sha256,
        periods=list(comparison.periods),
        indicators=list(comparison.indicators),
        counts=dict(comparison.counts),
    )


def _finish(release: Release, by: str) -> None:
    release.state = State.PUBLISHED
    release.published_at, release.published_by = timezone.now(), by
    release.save()
    proof = proof_hash(release)
    record(
        kind="indicators.release_published",
        by=by,
        subject=f"{release.source} {release.file_name}",
        subject_key=str(release.pk),
        owner=release.owner.code if release.owner else "",
        detail={"sha256": release.file_sha256, "counts": release.counts, "periods": release.periods}
        | ({"proof_sha256": proof} if proof else {}),
    )


def _discard(release: Release) -> None:
    with transaction.atomic():
        PublishedValue.objects.filter(superseded_by=release, release=release).delete()
        WithheldValue.objects.filter(release=release).delete()
        release.delete()


class _Ids(NamedTuple):
    """Database keys of the units and indicators that a comparison names."""

    units: dict[str, int]
    indicators: dict[str, int]

    def of(self, key: Key) -> tuple[int, int, int, int, int]:
        return self.units[key.unit], self.indicators[key.indicator], key.period, key.grade, key.gender


def _ids(comparison: Comparison) -> _Ids:
    codes = {planned.key.unit for planned in comparison.planned}
    codes |= {withheld.key.unit for withheld in comparison.withheld}
    units = {code: unit.pk for code, unit in units_by_code(codes).items()}
    return _Ids(units, dict(Indicator.objects.values_list("key", "pk")))


def _rows(
    values: Iterable[Planned], release: Release, ids: _Ids, *, staged: bool
) -> Iterator[tuple[object, ...]]:
    superseded_by = release.pk if staged else None
    units, indicators, pk = ids.units, ids.indicators, release.pk
    for (unit, indicator, *rest), edition, shown, row, column in values:
        value, low, high, n, status, is_provisional = shown
        # Plain integers: for enums and booleans sqlite3 asks its adapters, which takes longer than the insert.
        yield (
            units[unit], indicators[indicator], *rest, int(edition), value, low, high, n, int(status),
            int(is_provisional), row, column, pk, superseded_by,
        )  # fmt: skip


def _write_withheld(comparison: Comparison, release: Release, ids: _Ids) -> None:
    rows = [(*ids.of(w.key), w.value, w.uncertainty, w.n, release.pk) for w in comparison.withheld]
    write_rows(WithheldValue, WITHHELD_COLUMNS, rows)
