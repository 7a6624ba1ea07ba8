"""Municipalities and what became of them, from SSB Klass 131 and the code history (`codes/`, CC BY 4.0)."""

import csv
import io
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import OwnerSettings, Succession, Unit
from tettpaa.core.orgs.queries import units_by_code

FOLDER = Path(__file__).parent / "codes"
NATION = "NO"
# Counties by their two digits, current and those of 2020-2023 (Viken, Vestfold og Telemark, Troms og Finnmark).
COUNTIES = {
    "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "31": "Østfold",
    "32": "Akershus", "33": "Buskerud", "34": "Innlandet", "39": "Vestfold", "40": "Telemark",
    "42": "Agder", "46": "Vestland", "50": "Trøndelag", "55": "Troms", "56": "Finnmark",
    "30": "Viken", "38": "Vestfold og Telemark", "54": "Troms og Finnmark",
}  # fmt: skip
COUNTIES_UNTIL_2024 = {"30", "38", "54"}
# Not municipalities: Svalbard, abroad, unknown (data.md 1B).
PSEUDO = {"2100", "2599", "9999"}


@dataclass(frozen=True, slots=True)
class Step:
    """One code became another."""

    old: str
    new: str
    old_name: str
    kind: SuccessionKind
    on: date


@dataclass(frozen=True, slots=True)
class Change:
    """A change as SSB lists it, before it is known what kind it is."""

    old: str
    new: str
    old_name: str
    on: date


@transaction.atomic
def load_registers(*, by: str) -> int:
    """Load nation, counties, municipalities and successions; known ones are left alone. Returns units added."""
    current = [(row["code"], row["name"]) for row in _json("klass131_codesAt_2026-01-01.json")["codes"]]
    steps = list(_steps())
    names = {step.old: step.old_name for step in steps if step.old_name} | dict(current)
    codes = ({code for code, _ in current} | {c for step in steps for c in (step.old, step.new)}) - PSEUDO
    added = add_units(
        units=[*_tops(codes), *(_municipality(c, names.get(c, c)) for c in sorted(codes))], by=by
    )
    fresh = _link(steps)
    _date(steps)
    if added or fresh:
        record(kind="orgs.registers_loaded", by=by, subject="Klass 131", detail={"successions": fresh})
    return len(added)


@transaction.atomic
def take_in_codes(*, codes: Mapping[str, str], changes: Iterable[Change], by: str) -> list[str]:
    """Add municipalities that SSB has since, note new names, and link codes that became others. Returns the codes of what is
    new or has a new name.

    One code that became one other and is gone is a renumbering; several that became one, a merger; one that became
    several, a split; a code that goes on beside those it "became" only moved its boundary (data.md 3). What is linked
    already stays.
    """
    real = {code: name for code, name in codes.items() if code not in PSEUDO}
    steps = [step for step in _classed(list(changes), set(real)) if not {step.old, step.new} & PSEUDO]
    names = {step.old: step.old_name for step in steps} | real
    wanted = set(real) | {code for step in steps for code in (step.old, step.new)}
    added = add_units(
        units=[*_tops(wanted), *(_municipality(code, names.get(code, code)) for code in sorted(wanted))],
        by=by,
    )
    renamed = _rename(real)
    fresh = _link(steps)
    _date([step for step in steps if step.kind != SuccessionKind.BOUNDARY])
    if added or fresh or renamed:
        detail = {"successions": fresh, "names": renamed}
        record(kind="orgs.registers_loaded", by=by, subject="Klass 131", detail=detail)
    return sorted({*added, *renamed})


@transaction.atomic
def take_in_groups(*, groups: Mapping[str, tuple[str, str]], by: str) -> list[str]:
    """Note which KOSTRA group (code and name) each municipality is in. Returns the municipalities whose group is new.

    `groups` tells of all: a municipality without one has none any longer. Those that are not here are left out.
    """
    known = dict(groups.values())
    add_units(units=[NewUnit(Kind.GROUP, code, name, NATION) for code, name in sorted(known.items())], by=by)
    units = units_by_code(known)
    moved = []
    for place in Unit.objects.filter(kind=Kind.OWNER).select_related("peers"):
        group = units[groups[place.code][0]] if place.code in groups else None
        if place.peers != group:
            place.peers = group
            moved.append(place)
    Unit.objects.bulk_update(moved, ["peers"])
    if moved:
        # What pages remember of these owners is old.
        OwnerSettings.objects.filter(unit__in=moved).update(changed_at=timezone.now())
        record(
            kind="orgs.registers_loaded",
            by=by,
            subject="Klass 112",
            detail={"groups": len(known), "moved": len(moved)},
        )
    return sorted(place.code for place in moved)


