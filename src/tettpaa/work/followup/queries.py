"""Reading follow-up: viewer first, schools alphabetically, never in any other order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import above, alphabetical, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.queries import figures, series
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.followup.enums import EXPECTATIONS, FOLLOWED, LIVE, SWOT, CaseState, EntryKind, Verb
from tettpaa.work.followup.ladder import default_ladder
from tettpaa.work.followup.models import (
    CaseEntry,
    Contact,
    Criterion,
    Engagement,
    FollowUpCase,
    LadderStep,
    Point,
    Signal,
    Support,
)
from tettpaa.work.followup.screening import LevelReading, readings

FEWEST: Final = 5  # schools; a smaller count, or one that leaves fewer than this out, is not told


@dataclass(frozen=True, slots=True)
class Voices:
    """A case as it is read: four voices in fixed order, each in its own words; nothing said before is lost."""

    signals: tuple[Signal, ...]
    judgement: CaseEntry | None
    comments: tuple[CaseEntry, ...]
    decision: CaseEntry | None
    later: tuple[CaseEntry, ...]

    @property
    def is_disagreed(self) -> bool:
        """The principal sees it otherwise, and that stays in the text."""
        return any(entry.agrees is False for entry in self.comments)


DECISIONS: Final = frozenset(
    {
        EntryKind.NO_CASE,
        EntryKind.OPENED,
        EntryKind.STAY,
        EntryKind.STEP_UP,
        EntryKind.STEP_DOWN,
        EntryKind.CLOSED,
    }
)


def ladder_of(owner: Unit) -> list[LadderStep]:
    """The owner's steps, lowest first; the default ones, not saved, where it has none."""
    return list(LadderStep.objects.filter(owner=owner, is_active=True)) or default_ladder(owner)


def signals_to_judge(viewer: Viewer, owner: Unit, school: Unit | None = None) -> list[Signal]:
    """Signals that nobody has taken up, alphabetically by school; none for those who may not see them."""
    rows = Signal.objects.filter(owner=owner, case=None).select_related("school")
    if school is not None:
        rows = rows.filter(school=school)
    return _seen(viewer, rows)


def level_readings(viewer: Viewer, school: Unit) -> list[LevelReading]:
    """The school's level on each national test, in the edition that the viewer may see; none without access."""
    nation = next((unit for unit in above(school) if unit.kind == Kind.NATION), None)
    if nation is None or not viewer.may(Permission.CASES_READ, school):
        return []
    return readings(series(figures(viewer, [nation, school])), nation.code, school.code)


def cases(
    viewer: Viewer, owner: Unit, school: Unit | None = None, *, live: bool = False
) -> list[FollowUpCase]:
    """Cases that the viewer may see (only the `live` ones), alphabetically by school, the live first at each."""
    rows = FollowUpCase.objects.filter(owner=owner).select_related("school", "step")
    if live:
        rows = rows.filter(state__in=LIVE)
    if school is not None:
        rows = rows.filter(school=school)
    return sorted(
        _seen(viewer, rows), key=lambda case: (alphabetical(case.school.label), case.state not in LIVE)
    )


def _seen[Row: (Signal, FollowUpCase)](viewer: Viewer, rows: Iterable[Row]) -> list[Row]:
    allowed: dict[int, bool] = {}
    found = []
    for row in rows:
        if row.school_id not in allowed:
            allowed[row.school_id] = viewer.may(Permission.CASES_READ, row.school)
        if allowed[row.school_id]:
            found.append(row)
    return sorted(found, key=lambda row: alphabetical(row.school.label))


def voices_of(case: FollowUpCase) -> Voices:
    """Everything said in the case. Two queries."""
    entries = list(case.entries.select_related("step", "meeting"))
    decisions = [entry for entry in entries if entry.kind in DECISIONS]
    first = {EntryKind.JUDGEMENT, EntryKind.COMMENT}
    shown = decisions[-1] if decisions else None
    return Voices(
        signals=tuple(case.signals.all()),
        judgement=next((entry for entry in entries if entry.kind == EntryKind.JUDGEMENT), None),
        comments=tuple(entry for entry in entries if entry.kind == EntryKind.COMMENT),
        decision=shown,
        later=tuple(entry for entry in entries if entry.kind not in first and entry != shown),
    )


