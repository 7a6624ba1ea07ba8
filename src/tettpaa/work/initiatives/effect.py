"""What the figures say before and after an initiative, for one viewer, and what would have come by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tettpaa.core.orgs.enums import Kind as UnitKind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import above, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.formats import school_year
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import Definition, definition
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.indicators.reckoning import counted_in, rule_of
from tettpaa.data.stats.change import ChangeEstimate, change
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.numbers import Language, distance, quantity
from tettpaa.data.stats.points import Point, half_width_of
from tettpaa.data.stats.rebound import Rebound, rebound
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.sentences import About, Situation, change_sentence, situation_word
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.work.initiatives.models import EffectReview

_WIDTH: Final = 260  # px of a strip, with room for its ends
_EDGE: Final = 8


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the picture: where its dot and its bar stand, in px of a strip 260 wide. None: nothing to draw."""

    dot: int | None
    start: int | None
    length: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """Before, what was to be expected, or after: the words, the value and its interval as text, and the strip."""

    key: str
    label: str
    value: str
    between: str
    strip: Strip


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a page says of the figures. `certainty` is how surely the later figure is off what was expected,
    or, when that cannot be reckoned, how surely anything changed. Empty `change` and `expected`: nothing to say."""

    name: str
    rows: tuple[Row, ...]
    change: str
    expected: str
    certainty: str
    has_both: bool
    is_published: bool


def indicator_name(key: str, grade: int = 0) -> str:
    """`Lesing 8. trinn`, with the grade where the indicator is measured in several."""
    meant = definition(key)
    name = meant.short_names.in_language(reader_language())
    if grade and len(meant.grades) > 1:
        return _("%(name)s, %(grade)s. trinn") % {"name": name, "grade": grade}
    return name


def reading(viewer: Viewer, review: EffectReview) -> Reading:
    """The figures of the review as this viewer may see them. Five queries, whatever it is about."""
    place, meant = review.school or review.owner, definition(review.indicator)
    nation = next((unit for unit in above(place) if unit.kind == UnitKind.NATION), None)
    found = _lines(viewer, [place, *([nation] if nation else [])], review)
    own, beside = found.get(place.code, []), found.get(nation.code, []) if nation else []
    rule = rule_of(meant, review.after)
    if review.school is None:
        rule = rule.for_area(max(1, len(schools_of(review.owner))))
    by_year = {figure.period: figure for figure in own}
    before, after = by_year.get(review.before), by_year.get(review.after)
    came, moved = _by_itself(own, beside, review, rule), None
    pair = _points([figure for figure in (before, after) if figure])
    if len(pair) == 2 and meant.comparable:
        moved = change(pair[0], pair[1], rule)
    said = _about(meant, place)
    return Reading(
        name=indicator_name(review.indicator, review.grade),
        rows=_rows(review, before, after, came, said),
        change=change_sentence(moved, said, reader_language()) if moved else "",
        expected=_expected(came, review, said) if meant.comparable else _no_comparison(),
        certainty=_certainty(came, moved),
        has_both=len(pair) == 2,
        is_published=before is not None and after is not None,
    )


def _lines(viewer: Viewer, units: Sequence[Unit], review: EffectReview) -> dict[str, list[SafeFigure]]:
    lines: dict[str, list[SafeFigure]] = {}
    wanted = Wanted(indicators=(review.indicator,), grades=(review.grade,) if review.grade else ())
    for figure in figures(viewer, units, wanted):
        if figure.grade == review.grade or not review.grade:
            lines.setdefault(figure.unit, []).append(figure)
    return lines


def _points(line: Sequence[SafeFigure]) -> list[Point]:
    """The shown figures; a hidden year is no point at all."""
    return [
        Point(one.period, one.value, one.n or None, half_width_of(one.value, one.low, one.high))
        for one in line
        if one.value is not None
    ]


def _by_itself(
    own: Sequence[SafeFigure], beside: Sequence[SafeFigure], review: EffectReview, rule: Rule
) -> Rebound | None:
    """What would have come with no initiative; only from a figure of the year before itself."""
    past = _points([figure for figure in own if figure.period <= review.before])
    if not past or past[-1].year != review.before:
        return None
    later = _points([figure for figure in own if figure.period == review.after])
    return rebound(past, _points(beside), rule, later=review.after, after=later[0] if later else None)


def _about(meant: Definition, place: Unit) -> About:
    return About(
        unit=place.label,
        counted_in=counted_in(meant),
        decimals=max(meant.decimals, 0 if meant.unit == "count" else 1),
        direction=meant.direction,
    )


def _rows(
    review: EffectReview,
    before: SafeFigure | None,
    after: SafeFigure | None,
    came: Rebound | None,
    said: About,
) -> tuple[Row, ...]:
    scale = _Scale.of(before, after, came)
    rows = [_figure_row("before", _("Før"), review.before, before, scale, said)]
    if came is not None:
        value = quantity(came.expected, said.counted_in, said.decimals, reader_language())
        strip = scale.strip(came.expected, came.low90, came.high90)
        label = _("Å vente uten tiltak")
        rows.append(Row("expected", label, value, _between(came.low90, came.high90, said), strip))
    rows.append(_figure_row("after", _("Etter"), review.after, after, scale, said))
    return tuple(rows)


def _figure_row(
    key: str, word: str, year: int, figure: SafeFigure | None, scale: "_Scale", said: About
) -> Row:
    label = f"{word}, {school_year(year)}"
    if figure is None or figure.value is None:
        status = figure.status.key if figure else "missing"
        return Row(
            key, label, situation_word(Situation(status), reader_language()), "", Strip(None, None, None)
        )
    value = quantity(figure.value, said.counted_in, said.decimals, reader_language())
    text = _between(figure.low, figure.high, said)
    return Row(key, label, value, text, scale.strip(figure.value, figure.low, figure.high))


def _between(low: float | None, high: float | None, said: About) -> str:
    if low is None or high is None:
        return ""
    ends = [quantity(end, said.counted_in, said.decimals, reader_language()) for end in (low, high)]
    return _("%(low)s til %(high)s") % {"low": ends[0], "high": ends[1]}


@dataclass(frozen=True, slots=True)
class _Scale:
    """The same scale for all three rows."""

    low: float
    high: float

    @classmethod
    def of(cls, before: SafeFigure | None, after: SafeFigure | None, came: Rebound | None) -> "_Scale":
        ends = [end for one in (before, after) if one for end in (one.value, one.low, one.high)]
        ends += [came.low90, came.high90] if came else []
        known_ends = [end for end in ends if end is not None] or [0.0]
        low, high = min(known_ends), max(known_ends)
        return cls(low, high if high > low else low + 1)

    def at(self, value: float) -> int:
        share = (value - self.low) / (self.high - self.low)
        return round(_EDGE + share * (_WIDTH - 2 * _EDGE))

    def strip(self, value: float, low: float | None, high: float | None) -> Strip:
        if low is None or high is None:
            return Strip(self.at(value), None, None)
        return Strip(self.at(value), self.at(low), max(1, self.at(high) - self.at(low)))


def _certainty(came: Rebound | None, moved: ChangeEstimate | None) -> str:
    if came is not None and came.after is not None:
        return str(came.certainty)
    if moved is not None and moved.certainty is not None:
        return str(moved.certainty)
    return str(Certainty.UNKNOWN)


def _no_comparison() -> str:
    return _("Kilden sier at disse tallene ikke skal sammenlignes fra år til år.")


def _expected(came: Rebound | None, review: EffectReview, said: About) -> str:
    """What was to be expected with no initiative at all, in one to three sentences."""
    if came is None:
        return _(
            "Her kan vi ikke regne ut hva som ville kommet av seg selv. Husk at et uvanlig lavt eller høyt år "
            "oftest følges av et mer vanlig år, også når ingen gjør noe."
        )
    tongue = reader_language()
    words = {
        "year": school_year(review.after),
        "expected": quantity(came.expected, said.counted_in, said.decimals, tongue),
        "between": _between(came.low90, came.high90, said),
    }
    text = _(
        "Uten tiltak måtte vi vente omtrent %(expected)s i %(year)s. "
        "Ni av ti slike skoler havner på %(between)s av seg selv."
    )
    if review.school is None:
        text = _("Uten tiltak måtte vi vente omtrent %(expected)s i %(year)s, trolig %(between)s.")
    return " ".join(part for part in (text % words, _beyond(came, said, tongue)) if part)


def _beyond(came: Rebound, said: About, tongue: Language) -> str:
    if came.beyond is None:
        return ""
    if came.is_inside:
        return _("Det vi så, ligger innenfor det. Endringen kan ha kommet av seg selv.")
    size = {"size": distance(came.beyond, said.counted_in, said.decimals, tongue)}
    if came.beyond > 0:
        return _("Det vi så, er %(size)s høyere enn vi måtte vente.") % size
    return _("Det vi så, er %(size)s lavere enn vi måtte vente.") % size
