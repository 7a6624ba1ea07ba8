"""Looking for signals in the figures, and writing down that somebody looked at a case."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, Role
from tettpaa.core.orgs.queries import above, schools_of
from tettpaa.core.orgs.viewer import Grant, Viewer
from tettpaa.data.indicators.queries import figures, series
from tettpaa.work.followup.actions.telling import tell
from tettpaa.work.followup.models import Signal
from tettpaa.work.followup.screening import screened
from tettpaa.work.followup.signals import Screening


def owners_eyes(owner: Unit) -> Viewer:
    """The owner as a reader: what the figures say must not depend on who presses the button."""
    permissions = frozenset({Permission.FIGURES_READ, Permission.FIGURES_INTERNAL})
    role = Role(key="owner", names={}, sentence={}, permissions=permissions, owner_wide=frozenset())
    return Viewer(email="", grants=(Grant(role, owner),))


def find_signals(
    *, owner: Unit, by: str, on: date | None = None, screening: Screening = screened
) -> list[Signal]:
    """Look through the figures of the owner's schools and keep what is found; gives back only what is new.

    A signal opens nothing. What was found before for the same years is left as it was.
    """
    nation = next((unit for unit in above(owner) if unit.kind == Kind.NATION), None)
    if nation is None:
        return []
    schools = {school.code: school for school in schools_of(owner)}
    lines = series(figures(owners_eyes(owner), [nation, *schools.values()]))
    found = [one for one in screening(lines, nation.code) if one.unit in schools]
    made = []
    with transaction.atomic():
        for one in found:
            row, is_new = Signal.objects.get_or_create(
                school=schools[one.unit],
                indicator=one.indicator,
                grade=one.grade,
                gender=one.gender,
                period_to=one.period_to,
                defaults={
                    "owner": owner,
                    "period_from": one.period_from,
                    "certainty": one.certainty,
                    "evidence": dict(one.evidence),
                    "found_on": on or timezone.localdate(),
                },
            )
            if is_new:
                made.append(row)
        tell("followup.signals_looked_for", owner, owner.code, by)
    return made


@transaction.atomic
def note_look(*, owner: Unit, key: object, by: str) -> None:
    """Somebody looked at a case, a school's follow-up or the list (the key says which)."""
    tell("followup.case_seen", owner, key, by)
