"""The follow-up of weak results: the system's signal, a person's judgement, the principal's answer, and help."""

from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.year import words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.followup import actions
from tettpaa.work.followup.models import FollowUpCase, LadderStep, Signal

OWNER_ROLE = "head_of_schools"
STEP = 2  # support agreement


def follow(place: Place, agreement: Agreement) -> None:
    """A case at the school of the story if its figures give a signal; another school's signal is no case."""
    lead = place.by(OWNER_ROLE)
    found = actions.find_signals(owner=place.owner, by=lead, on=place.day(-60))
    own = [signal for signal in found if signal.school_id == place.school.pk]
    if own:
        _open(place, own, agreement)
    for school in place.others:
        signals = [signal for signal in found if signal.school_id == school.pk]
        if signals:
            case = _assess(place, signals, school)
            actions.decide_no_case(case=case, text=words.NO_CASE, by=lead, role=OWNER_ROLE, on=place.day(-40))
            break


def _assess(place: Place, signals: list[Signal], school: Unit) -> FollowUpCase:
    return actions.assess(
        owner=place.owner,
        school=school,
        signals=signals,
        text=words.JUDGEMENT,
        by=place.by(OWNER_ROLE),
        role=OWNER_ROLE,
        on=place.day(-55),
    )


def _open(place: Place, signals: list[Signal], agreement: Agreement) -> None:
    lead = place.by(OWNER_ROLE)
    case = _assess(place, signals, place.school)
    actions.comment(case=case, text=words.ANSWER, agrees=False, by=place.by("principal"), on=place.day(-50))
    step = LadderStep.objects.get(owner=place.owner, number=STEP)
    actions.open_case(
        case=case,
        step=step,
        text=words.OPENED,
        review_on=place.day(60),
        by=lead,
        role=OWNER_ROLE,
        on=place.day(-48),
    )
    actions.link_agreement(case=case, agreement=agreement, by=lead)
    for number, (kind, giver, receiver, text) in enumerate(words.SUPPORT):
        support = actions.NewSupport(kind=kind, giver=giver, receiver=receiver, text=text)
        made = actions.give_support(case=case, support=support, by=lead, on=place.day(-45 + number))
        if number == 0:
            actions.move_support(support=made, to="acknowledged", by=place.by("principal"), on=place.day(-43))
    engagement = actions.start_engagement(
        owner=place.owner,
        school=place.school,
        advisers="To veiledere fra skolefagstab",
        goal="Felles planlegging som varer",
        by=lead,
        case=case,
        on=place.day(-42),
    )
    for number, (kind, text) in enumerate(words.VISITS):
        actions.add_contact(
            engagement=engagement, kind=kind, text=text, by=lead, on=place.day(-40 + 10 * number)
        )
    for kind, text in words.POINTS:
        actions.add_point(engagement=engagement, kind=kind, text=text, by=lead, role="principal")
    actions.move_engagement(engagement=engagement, to="plan", by=lead, on=place.day(-12))
