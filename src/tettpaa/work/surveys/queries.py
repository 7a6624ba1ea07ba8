"""Reading self-assessments: one school and one round at a time, as a distribution. Never two beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.plans.models import Goal
from tettpaa.work.plans.queries import goals_of
from tettpaa.work.surveys.access import may_see_result, results_for
from tettpaa.work.surveys.enums import COUNTED, State
from tettpaa.work.surveys.models import (
    SMALLEST,
    UNKNOWN,
    AssessmentRound,
    AssessmentScale,
    Look,
    Participation,
    Question,
)
from tettpaa.work.surveys.spread import Spread, is_told_apart, spread

_TENTH: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its word, how many chose it, and the share of all answers in whole percent."""

    word: str
    count: int
    percent: int
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers on one goal. `hidden`: "few" or "same" when they are not shown; then `bars` is empty."""

    goal: UUID
    goal_text: str
    question: str
    bars: tuple[Bar, ...] = ()
    sentence: str = ""
    spread: Spread | None = None
    hidden: Literal["", "few", "same"] = ""

    @property
    def unknown_percent(self) -> int:
        """The share of "vet ikke"."""
        return next((bar.percent for bar in self.bars if bar.is_unknown), 0)


@dataclass(frozen=True, slots=True)
class AssessmentReading:
    """One round's result, for a page or a meeting package. `answered` is rounded (`about_answered`) in words."""

    round: UUID
    school: str
    school_year: int
    closed: date
    answered: int
    about_answered: str
    smallest: int
    comment: str
    distributions: tuple[Distribution, ...]

    @property
    def divided(self) -> int:
        """On how many goals they disagree."""
        return sum(one.spread is Spread.DIVIDED for one in self.distributions)


def assessment_of(
    viewer: Viewer, school: Unit, goal: Goal | UUID | None = None, year: int | None = None
) -> AssessmentReading | None:
    """The newest result of the school that the viewer may see: on one goal or all, of one school year or the newest.

    None when there is none, or the head has not shared it with this viewer. Two or three queries.
    """
    key = goal.pk if isinstance(goal, Goal) else goal
    rows = _with_questions(key).filter(school=school, state__in=COUNTED).exclude(answered=None)
    if year is not None:
        rows = rows.filter(school_year=year)
    if key is not None:
        rows = rows.filter(questions__goal=key)
    for one in rows.order_by("-school_year", "-closes_on"):
        if may_see_result(viewer, one):
            return reading(viewer, one)
    return None


def _with_questions(goal: UUID | None = None):  # type: ignore[no-untyped-def]
    asked = Question.objects.select_related("goal").prefetch_related("counts")
    if goal is not None:
        asked = asked.filter(goal=goal)
    return AssessmentRound.objects.select_related("owner", "school").prefetch_related(
        Prefetch("questions", queryset=asked)
    )


def reading(viewer: Viewer, round: AssessmentRound) -> AssessmentReading | None:  # noqa: A002
    """The result of one round; None when the viewer may not see it, or there is none yet."""
    if round.answered is None or not may_see_result(viewer, round):
        return None
    return AssessmentReading(
        round=round.pk,
        school=round.school.label,
        school_year=round.school_year,
        closed=round.closes_on,
        answered=round.answered,
        about_answered=_about(round.answered, round.invited or round.answered),
        smallest=round.smallest,
        comment=round.comment,
        distributions=tuple(_distribution(round, question) for question in round.questions.all()),
    )


def _about(answered: int, invited: int) -> str:
    """The share that answered, in whole tens: an exact one tells who the last to answer was."""
    tens = round(answered / invited * _TENTH) * _TENTH if invited else 0
    return _("Omtrent %(percent)s prosent har svart.") % {"percent": tens}


def _distribution(of: AssessmentRound, question: Question) -> Distribution:
    bare = Distribution(question.goal_id, question.goal.text, question.text)
    if (of.answered or 0) < of.smallest:
        return Distribution(bare.goal, bare.goal_text, bare.question, hidden="few")
    by_step = {row.step: row.count for row in question.counts.all()}
    counts = [by_step.get(step, 0) for step in range(len(of.steps))]
    unknown = by_step.get(UNKNOWN, 0)
    if not is_told_apart(counts, unknown):
        return Distribution(bare.goal, bare.goal_text, bare.question, hidden="same")
    kind = spread(counts, unknown)
    total = sum(counts) + unknown
    words = [*of.steps, of.unknown]
    bars = tuple(
        Bar(word, count, round(100 * count / total), is_unknown=place == len(of.steps))
        for place, (word, count) in enumerate(zip(words, (*counts, unknown), strict=True))
    )
    return Distribution(
        bare.goal, bare.goal_text, bare.question, bars, _sentence(kind, of.steps, counts, unknown), kind
    )


