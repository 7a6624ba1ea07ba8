"""A goal's picture and its one honest sentence: could reaching the target be told from chance?

The answer comes from a test of the difference, since both measurements are uncertain; never from whether intervals
overlap.
"""

from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from tettpaa.data.indicators.definitions import Definition, definition
from tettpaa.data.indicators.reckoning import counted_in, rule_of
from tettpaa.data.stats.change import ChangeEstimate, change
from tettpaa.data.stats.kinds import Gap
from tettpaa.data.stats.numbers import Language, distance, quantity
from tettpaa.data.stats.points import Point, half_width_of
from tettpaa.data.stats.rules import Rule
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.work.yearwheel.rules import school_year_of

POOLED: Final = 3  # years
WIDTH: Final = 380
LEFT: Final = 16
RIGHT: Final = 364

type Telling = Literal["tells", "three_years", "chance", "counted", "few", "broken", "unknown"]


def frozen(figure: SafeFigure) -> dict[str, Any]:
    """A published figure as it is kept in the agreement. Hidden ones keep their reason and no number."""
    return {
        "figure": figure.id,
        "release": figure.release,
        "period": figure.period,
        "status": figure.status.key,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
    }


@dataclass(frozen=True)
class Tick:
    """A mark on the axis of a strip."""

    x: float
    text: str


@dataclass(frozen=True)
class Strip:
    """The picture: the band is the interval, the dot the baseline, the rule the target. All x in a box of 380."""

    low: float
    width: float
    dot: float
    target: float | None
    ticks: tuple[Tick, ...]
    from_text: str
    to_text: str
    alt: str
    target_first: bool = False


@dataclass(frozen=True)
class Aim:
    """A goal with what can be said of its target."""

    telling: Telling
    fact: str
    sentence: str
    strip: Strip | None


def aim_of(row: dict[str, Any], language: Language) -> Aim | None:
    """For a goal as it stands in sealed content; None when it has no indicator."""
    if not row["indicator"]:
        return None
    about = definition(row["indicator"])
    base = row["baseline"]
    if base.get("value") is None:
        return Aim("unknown", _("Tallet fra i dag kan ikke vises."), _hidden(), None)
    telling, estimate = tells(about, base, row["target"], row["target_on"])
    return Aim(
        telling,
        _fact(about, row, language),
        _sentence(about, telling, estimate, language),
        _strip(about, row, language),
    )


def tells(
    about: Definition, base: dict[str, Any], target: float | None, target_on: str | None
) -> tuple[Telling, ChangeEstimate | None]:
    """Whether the target, reached by as many pupils, differs from the baseline by more than chance usually gives.

    `three_years`: one year does not tell, three years put together on each side would.
    """
    if target is None:
        return "unknown", None
    year = (
        max(school_year_of(date.fromisoformat(target_on)), base["period"] + 1)
        if target_on
        else base["period"] + 1
    )
    rule = rule_of(about, base["period"])
    half = half_width_of(base["value"], base["low"], base["high"])
    now = Point(base["period"], base["value"], base["n"], half)
    then = Point(year, target, base["n"], half)
    found = change(now, then, rule)
    if found.gap is not None or found.difference is None or found.chance is None:
        return _GAPS.get(found.gap, "unknown") if found.gap else "unknown", found
    if abs(found.difference) > found.chance:
        return "tells", found
    pooled = change(_pooled(now), _pooled(then), _pooled_rule(rule))
    enough = pooled.chance is not None and abs(found.difference) > pooled.chance
    return "three_years" if enough else "chance", found


_GAPS: Final[dict[Gap, Telling]] = {Gap.COUNTED: "counted", Gap.TOO_FEW: "few", Gap.BREAK: "broken"}


def _pooled(point: Point) -> Point:
    """Three such years put together."""
    return replace(
        point,
        n=point.n * POOLED if point.n else None,
        half_width=point.half_width / sqrt(POOLED) if point.half_width else None,
    )


def _pooled_rule(rule: Rule) -> Rule:
    cohort = rule.components.cohort
    if cohort is None:
        return rule
    return replace(rule, components=replace(rule.components, cohort=cohort / POOLED))


def _said(value: float, about: Definition, language: Language) -> str:
    return quantity(value, counted_in(about), about.decimals, language)


