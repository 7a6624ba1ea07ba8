"""Which schools' figures the owner should look at more closely. Alphabetical, with the doubt said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, known_indicators
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.sentences import false_alarm_sentence
from tettpaa.data.stats.verdicts import Footing, expected_false_alarms
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.judging import Phrase
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.across import Across, Standing, across_of, strip_chart
from tettpaa.doors.workspace.queries.sheets import Sheet, Topic
from tettpaa.doors.workspace.reading import (
    FIRST,
    grades_to_show,
    in_sentence,
    is_main,
    judges,
)

YEARS = 6  # how far back the newest figures of any indicator may lie
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
    """A school on the list, with its strongest finding."""

    school: str
    address: str
    indicator: str
    phrase: Phrase
    key: str
    circle: str
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
    by_school = _by_school(seen)
    bad = {code: _bad(found) for code, found in by_school.items()}
    items = [_item(owner, bad[school.code]) for school in schools if bad.get(school.code)]
    heard = {
        code for code, found in by_school.items() if any(one.judgement.says_something for _, one in found)
    }
    return Attention(
        items=tuple(items),
        calm=tuple(one.label for one in schools if one.code in heard and not bad.get(one.code)),
        silent=tuple(one.label for one in schools if one.code not in heard),
        false_alarms=_false_alarms([bad[school.code][0][1] for school in schools if bad.get(school.code)]),
        hidden=_hidden(owner, seen),
        topics=tuple(one.topic for one in seen if one.schools),
        schools=len(schools),
    )


type Found = tuple[Across, Standing]


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


def _bad(found: Sequence[Found]) -> list[Found]:
    """The findings on the side nobody wants, the surest first."""
    marked = [pair for pair in found if pair[1].judgement.is_bad]
    return sorted(marked, key=lambda pair: pair[1].judgement.estimate.certainty is not Certainty.CLEAR)


def _item(owner: Unit, found: Sequence[Found]) -> Item:
    seen, standing = found[0]
    judgement, school = standing.judgement, standing.school
    return Item(
        school=school.label,
        address=addresses.of_school(owner, school),
        indicator=in_sentence(seen.title),
        phrase=judgement.phrase,
        key=judgement.key,
        circle=judgement.short,
        text=_years_words(standing),
        picture=_strip(owner, seen, standing),
        others=tuple(_other(owner, *pair) for pair in found[1:]),
    )


def _years_words(one: Standing) -> str:
    made = one.judgement.estimate
    parts = {"pupils": made.n, "years": len(made.years)}
    if made.n is None:
        return gettext("%(years)s år samlet.") % parts
    if len(made.years) == 1:
        return gettext("Ett år, %(pupils)s elever. Ett år alene sier lite.") % parts
    return gettext("%(years)s år samlet, %(pupils)s elever.") % parts


def _strip(owner: Unit, seen: Across, one: Standing) -> Picture | None:
    chart = strip_chart(seen, one)
    if chart is None:
        return None
    place = Place(owner, ChartKind.STRIP, one.school.code, seen.topic.indicator, seen.topic.grade)
    return pictured(place, chart)


def _other(owner: Unit, seen: Across, one: Standing) -> Other:
    address = addresses.of_school_indicator(owner, one.school, seen.topic.indicator)
    return Other(seen.title, one.judgement.key, in_sentence(one.judgement.short), address)


def _false_alarms(marked: Sequence[Standing]) -> str:
    """How many to expect wrong; where that cannot be reckoned, the page says so."""
    made = [one.judgement.estimate for one in marked]
    expected = expected_false_alarms(made)
    if expected is not None:
        return false_alarm_sentence(len(made), expected, reader_language())
    known = [one for one in made if one.footing is Footing.SHRUNK]
    rest = len(made) - len(known)
    first = (
        false_alarm_sentence(len(known), expected_false_alarms(known) or 0.0, reader_language())
        if known
        else ""
    )
    last = gettext(
        "%(count)s skoler er merket av tall der vi ikke vet hvor mye skoler vanligvis skiller seg. "
        "Der kan vi ikke regne ut hvor mange som er merket ved en tilfeldighet."
    ) % {"count": rest}
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