def _classed(changes: list[Change], now: set[str]) -> Iterator[Step]:
    real = [change for change in changes if change.old != change.new]
    becomes = Counter(change.old for change in real)
    comes_of = Counter(change.new for change in real if change.old not in now)
    for change in real:
        if change.old in now:
            kind = SuccessionKind.BOUNDARY
        elif becomes[change.old] > 1:
            kind = SuccessionKind.SPLIT
        elif comes_of[change.new] > 1:
            kind = SuccessionKind.MERGE
        else:
            kind = SuccessionKind.RENUMBER
        yield Step(change.old, change.new, change.old_name, kind, change.on)


def _rename(names: Mapping[str, str]) -> list[str]:
    """SSB's new names; what people here call the place (`display_name`) stays."""
    renamed = [
        unit for unit in Unit.objects.filter(kind=Kind.OWNER, code__in=names) if unit.name != names[unit.code]
    ]
    for unit in renamed:
        unit.name = names[unit.code]
    Unit.objects.bulk_update(renamed, ["name"])
    return sorted(unit.code for unit in renamed)


def _tops(codes: set[str]) -> Iterator[NewUnit]:
    yield NewUnit(Kind.NATION, NATION, "Hele landet", "")
    for code in sorted({municipality[:2] for municipality in codes}):
        yield NewUnit(Kind.COUNTY, code, COUNTIES.get(code, f"Fylke {code}"), NATION)


def _municipality(code: str, name: str) -> NewUnit:
    return NewUnit(Kind.OWNER, code, name, code[:2])


def _link(steps: list[Step]) -> int:
    units = units_by_code({code for step in steps for code in (step.old, step.new)})
    have = set(Succession.objects.values_list("old__code", "new__code"))
    rows = {
        (step.old, step.new): Succession(old=units[step.old], new=units[step.new], kind=step.kind, on=step.on)
        for step in steps
        if (step.old, step.new) not in have
    }
    Succession.objects.bulk_create(rows.values())
    return len(rows)


def _date(steps: list[Step]) -> None:
    """An old code ends when its last successor begins, unless the same code goes on."""
    goes_on = {step.new for step in steps if step.kind == SuccessionKind.MERGE and step.old == step.new}
    for on in sorted({step.on for step in steps}):
        ended = {step.old for step in steps if step.on == on} - goes_on
        Unit.objects.filter(code__in=ended, valid_to=None).update(valid_to=on)
    for code in COUNTIES_UNTIL_2024:
        Unit.objects.filter(code=code, valid_to=None).update(valid_to=date(2024, 1, 1))


def _steps() -> Iterator[Step]:
    merged = list(_merges())
    yield from merged
    taken = {step.old for step in merged}
    yield from _splits()
    yield from (step for step in _old_renumberings() if step.old not in taken)
    for new, row in _json("code-history.json")["endringer"].items():
        for old in row["oldCodes"]:
            on = date.fromisoformat(old["validTo"])
            yield Step(old["code"], new, row["name"], SuccessionKind.RENUMBER, on)


def _merges() -> Iterator[Step]:
    rows = list(_csv("kommuneMerge.csv"))
    parts = Counter((row["code"], row["year"]) for row in rows)
    for row in rows:
        alone = parts[row["code"], row["year"]] == 1 and row["name"].strip() == row["prev_name"]
        kind = SuccessionKind.RENUMBER if alone else SuccessionKind.MERGE
        if row["prev"].zfill(4) != row["code"].zfill(4):
            on = date(int(row["year"]), 1, 1)
            yield Step(row["prev"].zfill(4), row["code"].zfill(4), row["prev_name"], kind, on)


def _splits() -> Iterator[Step]:
    for row in _csv("kommuneDelt.csv"):
        on = date(int(row["year"]), 1, 1)
        yield Step(row["prev"].zfill(4), row["code"].zfill(4), row["prev_name"], SuccessionKind.SPLIT, on)


def _old_renumberings() -> Iterator[Step]:
    """Pairs of `geoTable.csv` where exactly one old code leads to the new one: a pure change of number."""
    rows = [
        (r["GEO"].zfill(4), r["GEO_omk"].zfill(4), r["HARMstd"])
        for r in _csv("geoTable.csv")
        if len(r["GEO"]) > 2
    ]
    leads = Counter(new for _, new, _ in rows)
    for old, new, year in rows:
        if old != new and leads[new] == 1:
            yield Step(old, new, "", SuccessionKind.RENUMBER, date(int(year), 1, 1))


def _csv(name: str) -> Iterator[dict[str, str]]:
    """Rows of a register file; the older ones mix UTF-8 and Latin-1 within one file (data README)."""
    lines = []
    for raw in _bytes(name).splitlines():
        try:
            lines.append(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            lines.append(raw.decode("latin-1"))
    for row in csv.DictReader(io.StringIO("\n".join(lines))):
        previous = (row.get("prevName") or "").replace("\u00a0", " ").strip()
        yield {**{key: (value or "").strip() for key, value in row.items() if key}, "prev_name": previous}


def _json(name: str) -> Any:
    return json.loads(_bytes(name))


def _bytes(name: str) -> bytes:
    return lzma.decompress((FOLDER / f"{name}.xz").read_bytes())
