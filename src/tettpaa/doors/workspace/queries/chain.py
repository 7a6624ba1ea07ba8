"""A school that took over from another: the predecessor's series before its own, with a break between them.

Only a link that a person has confirmed is followed. The predecessor's figures are read in the public edition whoever looks,
and nothing is reckoned across the break: verdicts and changes are of the school's own years.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import predecessors_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.formats import school_year
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.inputs import Break
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace.queries.sheets import Line, Lines, Topic, laid_out


@dataclass(frozen=True, slots=True)
class Former:
    """A predecessor with its public lines, under the number of the school of today."""

    unit: Unit
    lines: Lines


@dataclass(frozen=True, slots=True)
class Chain:
    """A series with its predecessors' before it. Without any it is the school's own, unbroken."""

    line: Line
    breaks: tuple[Break, ...] = ()
    words: tuple[str, ...] = ()


def formers_of(viewer: Viewer, school: Unit, wanted: Wanted) -> tuple[Former, ...]:
    """The predecessors, nearest first. One query for a school without any."""
    return tuple(
        Former(step.old, _lines(viewer, school, step.old, wanted)) for step in predecessors_of(school)
    )


def _lines(viewer: Viewer, school: Unit, old: Unit, wanted: Wanted) -> Lines:
    same = {old.pk: school.pk}
    return laid_out([school], figures(viewer, [school], wanted, edition=Edition.PUBLIC, same=same)).lines


def chained(own: Line, school: Unit, topic: Topic, formers: Sequence[Former]) -> Chain:
    """The series with the predecessors' years that lie before it."""
    line, breaks, words = own, [], []
    for former in formers:
        start = line[0].period
        earlier = tuple(one for one in former.lines.get((school.code, topic), ()) if one.period < start)
        if not earlier:
            continue
        line = (*earlier, *line)
        breaks.append(
            Break(start, gettext("Forgjengeren"), gettext("Ny skole fra %(year)s") % {"year": start})
        )
        words.append(_sentence(former.unit, start))
    return Chain(line, tuple(breaks), tuple(words))


def _sentence(old: Unit, start: int) -> str:
    year = school_year(start, reader_language())
    return gettext(
        "Før %(year)s er tallene fra %(school)s (organisasjonsnummer %(code)s). De regnes ikke sammen med skolens egne."
    ) % {"year": year, "school": old.label, "code": old.code}
