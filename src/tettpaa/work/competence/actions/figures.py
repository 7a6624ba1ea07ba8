"""The coverage of mentoring as an indicator: a file on the import shelf, which is checked, shielded and published there."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Count, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.data.sources.actions.receive import receive_file
from tettpaa.data.sources.mapping.lines import template_bytes
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.places import school_year_text
from tettpaa.work.competence.enums import MENTORED
from tettpaa.work.competence.models import Employee
from tettpaa.work.competence.queries.coverage import newly_educated
from tettpaa.work.competence.requirements import school_year

INDICATOR: Final = "veiledning_nyutdannede"


class NobodyNewError(Exception):
    """There are no newly educated teachers, so there is no share."""


def put_on_shelf(*, owner: Unit, on: date, by: str) -> Import:
    """Put the share of newly educated who are mentored, by school and for the owner, on the shelf as our own template.

    The counts are as they are; nobody sees them before the publisher has hidden the small ones. Raises NobodyNewError.
    """
    lines = list(_lines(owner, on))
    if not lines:
        raise NobodyNewError
    name = f"veiledning-nyutdannede-{school_year_text(school_year(on))}.csv"
    return receive_file(owner=owner, chunks=[template_bytes(lines)], file_name=name, by=by)


def _lines(owner: Unit, on: date) -> Iterator[list[str]]:
    """One row a place of the open template: the part and the whole, which the reader of files divides."""
    rows = Employee.objects.filter(newly_educated(owner, on)).order_by().values("school")
    counts = {
        row["school"]: (row["part"], row["whole"])
        for row in rows.annotate(
            whole=Count("pk", distinct=True),
            part=Count("pk", filter=Q(mentorships__state__in=MENTORED), distinct=True),
        )
    }
    if not counts:
        return
    year = school_year_text(school_year(on))
    total = tuple(map(sum, zip(*counts.values(), strict=True)))
    places = [(owner, total), *((one, counts[one.pk]) for one in schools_of(owner) if one.pk in counts)]
    for place, (part, whole) in places:
        about = [place.code, place.label, year, "", INDICATOR, "", ""]
        yield [*about, "", "", str(part), str(whole), "", "", "Tett på"]
