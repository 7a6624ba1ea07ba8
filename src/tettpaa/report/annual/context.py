"""What the chapters are made from: places, suppressed figures, releases and texts, read once and never changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils import timezone

from tettpaa.core.orgs.enums import Accent, Kind, LanguageForm
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, Role
from tettpaa.core.orgs.queries import above, schools_of
from tettpaa.core.orgs.viewer import Grant, Viewer
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.queries import SeriesKey, Wanted, figures, releases, series
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.report.annual.drawing import ACCENTS, Drawer, pictures_of
from tettpaa.report.annual.work import Work, work_of
from tettpaa.report.export.tree import Language

WINDOW: Final = 3  # school years back in which an indicator must have a figure to be part of the report
HISTORY: Final = 6  # school years shown in a chart


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as the report speaks of it."""

    code: str
    name: str
    grades: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A release that the report's figures come from, as the list of sources prints it."""

    id: int
    source: str
    file_name: str
    file_sha256: str
    published_on: date
    periods: tuple[int, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One report in one edition, ready to be written out.

    `lines` holds each unit's figures by indicator, grade and gender, oldest first, none newer than `year`. Every
    figure is a SafeFigure of `edition`. `texts` are the owner's own words by chapter and box. `hints` says in
    empty boxes what belongs there; `is_preview` keeps long lists short on a page beside a form.
    """

    owner: Place
    county: Place | None
    nation: Place | None
    schools: tuple[Place, ...]
    year: int
    name: str
    language: Language
    edition: Edition
    lines: Mapping[SeriesKey, Sequence[SafeFigure]]
    releases: tuple[ReleaseFacts, ...]
    drawer: Drawer
    today: date
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    hints: bool = False
    is_preview: bool = False
    chain_head: str = ""
    is_invented: bool = False
    work: Work = field(default_factory=Work)

    @property
    def school_year(self) -> str:
        """`2024–25`."""
        return shown_year(self.year)

    def line(
        self, unit: Place | None, key: str, grade: int, gender: Gender = Gender.ALL
    ) -> tuple[SafeFigure, ...]:
        """The unit's figures up to the report's year, oldest first; empty when there are none."""
        if unit is None:
            return ()
        return tuple(self.lines.get(SeriesKey(unit.code, key, grade, gender), ()))

    def recent(
        self, unit: Place | None, key: str, grade: int, *, years: int = WINDOW
    ) -> tuple[SafeFigure, ...]:
        """The figures of the last `years` school years."""
        return tuple(f for f in self.line(unit, key, grade) if f.period > self.year - years)

    def grades(self, key: str) -> tuple[int, ...]:
        """The grades for which the owner or a school has a recent figure, lowest first; 0 means all together."""
        inside = {self.owner.code, *(school.code for school in self.schools)}
        return tuple(
            sorted(
                {
                    line.grade
                    for line, found in self.lines.items()
                    if line.indicator == key
                    and line.unit in inside
                    and line.gender is Gender.ALL
                    and found[-1].period > self.year - WINDOW
                }
            )
        )

    def has(self, key: str) -> bool:
        """Whether the report has anything recent to say about the indicator."""
        return bool(self.grades(key))

    def newest_period(self, key: str) -> int | None:
        """The last school year with a figure of the owner or a school, however old."""
        inside = {self.owner.code, *(school.code for school in self.schools)}
        found = [
            f[-1].period for line, f in self.lines.items() if line.indicator == key and line.unit in inside
        ]
        return max(found, default=None)

    def text(self, block: str, box: str) -> str:
        """What the owner wrote, or nothing."""
        return self.texts.get((block, box), "").strip()

    def definition(self, key: str) -> Definition:
        return definitions()[key]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a context is wanted for; `keys` limits the figures read (empty: all), `with_work` leaves the work out."""

    year: int
    name: str
    edition: Edition
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    hints: bool = False
    is_preview: bool = False
    chain_head: str = ""
    with_work: bool = True


def owners_eyes(owner: Unit) -> Viewer:
    """The owner itself as a reader: the internal edition holds what the owner may see, whoever presses the button."""
    role = Role(
        key="owner",
        names={},
        sentence={},
        permissions=frozenset({Permission.FIGURES_READ, Permission.FIGURES_INTERNAL}),
        owner_wide=frozenset(),
    )
    return Viewer(email="", grants=(Grant(role, owner),))


def context_for(viewer: Viewer, owner: Unit, wish: Wish) -> Context:
    """Read everything for one edition: the public one from public figures only, the internal one as `viewer` sees it.

    A fixed number of queries, however many schools and figures.
    """
    schools = schools_of(owner)
    upper = {unit.kind: unit for unit in above(owner)}
    units = [owner, *upper.values(), *schools]
    wanted = Wanted(indicators=wish.keys)
    edition = Edition.PUBLIC if wish.edition is Edition.PUBLIC else None
    found = (f for f in figures(viewer, units, wanted, edition=edition) if f.period <= wish.year)
    lines = series(found)
    settings = owner.settings
    folder = pictures_of(owner.code, wish.edition.key)
    return Context(
        owner=_place(owner),
        county=_place(upper[Kind.COUNTY]) if Kind.COUNTY in upper else None,
        nation=_place(upper[Kind.NATION]) if Kind.NATION in upper else None,
        schools=tuple(_place(school) for school in schools),
        year=wish.year,
        name=wish.name,
        language=language_of(owner),
        edition=wish.edition,
        lines=lines,
        releases=_releases(owner, lines, wish.year),
        drawer=Drawer(ACCENTS[Accent(settings.accent)], folder, later=wish.is_preview),
        today=timezone.localdate(),
        texts=wish.texts,
        hints=wish.hints,
        is_preview=wish.is_preview,
        chain_head=wish.chain_head,
        is_invented=owner.is_invented,
        work=work_of(owner, wish.year) if wish.with_work else Work(),
    )


def language_of(owner: Unit) -> Language:
    """The owner's own language form; bokmål where none is decided. A report is never in English."""
    return "nn" if owner.settings.language_form == LanguageForm.NN else "nb"


def shown_year(period: int) -> str:
    """`2024–25` with the dash that text uses."""
    return f"{period}–{(period + 1) % 100:02d}"


def digest_of(facts: Mapping[str, str]) -> str:
    """SHA-256 of facts in canonical form."""
    text = json.dumps(dict(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _place(unit: Unit) -> Place:
    grades = f"{unit.grade_from}–{unit.grade_to}" if unit.grade_from and unit.grade_to else ""
    return Place(unit.code, unit.label, grades)


def first_year(definition: Definition, year: int) -> int:
    """The first school year that a report of `year` shows: of the last unbroken series, and not too far back."""
    begun = max((cut.from_period for cut in definition.breaks if cut.from_period <= year), default=0)
    return max(begun, year - HISTORY + 1)


def _releases(
    owner: Unit, lines: Mapping[SeriesKey, Sequence[SafeFigure]], year: int
) -> tuple[ReleaseFacts, ...]:
    """The releases behind the figures that the report shows, oldest first."""
    used = {
        figure.release
        for key, line in lines.items()
        for figure in line
        if figure.period >= first_year(definitions()[key.indicator], year)
    }
    return tuple(_facts(release) for release in reversed(releases(owner)) if release.pk in used)


def _facts(release: Release) -> ReleaseFacts:
    published = timezone.localdate(release.published_at) if release.published_at else date.min
    return ReleaseFacts(
        release.pk,
        release.source,
        release.file_name,
        release.file_sha256,
        published,
        tuple(release.periods),
        tuple(release.indicators),
    )