def _sentence(kind: Spread, steps: Sequence[str], counts: Sequence[int], unknown: int) -> str:
    """One sentence on how far they agree."""
    total, half = sum(counts) + unknown, len(counts) // 2
    if kind is Spread.UNKNOWN:
        return _("Mange vet ikke: %(unknown)s av %(total)s. Spør hverandre hva dere har sett.") % {
            "unknown": unknown, "total": total,
        }  # fmt: skip
    if kind is Spread.DIVIDED:
        return _("Dere er uenige: %(low)s av %(total)s svarer i nedre del, %(high)s i øvre del.") % {
            "low": sum(counts[:half]), "high": sum(counts[-half:]), "total": total,
        }  # fmt: skip
    if kind is Spread.AGREED:
        return _("Dere er ganske enige: de fleste svarer «%(word)s».") % {
            "word": steps[counts.index(max(counts))]
        }
    if kind is Spread.NEAR:
        place = max(range(len(counts) - 1), key=lambda step: counts[step] + counts[step + 1])
        return _("De fleste svarer «%(first)s» eller «%(second)s».") % {
            "first": steps[place], "second": steps[place + 1],
        }  # fmt: skip
    return _("Svarene er spredt over hele skalaen. Dere ser dette forskjellig.")


def rounds_of(viewer: Viewer, school: Unit) -> list[AssessmentRound]:
    """The school's rounds, newest first, for those who may read self-assessments there. States only, no results."""
    if not viewer.may(Permission.ASSESSMENTS_READ, school):
        return []
    return list(AssessmentRound.objects.filter(school=school).select_related("owner", "school"))


def round_with_questions(pk: UUID) -> AssessmentRound:
    """A round that the caller has been let in to, with what it asks. Raises DoesNotExist."""
    found: AssessmentRound = _with_questions().get(pk=pk)
    return found


def shared_with(viewer: Viewer, owner: Unit) -> list[AssessmentRound]:
    """The rounds at the owner's schools that the viewer may see the result of: newest of each school, alphabetically."""
    rows = AssessmentRound.objects.filter(results_for(viewer), owner=owner).select_related("owner", "school")
    newest: dict[int, AssessmentRound] = {}
    for one in rows.order_by("-school_year", "-closes_on"):
        if may_see_result(viewer, one):
            newest.setdefault(one.school_id, one)
    return sorted(newest.values(), key=lambda one: alphabetical(one.school.label))


def looks_at(round: AssessmentRound) -> list[Look]:  # noqa: A002
    """Who at the owner's has seen it, oldest first: role and day."""
    return list(round.looks.all())


def scale_of(owner: Unit) -> AssessmentScale | None:
    """The owner's scale with its steps; None when nobody has chosen words yet."""
    return AssessmentScale.objects.filter(owner=owner).prefetch_related("steps").first()


def smallest_of(owner: Unit) -> int:
    """How many must have answered before a result is shown."""
    scale = scale_of(owner)
    return scale.smallest if scale else SMALLEST


def goals_to_ask(owner: Unit) -> list[Goal]:
    """The goals in force that have a question."""
    return [goal for goal in goals_of(owner) if goal.question]


def answering_roles() -> tuple[str, ...]:
    """Keys of the roles that answer."""
    return tuple(key for key, role in roles().items() if Permission.ASSESSMENTS_ANSWER in role.permissions)


def has_answered(round: AssessmentRound, email: str) -> bool:  # noqa: A002
    """Whether the person has used the one answer. Known only while the round is open."""
    return Participation.objects.filter(round=round, user__email=email, used=True).exists()


def waiting_for(email: str, owner: Unit, today: date) -> list[AssessmentRound]:
    """Open rounds that the person has not answered."""
    rows = Participation.objects.filter(
        user__email=email,
        used=False,
        round__owner=owner,
        round__state=State.OPEN,
        round__opens_on__lte=today,
        round__closes_on__gte=today,
    ).select_related("round__school", "round__owner")
    return [row.round for row in rows]


def about_answered(round: AssessmentRound) -> str:  # noqa: A002
    """How many have answered so far, in whole tens of percent."""
    rows = Participation.objects.filter(round=round)
    return _about(rows.filter(used=True).count(), rows.count())
