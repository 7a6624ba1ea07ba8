"""What the room gives the yearly report: the points decided last time, and what statements changed."""

from collections.abc import Iterator
from typing import Final

from tettpaa.core.orgs.models import Unit
from tettpaa.report.annual.work import Above, DecidedFacts, StatementFacts
from tettpaa.report.decisions.enums import ItemKind
from tettpaa.report.decisions.models import Statement
from tettpaa.report.decisions.queries import last_decisions


def decided_before(owner: Unit, year: int) -> Iterator[DecidedFacts]:
    """The decisions of the newest decided report of an earlier school year, with what was told back last."""
    for line in last_decisions(owner, before_year=year):
        if line.kind == ItemKind.DECISION:
            told = line.told.text if line.told else ""
            yield DecidedFacts(line.item.text, line.state, line.item.responsible_role, told)


def statements_about(owner: Unit, year: int) -> Iterator[StatementFacts]:
    """Statements on the report of the school year. Which school a body spoke from is not told: what it changed is."""
    rows = Statement.objects.filter(owner=owner, hearing__case__report__year=year)
    for row in rows.select_related("hearing__body").order_by("hearing__body__order", "received_at"):
        yield StatementFacts(row.hearing.body.name, row.hearing.question, row.changed)


ABOVE: Final = Above(decided=decided_before, statements=statements_about)
