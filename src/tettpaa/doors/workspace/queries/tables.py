"""What a page shows, as rows for a file: the same figures, in the same edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import alphabetical, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.words import status_text
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.indicators.tables import Value
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.reading import grade_name, short_name


@dataclass(frozen=True, slots=True)
class FileTable:
    """A table to be downloaded: name of the file, heading, rows."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def schools_table(owner: Unit) -> FileTable:
    """The owner's schools."""
    header = (
        gettext("Skole"), gettext("Organisasjonsnummer"), gettext("Fra trinn"), gettext("Til trinn"),
        gettext("Målform"), gettext("Merknad"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.code, one.grade_from, one.grade_to, one.main_language, remark(one))
        for one in schools_of(owner)
    )
    return FileTable(f"{owner.code}-skoler", gettext("Skoler"), header, rows)


def figures_table(
    viewer: Viewer, owner: Unit, units: Sequence[Unit], indicator: str | None, *, whole: bool = False
) -> FileTable:
    """Figures of the units, one row each, newest year first; `indicator` None takes all.

    `whole`: the page is the owner's, so all units are of the edition the viewer has there.
    """
    wanted = Wanted([indicator] if indicator else [], genders=tuple(Gender))
    edition = sheets.edition_here(viewer, owner) if whole else None
    found = list(figures(viewer, units, wanted, edition=edition))
    labels = {unit.code: unit for unit in units}
    found.sort(
        key=lambda one: (
            alphabetical(labels[one.unit].label),
            one.indicator,
            -one.period,
            one.grade,
            one.gender,
        )
    )
    header = (
        gettext("Sted"), gettext("Nummer"), gettext("Indikator"), gettext("Skoleår"), gettext("Trinn"),
        gettext("Kjønn"), gettext("Verdi"), gettext("Fra"), gettext("Til"), gettext("Elever"),
        gettext("Hvorfor ikke vist"), gettext("Utgave"), gettext("Utgivelse"), gettext("Merknad"),
    )  # fmt: skip
    name = f"{units[0].code}-{indicator or 'tall'}"
    return FileTable(name, units[0].label, header, tuple(_row(labels[one.unit], one) for one in found))


def _row(unit: Unit, one: SafeFigure) -> tuple[Value, ...]:
    definition, tongue = definitions()[one.indicator], reader_language()
    return (
        unit.label,
        unit.code,
        short_name(definition),
        one.school_year,
        grade_name(one.grade),
        _gender(one.gender),
        one.value,
        one.low,
        one.high,
        one.n,
        "" if one.is_shown else status_text(one.status, tongue),
        gettext("intern") if one.edition is Edition.INTERNAL else gettext("offentlig"),
        one.release,
        remark(unit),
    )


def _gender(gender: Gender) -> str:
    return {Gender.ALL: gettext("alle"), Gender.GIRLS: gettext("jenter"), Gender.BOYS: gettext("gutter")}[
        gender
    ]


def remark(unit: Unit) -> str:
    """What must follow the figures of a made-up place wherever they go."""
    return gettext("Oppdiktet kommune") if unit.is_invented else ""
