"""Counts over the staff: never who. What may be shown of a count is for `counts.py` to say."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import Stage, Standing
from tettpaa.work.competence.models import RequirementSetting, Teaching
from tettpaa.work.competence.queries.frame import settings_of
from tettpaa.work.competence.requirements import Required, required, rule_on, school_year, subjects


@dataclass(frozen=True, slots=True)
class GapCount:
    """People who teach a subject at a stage: in all, and by how they stand to the requirement."""

    subject: str
    stage: str
    total: int
    met: int
    exempt: int
    deviation: int
    gap: int
    unknown: int

    @property
    def lacking(self) -> int:
        """Those who do not meet it and are not exempt, also where a deviation is decided."""
        return self.gap + self.deviation


def gaps(owner: Unit, school: Unit | None, on: date) -> list[GapCount]:
    """By subject and stage in the school year of `on`, subjects with a requirement only. One query.

    Raw counts, for the room itself and for rooms that rank by them; a page shows them through `counts.shown`.
    """
    rows = Teaching.objects.filter(owner=owner, year=school_year(on)).exclude(
        standing=Standing.NO_REQUIREMENT
    )
    if school is not None:
        rows = rows.filter(school=school)
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.order_by().values("subject", "stage", "standing").annotate(n=Count("pk")):
        found[row["subject"], row["stage"]][row["standing"]] = row["n"]
    return [_count(key, by) for key, by in sorted(found.items())]


def _count(key: tuple[str, str], by: dict[str, int]) -> GapCount:
    return GapCount(
        subject=key[0],
        stage=key[1],
        total=sum(by.values()),
        met=by[Standing.MET],
        exempt=by[Standing.EXEMPT],
        deviation=by[Standing.DEVIATION],
        gap=by[Standing.GAP],
        unknown=by[Standing.UNKNOWN],
    )


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One subject: credits asked for at each stage today, and whether the number is confirmed."""

    subject: str
    primary: Required | None
    lower: Required | None


def requirement_lines(owner: Unit, on: date) -> list[RequirementLine]:
    """Every subject of the table, in its order."""
    own = settings_of(owner)
    return [
        RequirementLine(
            key, required(key, Stage.PRIMARY, on, own), required(key, Stage.LOWER_SECONDARY, on, own)
        )
        for key in subjects()
    ]


def own_requirements(owner: Unit) -> list[RequirementSetting]:
    """The owner's own numbers, by subject."""
    return list(RequirementSetting.objects.filter(owner=owner))


def cited(on: date, language: str) -> str:
    """How the rule of the day is cited; empty when none is known."""
    rule = rule_on(on)
    return rule.cited(language) if rule else ""
