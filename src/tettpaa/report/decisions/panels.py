"""What the room shows on others' pages: two links of the thread and lines of the front pages. Viewer first."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.formats import school_year, short_day
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Threads, Words
from tettpaa.core.ui.parts import Link as LinkTo
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.annual.queries import published, reports
from tettpaa.report.decisions.access import cases_for
from tettpaa.report.decisions.enums import CaseState, StatementState
from tettpaa.report.decisions.models import DecisionItem, PoliticalCase, Publication, Statement
from tettpaa.report.decisions.queries import hearings_to_answer, item_lines, late_items
from tettpaa.report.decisions.wording import item_status


def report_knot(asked: Asked) -> Knot | None:
    """The newest report that the viewer may read. A draft is nothing to those who may not read it."""
    found = published(asked.viewer, asked.owner)
    if found:
        newest = found[0].report
        address = reverse("annual:read", kwargs={"owner": asked.owner.code, "year": newest.school_year})
        named = f"{newest.name} {school_year(newest.year)}"
        sentence = (
            Words(_("Vi har fortalt kommunestyret hvordan det går, i ")),
            Words(named, address),
            Words("."),
        )
        return Knot(Link.REPORT, "there", sentence)
    drafts = reports(asked.viewer, asked.owner)
    if not drafts:
        return Knot(
            Link.REPORT,
            "later",
            (Words(_("Vi forteller kommunestyret hvordan det går, når rapporten er skrevet.")),),
        )
    newest = drafts[0]
    address = reverse("annual:report", kwargs={"owner": asked.owner.code, "year": newest.school_year})
    sentence = (Words(_("Vi skriver på ")), Words(str(newest), address), Words("."))
    return Knot(Link.REPORT, "later", sentence)


def decision_knot(asked: Asked) -> Knot | None:
    """The decisions about the goal: at the school, or for all of the owner's."""
    if not asked.viewer.may(Permission.DECISIONS_READ, asked.owner):
        return None
    rows = (
        DecisionItem.objects.filter(owner=asked.owner, goal_id=asked.goal)
        if asked.goal
        else DecisionItem.objects.none()
    )
    places = [None, asked.school.pk] if asked.school else None
    lines = [
        line for line in item_lines(asked.owner, rows=rows) if places is None or line.item.school_id in places
    ]
    if not lines:
        return Knot(Link.DECISION, "later", (Words(_("Kommunestyret har ikke vedtatt noe om dette ennå.")),))
    newest = lines[-1]
    address = reverse("decisions:item", kwargs={"owner": asked.owner.code, "decision": newest.item.pk})
    sentence = (Words(_("Kommunestyret vedtok: ")), Words(newest.item.text, address))
    _icon, status = item_status(newest, asked.today)
    return Knot(Link.DECISION, "there", sentence, facts=(status, short_day(newest.item.protocol.met_on)))


def decision_states(asked: Asked) -> Threads:
    """Which goals have a decision. One about the whole municipality holds for each of its schools."""
    if not asked.viewer.may(Permission.DECISIONS_READ, asked.owner):
        return {}
    rows = DecisionItem.objects.filter(owner=asked.owner, goal__isnull=False).values_list("goal", "school")
    pairs = set(rows)
    if not pairs:
        return {}
    schools = [school.pk for school in asked.schools]
    return {(pk, goal): "there" for goal, school in pairs for pk in schools if school in (None, pk)}


def report_links(owner: Unit, report: AnnualReport | None) -> Iterator[LinkTo]:
    """Beside the reports: what was decided. Beside one in the making: its publishing."""
    if report is None:
        address = reverse("decisions:decisions", kwargs={"owner": owner.code})
        yield LinkTo(_("Vedtakene, og hva som ble av dem"), address)
    else:
        place = {"owner": owner.code, "year": report.school_year}
        yield LinkTo(_("Publisering"), reverse("decisions:publication", kwargs=place))


def plan_cases(asked: Asked, plan: UUID) -> Iterator[Words]:
    """On a plan's own page: the cases that carry it to a decision, newest first. One query."""
    rows = PoliticalCase.objects.filter(cases_for(asked.viewer, asked.owner), plan=plan)
    for case in rows:
        name = f"{case.title} ({case.number})" if case.number else case.title
        yield Words(f"{name}, {CaseState(case.state).label}", _case(asked, case.pk))


def front_items(asked: Asked) -> Iterator[Item]:
    """Hearings to answer, statements to answer for, cases on their way, points that are late."""
    if asked.school is None:
        yield from _cases(asked)
        yield from _points(asked)
    yield from _hearings(asked)


def _hearings(asked: Asked) -> Iterator[Item]:
    for hearing, place in hearings_to_answer(asked.viewer, asked.owner):
        if asked.school is not None and place.pk != asked.school.pk:
            continue
        yield Item(
            kind="late" if hearing.due_on < asked.today else "waiting",
            title=_("Si hva dere mener: %(case)s") % {"case": hearing.case.title},
            address=reverse("decisions:hearing", kwargs={"owner": asked.owner.code, "hearing": hearing.pk}),
            when=hearing.due_on,
            place=place.label,
            mine=True,
        )


def _cases(asked: Asked) -> Iterator[Item]:
    may_edit = asked.viewer.may(Permission.DECISIONS_EDIT, asked.owner)
    ended = (CaseState.DECIDED, CaseState.CLOSED)
    cases = PoliticalCase.objects.filter(cases_for(asked.viewer, asked.owner)).exclude(state__in=ended)
    for case in cases.prefetch_related("steps"):
        ahead = next((step for step in case.steps.all() if step.held_on is None), None)
        yield Item(
            kind="decision",
            title=case.title,
            address=_case(asked, case.pk),
            when=ahead.planned_on if ahead else None,
            note=ahead.name if ahead else "",
        )
    if not may_edit:
        return
    waiting = Statement.objects.filter(owner=asked.owner, state=StatementState.RECEIVED).select_related(
        "hearing__body", "hearing__case"
    )
    for row in waiting:
        yield Item(
            kind="waiting",
            title=_("Svar på uttalelsen fra %(body)s") % {"body": row.hearing.body.name},
            address=reverse("decisions:changed", kwargs={"owner": asked.owner.code, "statement": row.pk}),
            note=row.hearing.case.title,
            mine=True,
        )
    for plan in Publication.objects.filter(owner=asked.owner, state="planned").select_related("report"):
        yield Item(
            kind="report",
            title=_("Publiser %(report)s") % {"report": plan.report},
            address=reverse(
                "decisions:publication", kwargs={"owner": asked.owner.code, "year": plan.report.school_year}
            ),
            when=plan.planned_for.date(),
        )


def _points(asked: Asked) -> Iterator[Item]:
    if not asked.viewer.may(Permission.DECISIONS_READ, asked.owner):
        return
    may_edit = asked.viewer.may(Permission.DECISIONS_EDIT, asked.owner)
    for item in late_items(asked.owner, asked.today):
        yield Item(
            kind="slipping",
            title=item.text,
            address=reverse("decisions:item", kwargs={"owner": asked.owner.code, "decision": item.pk}),
            when=item.due_on,
            mine=may_edit,
        )


def _case(asked: Asked, pk: object) -> str:
    return reverse("decisions:case", kwargs={"owner": asked.owner.code, "case": pk})