def support_of(case: FollowUpCase) -> list[Support]:
    return list(case.support.all())


def criteria_of(case: FollowUpCase) -> list[Criterion]:
    return list(case.criteria.all())


def agreements_of(case: FollowUpCase) -> list[Agreement]:
    """Agreements that belong to the case; the case page shows no more of them than title and state."""
    return list(Agreement.objects.filter(pk__in=case.links.filter(meeting=None).values("agreement")))


def meetings_of(case: FollowUpCase) -> list[Meeting]:
    found = Meeting.objects.select_related("kind").filter(
        pk__in=case.links.filter(agreement=None).values("meeting")
    )
    return list(found.order_by("starts_at"))


def agreements_to_link(case: FollowUpCase) -> list[Agreement]:
    """The school's agreements that are not linked yet."""
    linked = case.links.filter(meeting=None).values("agreement")
    return list(Agreement.objects.filter(owner=case.owner, school=case.school).exclude(pk__in=linked))


def meetings_to_link(case: FollowUpCase) -> list[Meeting]:
    """The school's meetings that are not linked yet."""
    linked = case.links.filter(agreement=None).values("meeting")
    rows = Meeting.objects.filter(owner=case.owner, school=case.school).exclude(pk__in=linked)
    return list(rows.select_related("kind").order_by("-starts_at"))


def meetings_to_close_with(case: FollowUpCase) -> list[Meeting]:
    """The school's meetings; a case is closed in one."""
    rows = Meeting.objects.filter(owner=case.owner, school=case.school).select_related("kind")
    return list(rows.order_by("-starts_at"))


def missing_for_step(case: FollowUpCase) -> tuple[str, ...]:
    """What the step calls for that the case does not have: `meeting`, `agreement`."""
    if case.step is None or case.state not in FOLLOWED:
        return ()
    wants = (("meeting", case.step.needs_meeting), ("agreement", case.step.needs_agreement))
    has = {"meeting": bool(meetings_of(case)), "agreement": bool(agreements_of(case))}
    return tuple(name for name, is_wanted in wants if is_wanted and not has[name])


def engagements_of(case: FollowUpCase) -> list[Engagement]:
    return list(case.engagements.all())


def engagements_at(viewer: Viewer, owner: Unit, school: Unit) -> list[Engagement]:
    """Engagements at a school, also those without a case."""
    if not viewer.may(Permission.CASES_READ, school):
        return []
    return list(Engagement.objects.filter(owner=owner, school=school))


def contacts_of(engagement: Engagement) -> dict[str, list[Contact]]:
    """Visits, contacts and notes under the four verbs, in order."""
    found: dict[str, list[Contact]] = {verb: [] for verb in Verb.values if verb != Verb.ENDED}
    for row in engagement.contacts.all():
        found.setdefault(row.verb, []).append(row)
    return found


def points_of(engagement: Engagement) -> tuple[dict[str, list[Point]], dict[str, list[Point]]]:
    """The SWOT and the expectation analysis."""
    rows = list(engagement.points.all())
    by_kind: dict[str, list[Point]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return (
        {kind: by_kind.get(kind, []) for kind in SWOT},
        {kind: by_kind.get(kind, []) for kind in EXPECTATIONS},
    )


def safe_count(owner: Unit, schools: Sequence[Unit] | None = None) -> int | None:
    """How many schools are followed up, for the report: None when the count could point at a school.

    A small count may be guessed at, and a count that leaves few out says who is in; so may zero, from year to year.
    """
    all_schools = len(schools_of(owner) if schools is None else schools)
    count = FollowUpCase.objects.filter(owner=owner, state__in=FOLLOWED).values("school").distinct().count()
    return count if count >= FEWEST and all_schools - count >= FEWEST else None


def live_case(owner: Unit, school: Unit) -> FollowUpCase | None:
    """The school's one live case, if there is one."""
    return FollowUpCase.objects.filter(owner=owner, school=school, state__in=LIVE).first()


def is_waiting_for_principal(case: FollowUpCase) -> bool:
    return case.state == CaseState.ASSESSED
