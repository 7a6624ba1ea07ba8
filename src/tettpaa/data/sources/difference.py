"""A comparison as the preview keeps it: JSON of codes and numbers, put into words by the page."""

from collections import Counter
from typing import Any

from tettpaa.core.orgs.queries import units_by_code
from tettpaa.data.indicators.actions import Comparison
from tettpaa.data.indicators.actions.loss import proposed
from tettpaa.data.indicators.actions.parts import Key, Shown

LISTED = 60
GROUPS = 400


def difference_of(comparison: Comparison) -> dict[str, Any]:
    """What would change: counts, what is new by indicator and year, changes word for word, hidden ones, new units.

    Only values that may be shown are in it. Equal files against equal figures give equal differences.
    """
    changes = comparison.changes[:LISTED]
    hidden = Counter((held.key.unit, held.key.period) for held in comparison.withheld)
    listed = sorted(hidden)[:LISTED]
    names = {
        code: unit.label
        for code, unit in units_by_code({key.unit for key, *_ in changes} | {u for u, _ in listed}).items()
    }
    names |= {unit.code: unit.name for unit in comparison.new_units}
    fresh = sorted(comparison.fresh.items(), key=lambda item: (-item[0][1], item[0][0]))
    return {
        "counts": {name: count for name, count in sorted(comparison.counts.items()) if count},
        "fresh": [[indicator, period, count] for (indicator, period), count in fresh[:GROUPS]],
        "changes": [_change(*change, names) for change in changes],
        "hidden": [[unit, names.get(unit, unit), period, hidden[unit, period]] for unit, period in listed],
        "hidden_units": len(hidden),
        "new_units": [[unit.kind, unit.code, unit.name] for unit in comparison.new_units[:LISTED]],
        "new_unit_count": len(comparison.new_units),
        "periods": list(comparison.periods),
        "losses": [list(loss) for loss in comparison.losses],
        "proposed": (best := proposed(comparison.losses)) and best.without,
    }


def changes_anything(difference: dict[str, Any]) -> bool:
    """Whether publishing would change any figure."""
    counts = difference.get("counts", {})
    return any(counts.get(what) for what in ("new", "changed", "gone", "internal"))


def _change(key: Key, before: Shown | None, after: Shown | None, names: dict[str, str]) -> dict[str, Any]:
    return {
        "unit": key.unit,
        "name": names.get(key.unit, key.unit),
        "indicator": key.indicator,
        "period": key.period,
        "grade": key.grade,
        "gender": key.gender,
        "before": _shown(before),
        "after": _shown(after),
    }


def _shown(shown: Shown | None) -> dict[str, Any] | None:
    return None if shown is None else {"value": shown.value, "n": shown.n, "status": int(shown.status)}