def _fact(about: Definition, row: dict[str, Any], language: Language) -> str:
    base = row["baseline"]
    words = {
        "now": _said(base["value"], about, language),
        "name": row["indicator_name"],
        "period": f"{base['period']}–{(base['period'] + 1) % 100:02d}",
    }
    if row["target"] is None:
        return _("%(name)s: %(now)s i %(period)s.") % words
    words["target"] = _said(row["target"], about, language)
    return _("Fra %(now)s i %(period)s til %(target)s. %(name)s.") % words


def _hidden() -> str:
    return _("Derfor kan vi ikke si om et nytt tall er en endring. Se heller etter tegnet vi har avtalt.")


def _sentence(
    about: Definition, telling: Telling, estimate: ChangeEstimate | None, language: Language
) -> str:
    chance = ""
    if estimate is not None and estimate.chance is not None:
        chance = distance(estimate.chance, counted_in(about), max(1, about.decimals), language)
    return {
        "tells": _(
            "Når vi det, kan vi si at noe er endret. Tilfeldigheter alene gir sjelden mer enn %(chance)s."
        ),
        "three_years": _(
            "Ett år er for lite: Tilfeldigheter alene kan gi %(chance)s. Med tre år slått sammen kan vi si det."
        ),
        "chance": _(
            "Selv om vi når det, kan det være tilfeldig. Tilfeldigheter alene kan gi %(chance)s, og tre år hjelper ikke nok."
        ),
        "counted": _("Dette er en telling av alle. Når vi målet, er det en endring."),
        "few": _("Det er for få elever til at ett tall kan si om noe er endret."),
        "broken": _(
            "Målingen ble lagt om mellom de to årene. Vi kan ikke si om det er elevene eller målingen som er endret."
        ),
        "unknown": _("Vi kan ikke si ennå om et nytt tall vil være en endring."),
    }[telling] % {"chance": chance}


def _strip(about: Definition, row: dict[str, Any], language: Language) -> Strip:
    base, target = row["baseline"], row["target"]
    low = base["low"] if base["low"] is not None else base["value"]
    high = base["high"] if base["high"] is not None else base["value"]
    ends = [low, high, base["value"], *([target] if target is not None else [])]
    ticks = _axis(min(ends), max(ends), about)
    start, end = ticks[0], ticks[-1]

    def x(value: float) -> float:
        return round(LEFT + (value - start) / (end - start) * (RIGHT - LEFT), 1)

    now, to = _said(base["value"], about, language), ""
    if target is not None:
        to = _said(target, about, language)
    return Strip(
        low=x(low),
        width=round(max(x(high) - x(low), 2), 1),
        dot=x(base["value"]),
        target=None if target is None else x(target),
        ticks=tuple(Tick(x(value), _mark(value, ticks, about, language)) for value in ticks),
        from_text=_("%(value)s i %(year)s") % {"value": now, "year": base["period"]},
        to_text=_("mål %(value)s") % {"value": to} if to else "",
        alt=_alt(_said(low, about, language), _said(high, about, language), now, to),
        target_first=target is not None and target < base["value"],
    )


def _mark(value: float, ticks: list[float], about: Definition, language: Language) -> str:
    """A mark of the axis, without decimals where none has any."""
    decimals = 0 if all(one == int(one) for one in ticks) else about.decimals
    return quantity(value, counted_in(about), decimals, language)


def _alt(low: str, high: str, now: str, to: str) -> str:
    words = {"low": low, "high": high, "now": now, "to": to}
    if not to:
        return _("I dag %(now)s, trolig mellom %(low)s og %(high)s.") % words
    return _("I dag %(now)s, trolig mellom %(low)s og %(high)s. Målet er %(to)s.") % words


def _axis(low: float, high: float, about: Definition) -> list[float]:
    """Three or four round ticks that hold everything, within the indicator's own scale."""
    span = max(high - low, 10.0**-about.decimals)
    step = next(
        size * 10.0**power
        for power in range(-2, 7)
        for size in (1, 2, 5)
        if size * 10.0**power * 2 >= span * 1.1
    )
    first = (low - span * 0.05) // step * step
    ticks = [first]
    while ticks[-1] < high + span * 0.05:
        ticks.append(ticks[-1] + step)
    if about.scale_min is not None:
        ticks = [value for value in ticks if value >= about.scale_min] or ticks
    if len(ticks) < 2 or ticks[0] > low:
        ticks = [first, *ticks]
    return [round(value, 6) for value in ticks]
