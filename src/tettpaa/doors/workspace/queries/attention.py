"""Which schools' figures the owner should look at more closely. Alphabetical, with the doubt said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.strip import StripInput
from tettpaa.data.charts.words import value_text
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, known_indicators
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.rules import WINDOW
from tettpaa.data.stats.sentences import false_alarm_sentence
from tettpaa.data.stats.verdicts import expected_false_alarms
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.judging import Phrase
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.across import Across, Standing, across_of, strip_chart
from tettpaa.doors.workspace.queries.marks import (
    Marks,
    counts_others,
    fall_phrase,
    fall_words,
    marks_of,
    together,
)
from tettpaa.doors.workspace.queries.sheets import Sheet, Topic
from tettpaa.doors.workspace.reading import (
    FIRST,
    grades_to_show,
    in_sentence,
    is_main,
    judges,
)
from tettpaa.work.followup.signals import Finding

YEARS = 10  # how far back the newest figures of any indicator may lie
_HIDDEN = frozenset({Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US, Status.CONFIDENTIAL})


@dataclass(frozen=True, slots=True)
class Other:
    """A further finding of a school that is on the list already."""

    name: str
    key: str
    circle: str
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """A school on the list, with its strongest finding: what was seen, how probable and how big, on what basis."""

    school: str
    address: str
    indicator: str
    phrase: Phrase
    key: str
    circle: str
    said: str
    text: str
    picture: Picture | None
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class HiddenGroup:
    """Figures of one indicator that are not shown: for which schools, and why."""

    indicator: str
    address: str
    year: int
    status: str
    schools: tuple[str, ...]
    also_owner: bool

    @property
    def reason(self) -> str:
        return gettext("Skjult hos kilden") if self.status == "hidden_by_source" else gettext("Skjult av oss")


@dataclass(frozen=True, slots=True)
class Attention:
    """What the overview says of all schools at once. Made once for each owner, edition and language."""

    items: tuple[Item, ...]
    calm: tuple[str, ...]
    silent: tuple[str, ...]
    false_alarms: str
    hidden: tuple[HiddenGroup, ...]
    topics: tuple[Topic, ...]
    schools: int
    strips: Mapping[tuple[str, Topic], StripInput]  # the items' pictures, by school code

    @property
    def has_figures(self) -> bool:
        return bool(self.topics)


def attention(viewer: Viewer, owner: Unit) -> Attention:
    """Read every indicator of every school, and pick out what lies on the side nobody wants."""
    places, schools = sheets.around(owner), schools_of(owner)
    this_year = timezone.localdate().year
    wanted = Wanted(
        indicators=[one.key for one in known_indicators() if is_main(one)],
        periods=range(this_year - YEARS, this_year + 1),
    )
    edition = sheets.edition_here(viewer, owner)
    sheet = sheets.sheet_of(viewer, [*schools, *places.units], wanted, edition=edition)
    seen = [across_of(owner, topic, places, sheet, schools) for topic in _topics(sheet, schools)]
    marks = marks_of(sheet, {school.code for school in schools})
    by_school = _by_school(seen)
    marked = {school.code: _marked(school, by_school[school.code], marks) for school in schools}
    heard = {code for code, found in by_school.items() if any(_is_heard(*pair, marks) for pair in found)}
    return Attention(
        items=tuple(_items(owner, schools, marked)),
        calm=tuple(one.label for one in schools if one.code in heard and not marked[one.code]),
        silent=tuple(one.label for one in schools if one.code not in heard and not marked[one.code]),
        false_alarms=_false_alarms([found for found in marked.values() if found]),
        hidden=_hidden(owner, seen),
        topics=tuple(one.topic for one in seen if one.schools),
        schools=len(schools),
        strips={
            (code, weak.seen.topic): chart
            for code, found in marked.items()
            for weak in found.levels[:1]
            if (chart := strip_chart(weak.seen, weak.standing)) is not None
        },
    )


type Found = tuple[Across, Standing]


@dataclass(frozen=True, slots=True)
class WeakLevel:
    """An indicator on the side nobody wants. `by_chance`: how probable that it is wrong, None where nobody knows."""

    seen: Across
    standing: Standing
    by_chance: float | None
    with_others: bool = False  # the school's other tests count too


@dataclass(frozen=True, slots=True)
class Marked:
    """What a school is marked for: weak levels, the surest first, and a fall on all its national tests."""

    levels: tuple[WeakLevel, ...]
    fall: Finding | None

    def __bool__(self) -> bool:
        return bool(self.levels or self.fall)

    @property
    def by_chance(self) -> float | None:
        """The school is wrongly marked only if all its marks are wrong, so its surest one counts."""
        chances = [one.by_chance for one in self.levels]
        chances += [self.fall.evidence["by_chance"]] if self.fall else []
        return min((one for one in chances if one is not None), default=None)


def _topics(sheet: Sheet, schools: Sequence[Unit]) -> list[Topic]:
    """Indicators that some school has figures of, the first asked for first."""
    codes = {school.code for school in schools}
    grades: dict[str, set[int]] = defaultdict(set)
    for code, topic in sheet.lines:
        if code in codes:
            grades[topic.indicator].add(topic.grade)
    order = sorted(grades, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key))
    return [Topic(key, grade) for key in order for grade in grades_to_show(definitions()[key], grades[key])]


def _by_school(seen: Sequence[Across]) -> dict[str, list[Found]]:
    """What may be pointed out, by school code."""
    found: dict[str, list[Found]] = defaultdict(list)
    for one in seen:
        if judges(one.topic.definition):
            for standing in one.schools:
                found[standing.school.code].append((one, standing))
    return found


def _is_heard(seen: Across, standing: Standing, marks: Marks) -> bool:
    """Whether the indicator says anything of the school; a national test does so after three years."""
    if seen.topic in marks.topics:
        return len(standing.judgement.estimate.years) >= WINDOW
    return standing.judgement.says_something


def _marked(school: Unit, found: Sequence[Found], marks: Marks) -> Marked:
    weak = [one for pair in found if (one := _weak(*pair, marks)) is not None]
    weak.sort(key=lambda one: one.standing.judgement.estimate.certainty is not Certainty.CLEAR)
    return Marked(tuple(weak), marks.falls.get(school.code))


def _weak(seen: Across, standing: Standing, marks: Marks) -> WeakLevel | None:
    """National tests by what they say together, everything else by itself."""
    judgement = standing.judgement
    if seen.topic not in marks.topics:
        by_chance = expected_false_alarms([judgement.estimate])
        return WeakLevel(seen, standing, by_chance) if judgement.is_bad else None
    finding = marks.levels.get((standing.school.code, seen.topic))
    if finding is None:
        return None
    better = replace(standing, judgement=together(judgement, finding))
    return WeakLevel(seen, better, finding.evidence["by_chance"], counts_others(finding))


def _items(owner: Unit, schools: Sequence[Unit], marked: Mapping[str, Marked]) -> Iterator[Item]:
    for school in schools:
        found = marked[school.code]
        if found.levels:
            yield _level_item(owner, school, found)
        elif found.fall:
            yield _fall_item(owner, school, found.fall)


def _level_item(owner: Unit, school: Unit, marked: Marked) -> Item:
    first, *others = marked.levels
    judgement = first.standing.judgement
    more = [_other(owner, one) for one in others]
    if marked.fall:
        words = _plain(fall_phrase(marked.fall))
        address = addresses.of_school(owner, school)
        more.append(Other(gettext("Nasjonale prøver samlet"), marked.fall.certainty, words, address))
    return Item(
        school=school.label,
        address=addresses.of_school(owner, school),
        indicator=in_sentence(first.seen.title),
        phrase=judgement.phrase,
        key=judgement.key,
        circle=judgement.short,
        said=f"{judgement.sentence} {_size_words(first)}".strip(),
        text=_years_words(first),
        picture=_strip(owner, first.seen, first.standing),
        others=tuple(more),
    )


def _fall_item(owner: Unit, school: Unit, fall: Finding) -> Item:
    phrase = fall_phrase(fall)
    return Item(
        school=school.label,
        address=addresses.of_school(owner, school),
        indicator=gettext("nasjonale prøver samlet"),
        phrase=phrase,
        key=fall.certainty,
        circle=_capital(_plain(phrase)),
        said=fall_words(fall),
        text="",
        picture=None,
        others=(),
    )


def _plain(phrase: Phrase) -> str:
    return f"{phrase.before}{phrase.word}{phrase.after}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _size_words(weak: WeakLevel) -> str:
    """Between which levels the school likely lies, and what it is held against."""
    judgement = weak.standing.judgement
    made, style, tongue = judgement.estimate, judgement.style, judgement.language
    if made.low90 is None or made.high90 is None or made.reference is None:
        return ""
    return gettext("Nivået ligger trolig mellom %(low)s og %(high)s. %(name)s har %(reference)s.") % {
        "low": value_text(made.low90, style, tongue),
        "high": value_text(made.high90, style, tongue),
        "name": weak.seen.usual.name,
        "reference": value_text(made.reference, style, tongue),
    }


def _years_words(weak: WeakLevel) -> str:
    made = weak.standing.judgement.estimate
    parts = {"pupils": made.n, "years": len(made.years)}
    if made.n is None:
        return gettext("%(years)s år samlet.") % parts
    if len(made.years) == 1:
        return gettext("Ett år, %(pupils)s elever. Ett år alene sier lite.") % parts
    text = gettext("%(years)s år samlet, %(pupils)s elever.") % parts
    return f"{text} {gettext('Skolens andre nasjonale prøver teller med.')}" if weak.with_others else text


def _strip(owner: Unit, seen: Across, one: Standing) -> Picture | None:
    chart = strip_chart(seen, one)
    if chart is None:
        return None
    place = Place(owner, ChartKind.STRIP, one.school.code, seen.topic.indicator, seen.topic.grade)
    return pictured(place, chart)


def _other(owner: Unit, weak: WeakLevel) -> Other:
    seen, one = weak.seen, weak.standing
    address = addresses.of_school_indicator(owner, one.school, seen.topic.indicator)
    return Other(seen.title, one.judgement.key, in_sentence(one.judgement.short), address)


def _false_alarms(marked: Sequence[Marked]) -> str:
    """How many schools to expect wrong; where that cannot be reckoned, the page says so."""
    least = [one.by_chance for one in marked]
    known = [chance for chance in least if chance is not None]
    rest = len(least) - len(known)
    first = false_alarm_sentence(len(known), sum(known), reader_language()) if known or not rest else ""
    if not rest:
        return first
    last = ngettext(
        "Én skole er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig.",
        "%(n)d skoler er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig.",
        rest,
    ) % {"n": rest}
    return f"{first} {last}".strip()


def _hidden(owner: Unit, seen: Sequence[Across]) -> tuple[HiddenGroup, ...]:
    """Newest figures that are not shown, by indicator and reason."""
    groups = []
    for one in seen:
        newest = one.newest
        found: dict[Status, list[str]] = defaultdict(list)
        for standing in one.schools:
            last = standing.own[-1]
            if last.period == newest and not last.is_shown and last.status in _HIDDEN:
                found[last.status].append(standing.school.label)
        own = one.sheet.line(owner.code, one.topic)
        is_owner_hidden = bool(own) and own[-1].period == newest and own[-1].status in _HIDDEN
        for status, names in sorted(found.items()):
            address = addresses.of_indicator(owner, one.topic.indicator)
            groups.append(HiddenGroup(one.title, address, newest, status.key, tuple(names), is_owner_hidden))
    return tuple(groups)
