"""Lines of the front pages. Only for those who may see cases at the school; everyone else's page says nothing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.panels import Asked, Item
from tettpaa.work.followup.enums import CaseState
from tettpaa.work.followup.models import FollowUpCase, Signal
from tettpaa.work.followup.queries import cases, signals_to_judge


def front_items(asked: Asked) -> Iterator[Item]:
    """Signals to judge, answers and decisions that are waited for, reviews on their day."""
    if asked.school is None and not asked.viewer.may(Permission.CASES_READ, asked.owner):
        return
    for signal in signals_to_judge(asked.viewer, asked.owner, asked.school):
        yield _signal(asked, signal)
    for case in cases(asked.viewer, asked.owner, asked.school, live=True):
        yield from _case(asked, case)


def _signal(asked: Asked, signal: Signal) -> Item:
    may_write = asked.viewer.may(Permission.CASES_WRITE, signal.school)
    name = "followup:assess" if may_write else "followup:school_cases"
    return Item(
        kind="attention",
        title=_("Et signal venter på at noen vurderer det"),
        address=reverse(name, kwargs={"owner": asked.owner.code, "school": signal.school.code}),
        place=signal.school.label,
        note=_("Klart") if signal.certainty == "clear" else _("Trolig"),
        mine=may_write,
    )


def _case(asked: Asked, case: FollowUpCase) -> Iterator[Item]:
    place = {"owner": asked.owner.code, "school": case.school.code, "case": case.pk}
    viewer, label = asked.viewer, case.school.label
    if case.state == CaseState.ASSESSED:
        mine = viewer.may(Permission.CASES_COMMENT, case.school)
        yield Item(
            kind="late" if case.answer_by < asked.today else "waiting",
            title=_("Rektor svarer på en vurdering"),
            address=reverse("followup:comment" if mine else "followup:case", kwargs=place),
            when=case.answer_by,
            place=label,
            mine=mine,
        )
    elif case.state in (CaseState.COMMENTED, CaseState.REVIEWED):
        yield Item(
            kind="waiting",
            title=_("En oppfølging skal besluttes"),
            address=reverse("followup:case", kwargs=place),
            place=label,
            mine=viewer.may(Permission.CASES_DECIDE, case.school),
        )
    elif case.state == CaseState.OPEN:
        yield Item(
            kind="late" if case.review_on and case.review_on < asked.today else "due",
            title=_("Gjennomgang av oppfølging"),
            address=reverse("followup:case", kwargs=place),
            when=case.review_on,
            place=label,
            mine=viewer.may(Permission.CASES_WRITE, case.school),
        )
