"""The school year's publications: what is expected when, what came, what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.models import Release

FIRST_MONTH = 8  # the school year begins on 1 August


@dataclass(frozen=True, slots=True)
class Expected:
    """One publication of the year. `kind` is the status icon: done, late, waiting, or empty when nothing is due."""

    month: str
    name: str
    about: str
    kind: str
    text: str
    release: Release | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The school year, in the order of its months."""

    year: str
    rows: list[Expected]

    @property
    def late(self) -> list[Expected]:
        return [row for row in self.rows if row.kind == "late"]

    @property
    def next_month(self) -> str:
        """The month of the next publication that the owner has used before; empty when the year holds no more."""
        return next((row.month for row in self.rows if row.release and not row.kind), "")

    @property
    def sentence(self) -> str:
        many = len(self.late)
        if not many:
            return _("Ingenting er forsinket.")
        return ngettext("Én utgivelse er forsinket.", "%(n)s utgivelser er forsinket.", many) % {"n": many}


def calendar(releases: Iterable[Release], today: date) -> Calendar:
    """The year's publications from the indicators' own months, held against what has been published for the owner.

    A publication is late when its month has passed without one, if the owner has had one before: nobody waits for
    figures that it never used.
    """
    first = today.year if today.month >= FIRST_MONTH else today.year - 1
    groups: dict[tuple[int, str], list[Definition]] = {}
    for one in definitions().values():
        if one.published.month is not None and one.valid_to is None:
            groups.setdefault((one.published.month, one.publisher), []).append(one)
    known = list(releases)
    in_order = sorted(groups, key=lambda key: ((key[0] - FIRST_MONTH) % 12, key[1]))
    rows = [_expected(key, groups[key], known, first, today) for key in in_order]
    return Calendar(formats.school_year(first, reader_language()), rows)


def _expected(
    key: tuple[int, str], group: Sequence[Definition], releases: Sequence[Release], first: int, today: date
) -> Expected:
    month, publisher = key
    due = date(first if month >= FIRST_MONTH else first + 1, month, 1)
    keys = {one.key for one in group}
    mine = [release for release in releases if keys & set(release.indicators)]
    latest = max(mine, key=_day, default=None)
    kind, text = _state(due, latest, today)
    language = reader_language()
    return Expected(
        f"{formats.MONTHS[language][month - 1]} {due.year}",
        _name(month, publisher, group),
        group[0].published.words.in_language(language),
        kind,
        text,
        latest,
    )


def _day(release: Release) -> date:
    return timezone.localdate(release.published_at) if release.published_at else date.min


def _state(due: date, latest: Release | None, today: date) -> tuple[str, str]:
    """What has come of a publication that is due from `due` on."""
    if latest is None:
        return "", _("Ikke brukt ennå")
    if _day(latest) >= due:
        return "done", _("Kom %(day)s") % {"day": formats.day(_day(latest), reader_language())}
    if today < due:
        return "", _("Ventes")
    if (today.year, today.month) == (due.year, due.month):
        return "waiting", _("Ventes nå")
    return "late", _("Forsinket")


def _name(month: int, publisher: str, group: Sequence[Definition]) -> str:
    """What the publication is called; a new one is called by its first indicator."""
    names = {
        (11, "Utdanningsdirektoratet"): _("Nasjonale prøver"),
        (12, "Utdanningsdirektoratet"): _("Elever, lærere og tilrettelegging (GSI)"),
        (3, "Utdanningsdirektoratet"): _("Elevundersøkelsen"),
        (3, "Statistisk sentralbyrå"): _("Økonomi og timer (KOSTRA)"),
        (4, "Skoleeier"): _("Kartleggingsprøver"),
        (6, "Statistisk sentralbyrå"): _("Gjennomføring i videregående"),
        (8, "Utdanningsdirektoratet"): _("Karakterer og grunnskolepoeng"),
        (9, "Utdanningsdirektoratet"): _("Fravær på 10. trinn"),
    }
    return names.get((month, publisher)) or group[0].short_names.in_language(reader_language())
