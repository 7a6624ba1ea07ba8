"""What the room shows on others' pages: two links of the thread, and lines on the front pages."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.formats import day
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Words, when_shown
from tettpaa.work.initiatives import effect, queries
from tettpaa.work.initiatives.enums import RUNNING, Conclusion, ReviewState, State
from tettpaa.work.initiatives.models import EffectReview, Initiative, is_unseen

_WRITTEN = (ReviewState.WRITTEN, ReviewState.CHECKED, ReviewState.USED)
_JUDGED = (State.EVALUATED, State.CONTINUED, State.SCALED)


def _of_goal(asked: Asked) -> list[Initiative]:
    """The initiatives of the goal that were not given up, at the school or at all places."""
    rows = Initiative.objects.filter(owner=asked.owner, goal=asked.goal).exclude(state=State.STOPPED)
    if asked.school is not None:
        rows = rows.filter(school=asked.school)
    found = rows.select_related("owner", "school").order_by("due_on", "title")
    return [one for one in found if asked.viewer.may(Permission.INITIATIVES_READ, one.place)]


def initiative_knot(asked: Asked) -> Knot | None:
    """`Vi arbeider med …`; later while there is none. One query."""
    if asked.goal is None:
        return None
    found = _of_goal(asked)
    if not found:
        return None
    first = min(found, key=lambda one: one.state not in RUNNING)
    sentence = (
        Words(_("Vi arbeider med «") if first.state in RUNNING else _("Vi har satt opp «")),
        Words(first.title, _address(first)),
        Words(_("».") if len(found) == 1 else _("» og mer.")),
    )
    return Knot(Link.INITIATIVE, "there", sentence, facts=_facts(found, asked))


def _facts(found: Sequence[Initiative], asked: Asked) -> tuple[str, ...]:
    running = sum(one.state in RUNNING for one in found)
    late = sum(one.is_late(asked.today) for one in found)
    facts = [
        ngettext("%(count)s tiltak", "%(count)s tiltak", len(found)) % {"count": len(found)},
        _("%(count)s i gang") % {"count": running},
    ]
    if late:
        facts.append(_("%(count)s over fristen") % {"count": late})
    return tuple(facts)


def effect_knot(asked: Asked) -> Knot | None:
    """What we saw; missing when the work is done or late and nobody has agreed when to look. Two queries."""
    if asked.goal is None:
        return None
    found = {one.pk: one for one in _of_goal(asked)}
    if not found:
        return None
    reviews = list(EffectReview.objects.filter(initiative__in=found).order_by("-written_on"))
    written = [one for one in reviews if one.state in _WRITTEN]
    seen = {one.initiative_id for one in written}
    unseen = [one for one in found.values() if one.is_unseen(asked.today) and one.pk not in seen]
    if unseen:
        return _missing(unseen[0])
    if written:
        return _there(written[0], asked.owner)
    if judged := [one for one in found.values() if one.state in _JUDGED]:
        return _judged(judged[0])
    return _planned([one for one in found.values() if one.evaluate_on])


def _judged(initiative: Initiative) -> Knot:
    """Evaluated in words, without figures."""
    sentence = (Words(_("Vi har vurdert «")), Words(initiative.title, _address(initiative)), Words(_("».")))
    return Knot(Link.EFFECT, "there", sentence)


def _there(review: EffectReview, owner: Unit) -> Knot:
    sentence = (
        Words(_("Vi så på det: ")),
        Words(str(Conclusion(review.conclusion).label), _review_address(review, owner)),
        Words("."),
    )
    return Knot(
        Link.EFFECT, "there", sentence, facts=(effect.indicator_name(review.indicator, review.grade),)
    )


def _missing(initiative: Initiative) -> Knot:
    sentence = (
        Words(_("Ingen har avtalt når vi ser på effekten av «")),
        Words(initiative.title, _address(initiative)),
        Words(_("».")),
    )
    if initiative.evaluate_on is not None:
        sentence = (
            Words(_("Vi skulle ha sett på effekten av «")),
            Words(initiative.title, _address(initiative)),
            Words(_("» innen %(day)s.") % {"day": day(initiative.evaluate_on, reader_language())}),
        )
    whose = queries.role_name(initiative.responsible_role, reader_language())
    act = Words(_("Avtal når dere ser på effekten"), f"{_address(initiative)}#effekt")
    return Knot(Link.EFFECT, "missing", sentence, whose=whose, act=act)


def _planned(found: Iterable[Initiative]) -> Knot | None:
    first = min(found, key=lambda one: (one.evaluate_on is None, one.evaluate_on), default=None)
    if first is None:
        return None
    text = _("Vi ser på effekten %(day)s.") % {"day": day(first.evaluate_on, reader_language())}
    return Knot(Link.EFFECT, "later", (Words(text, _address(first)),))


type Stands = Literal["there", "missing", "later"]
type Threads = dict[tuple[int, UUID], Stands]


def initiative_states(asked: Asked) -> Threads:
    """For each school and goal whether there are initiatives. Two queries."""
    return dict.fromkeys(_in_threads(asked).values_list("school_id", "goal_id").distinct(), "there")


def effect_states(asked: Asked) -> Threads:
    """For each school and goal how far the effect is. Two queries."""
    rows = _in_threads(asked)
    judged = rows.filter(state__in=_JUDGED).values_list("school_id", "goal_id").distinct()
    states: Threads = dict.fromkeys(judged, "there")
    written = EffectReview.objects.filter(initiative=OuterRef("pk"), state__in=_WRITTEN)
    others = rows.exclude(state__in=_JUDGED).annotate(seen=Exists(written))
    found = others.values_list("seen", "school_id", "goal_id", "state", "due_on", "evaluate_on")
    for seen, school, goal, state, due_on, evaluate_on in found:
        if seen:
            states.setdefault((school, goal), "there")
        elif is_unseen(state, due_on, evaluate_on, asked.today):
            states[school, goal] = "missing"
    return states


def _in_threads(asked: Asked) -> QuerySet[Initiative]:
    """Those of a school and a goal that the viewer may read; the owner's own are in no thread."""
    schools = [asked.school] if asked.school else asked.inside
    may = [one.pk for one in schools if asked.viewer.may(Permission.INITIATIVES_READ, one)]
    rows = Initiative.objects.filter(owner=asked.owner, school__in=may, goal__isnull=False)
    return rows.exclude(state=State.STOPPED).order_by()


def items(asked: Asked) -> list[Item]:
    """What slips: late, or done without anybody having looked at what came of it. Two queries."""
    roles = {grant.role.key for grant in asked.viewer.grants}
    return [
        Item(
            kind="slipping",
            title=one.title,
            address=when_shown(partial(_address, one)),
            when=one.due_on if one.is_late(asked.today) else one.evaluate_on,
            place=one.place.label,
            note=_("Over fristen") if one.is_late(asked.today) else _("Ingen har sett på effekten"),
            mine=one.responsible_role in roles,
        )
        for one in queries.slipping(asked.viewer, asked.owner, asked.today, asked.school)
    ]


def _address(initiative: Initiative) -> str:
    return reverse("initiatives:initiative", args=[initiative.owner.code, initiative.pk])


def _review_address(review: EffectReview, owner: Unit) -> str:
    return reverse("initiatives:review", args=[owner.code, review.pk])
