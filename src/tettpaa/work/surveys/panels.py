"""What the room shows on others' pages: one link of the thread, and lines for those who are waited for."""

from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.formats import day, school_year
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Words
from tettpaa.work.surveys.access import is_of_school, may_see_at, may_see_result, results_for
from tettpaa.work.surveys.enums import State
from tettpaa.work.surveys.models import AssessmentRound, Question
from tettpaa.work.surveys.queries import waiting_for


def assessment_knot(asked: Asked) -> Knot | None:
    """That we have judged ourselves; only at one school, since schools are never put beside each other. One query."""
    if asked.goal is None or asked.school is None:
        return None
    if not asked.viewer.may(Permission.ASSESSMENTS_READ, asked.school):
        return None
    rows = AssessmentRound.objects.filter(school=asked.school, questions__goal=asked.goal)
    found = list(rows.select_related("owner", "school").order_by("-school_year", "-closes_on"))
    for one in found:
        if may_see_result(asked.viewer, one):
            words = (
                Words(_("Vi har vurdert oss selv: ")),
                Words(_("se svarene"), _in_thread(one, asked)),
                Words("."),
            )
            return Knot(Link.ASSESSMENT, "there", words, facts=(school_year(one.school_year),))
    going = next((one for one in found if one.state in (State.PLANNED, State.OPEN)), None)
    if going is None:
        return None
    text = _("Vi vurderer oss selv innen %(day)s.") % {"day": day(going.closes_on, get_language() or "nb")}
    return Knot(Link.ASSESSMENT, "later", (Words(text, _in_thread(going, asked)),))


def assessment_states(asked: Asked) -> dict[tuple[int, UUID], Literal["there", "missing", "later"]]:
    """The threads with a self-assessment that the viewer may see. One query, and the schools."""
    rows = Question.objects.filter(results_for(asked.viewer, "round__"), round__owner=asked.owner)
    places = {one.pk: one for one in ([asked.school] if asked.school else asked.inside)}
    found = rows.filter(round__school__in=places).order_by()
    return {
        (school, goal): "there"
        for school, goal, state in found.values_list("round__school", "goal", "round__state").distinct()
        if may_see_at(asked.viewer, places[school], state)
    }


def items(asked: Asked) -> list[Item]:
    """Who has not answered, and the head whose round waits for the next step. Two queries."""
    tongue = get_language() or "nb"
    found = [
        Item(
            kind="waiting",
            title=_("Svar på skolens egenvurdering"),
            address=reverse("surveys:answer", args=[one.owner.code, one.school.code, one.pk]),
            when=one.closes_on,
            place=one.school.label,
            note=_("Åpen til %(day)s. Ingen ser hva du svarer.") % {"day": day(one.closes_on, tongue)},
            mine=True,
        )
        for one in waiting_for(asked.viewer.email, asked.owner, asked.today)
        if asked.school is None or one.school_id == asked.school.pk
    ]
    return [*found, *_of_the_head(asked)]


def _of_the_head(asked: Asked) -> list[Item]:
    rows = AssessmentRound.objects.filter(owner=asked.owner, state=State.CLOSED)
    if asked.school is not None:
        rows = rows.filter(school=asked.school)
    return [
        Item(
            kind="due",
            title=_("Snakk gjennom egenvurderingen og ferdigstill den"),
            address=_address(one),
            place=one.school.label,
            mine=True,
        )
        for one in rows.select_related("owner", "school")
        if asked.viewer.may(Permission.ASSESSMENTS_RUN, one.school) and is_of_school(asked.viewer, one.school)
    ]


def _in_thread(of: AssessmentRound, asked: Asked) -> str:
    """The page as one of this goal's thread: a round is in several, and shows the one the reader came by."""
    return f"{_address(of)}?mal={asked.goal}"


def _address(of: AssessmentRound) -> str:
    return reverse("surveys:round", args=[of.owner.code, of.school.code, of.pk])
