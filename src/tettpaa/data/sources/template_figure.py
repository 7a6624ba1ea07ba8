"""The figure of one row of the open template: value, counts, uncertainty and status must agree."""

from typing import Final, NamedTuple

from tettpaa.data.indicators.definitions.model import Definition
from tettpaa.data.sources.numbers import Mark, Number, parse_number, whole_number
from tettpaa.data.suppression.kinds import Status

# Words for a status in the three languages; the first of each is the template's own.
STATUS_WORDS: Final = {
    Status.OK: ("ok",),
    Status.HIDDEN_BY_SOURCE: ("skjermet", "skjerma", "shielded"),
    Status.MISSING: ("mangler", "manglar", "missing"),
    Status.NOT_APPLICABLE: (
        "ikke_aktuell",
        "ikkje_aktuell",
        "ikke aktuell",
        "ikkje aktuell",
        "not_applicable",
    ),
    Status.NO_PARTICIPANTS: ("ingen_deltakere", "ingen_deltakarar", "ingen deltakere", "no_participants"),
    Status.CONFIDENTIAL: ("konfidensiell", "confidential"),
}
_STATUSES: Final = {word: status for status, words in STATUS_WORDS.items() for word in words}
_WITH_VALUE: Final = frozenset({Status.OK, Status.CONFIDENTIAL})
_ABSENT: Final = frozenset({Mark.EMPTY, Mark.MISSING, Mark.SHIELDED})
_DERIVED: Final = {
    Mark.NUMBER: Status.OK,
    Mark.CONFIDENTIAL: Status.CONFIDENTIAL,
    Mark.SHIELDED: Status.HIDDEN_BY_SOURCE,
    Mark.EMPTY: Status.MISSING,
    Mark.MISSING: Status.MISSING,
}
_ROUNDING: Final = 0.51  # a written share may be rounded to whole percent


class Facts(NamedTuple):
    """What a figure of an indicator must keep to."""

    low: float | None
    high: float | None
    is_percent: bool
    is_count: bool
    is_confidential: bool

    @classmethod
    def of(cls, facts: Definition) -> "Facts":
        is_percent = facts.unit == "percent"
        return cls(facts.scale_min, facts.scale_max, is_percent, facts.unit == "count", facts.confidential)


class Figure(NamedTuple):
    """A figure that holds together."""

    value: float | None
    n: int | None
    uncertainty: float | None
    status: Status


class Wrong(NamedTuple):
    """What does not hold together: message, heading of the column, words for the message."""

    code: str
    head: str
    params: dict[str, str] = {}  # never changed


class Six(NamedTuple):
    """The six cells of a figure, read."""

    value: Number
    n: Number
    counter: Number
    denominator: Number
    uncertainty: Number
    status: Status | None


_HEADS: Final = ("verdi", "n", "teller", "nevner", "usikkerhet")


def figure_of(facts: Facts, cells: tuple[str, ...]) -> Figure | Wrong:
    """Read the six cells of a figure (verdi, n, teller, nevner, usikkerhet, status), or say what is wrong first."""
    numbers = [parse_number(text) for text in cells[:5]]
    for number, head in zip(numbers, _HEADS, strict=True):
        if number.mark is Mark.BAD:
            return Wrong(number.code, head)
    word = cells[5].strip().casefold()
    status = _STATUSES.get(word)
    if word and status is None:
        return Wrong(
            "unknown_word", "status", {"known": "; ".join(words[0] for words in STATUS_WORDS.values())}
        )
    six = Six(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], status)
    if six.counter.value is not None or six.denominator.value is not None:
        wrong, six = _with_counts(facts, six)
        if wrong:
            return wrong
    state = _derived(six) if six.status is None else six.status
    wrong = _status_wrong(state, six) or _figure_wrong(facts, six)
    if wrong:
        return wrong
    if state not in _WITH_VALUE:
        return Figure(None, None, None, state)
    if six.value.mark is Mark.CONFIDENTIAL or facts.is_confidential:
        state = Status.CONFIDENTIAL
    return Figure(six.value.value, whole_number(six.n), six.uncertainty.value, state)


def _derived(six: Six) -> Status:
    """The status that the cells imply; an empty value beside a shielded n is shielded, as in Udir's tables."""
    if six.value.mark is Mark.EMPTY and six.n.mark is Mark.SHIELDED:
        return Status.HIDDEN_BY_SOURCE
    return _DERIVED[six.value.mark]


def _with_counts(facts: Facts, six: Six) -> tuple[Wrong | None, Six]:
    """Value and n from counter and denominator, when they are given; they must agree with what else is written."""
    above, below = six.counter.value, six.denominator.value
    if above is None or below is None or below <= 0 or above < 0:
        return Wrong("counts_wrong", "teller"), six
    if facts.is_percent and above > below:
        return Wrong("part_above_whole", "teller", {"whole": f"{below:g}"}), six
    share = (100 if facts.is_percent else 1) * above / below
    rounding = _ROUNDING if facts.is_percent else max(0.01 * abs(share), 0.06)
    if six.value.value is None:
        six = six._replace(value=Number(Mark.NUMBER, share))
    elif abs(six.value.value - share) > rounding:
        return Wrong("share_differs", "verdi", {"share": f"{share:.1f}".replace(".", ",")}), six
    if six.n.value is None:
        six = six._replace(n=six.denominator)
    elif facts.is_percent and six.n.value != below:
        return Wrong("n_differs", "n", {"denominator": f"{below:g}"}), six
    return None, six


def _status_wrong(state: Status, six: Six) -> Wrong | None:
    """A status that says one thing while the cells say another."""
    if state in _WITH_VALUE:
        if six.value.value is None:
            return Wrong("status_without_value", "verdi", {"status": STATUS_WORDS[state][0]})
        is_open = state == Status.OK and six.value.mark is Mark.CONFIDENTIAL
        return Wrong("star_but_ok", "status") if is_open else None
    if six.value.mark not in _ABSENT:
        return Wrong("value_despite_status", "verdi", {"status": STATUS_WORDS[state][0]})
    if six.value.mark is Mark.SHIELDED and state != Status.HIDDEN_BY_SOURCE:
        return Wrong("value_despite_status", "verdi", {"status": STATUS_WORDS[state][0]})
    n_fits = six.n.value is None or (state == Status.NO_PARTICIPANTS and six.n.value == 0)
    if not n_fits or six.uncertainty.value is not None:
        head = "usikkerhet" if n_fits else "n"
        return Wrong("value_despite_status", head, {"status": STATUS_WORDS[state][0]})
    return None


def _figure_wrong(facts: Facts, six: Six) -> Wrong | None:
    """A value off the scale, an n that is no count, an uncertainty below zero."""
    value = six.value.value
    if value is None:
        return None
    low, high = facts.low, facts.high
    if (low is not None and value < low) or (high is not None and value > high):
        return Wrong("off_scale", "verdi", {"low": _plain(low), "high": _plain(high)})
    if facts.is_count and whole_number(six.value) is None:
        return Wrong("not_a_count", "verdi")
    if six.n.value is not None and not whole_number(six.n):
        return Wrong("not_a_count", "n")
    if six.uncertainty.value is not None and six.uncertainty.value < 0:
        return Wrong("uncertainty_negative", "usikkerhet")
    return None


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}".replace(".", ",")
