"""What the demo's year does not hold, made in its data folder through the rooms' own actions; and the keys of both.

Run as `python -m tests.journeys.made` on a prepared demo: prints `{name: key}` as JSON, for the addresses of pages.py.
A second run makes nothing anew. What is made stands at other schools than the story's own, where it can.
"""

import json
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402 - the apps must be loaded before their models
from django.db.models import Model  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from tettpaa.core.orgs.models import Body, Unit  # noqa: E402
from tettpaa.report.decisions.actions.hearings import invite  # noqa: E402
from tettpaa.report.decisions.models import CaseStep, DecisionItem, Hearing, PoliticalCase, Statement  # noqa: E402
from tettpaa.work.agreements.actions import NewCommitment, draft_agreement, write_line  # noqa: E402
from tettpaa.work.agreements.enums import LineKind, Side  # noqa: E402
from tettpaa.work.agreements.models import (  # noqa: E402
    Agreement,
    AnnexParagraph,
    Checkpoint,
    Commitment,
    Wording,
)
from tettpaa.work.competence.models import (  # noqa: E402
    ClassroomWalk,
    CompetencePlan,
    Deviation,
    Employee,
    Mentorship,
    PeerGuidance,
    PlanArea,
    WalkRound,
)
from tettpaa.work.competence.queries import key_factors  # noqa: E402
from tettpaa.work.dialogue import actions as dialogue  # noqa: E402
from tettpaa.work.dialogue.enums import MeetingState  # noqa: E402
from tettpaa.work.dialogue.enums import Side as Party  # noqa: E402
from tettpaa.work.dialogue.models import AgreementRow, Meeting, MeetingKind, PackagePart, Paragraph  # noqa: E402
from tettpaa.work.followup.actions import add_criterion  # noqa: E402
from tettpaa.work.followup.models import Criterion, Engagement, FollowUpCase, Signal, Support  # noqa: E402
from tettpaa.work.funds import actions as funds  # noqa: E402
from tettpaa.work.funds.models import Application, Call, Rate, Scheme, StateNeed  # noqa: E402
from tettpaa.work.initiatives.actions import mark_ready, plan_review, start_initiative  # noqa: E402
from tettpaa.work.initiatives.models import EffectReview, Initiative  # noqa: E402
from tettpaa.work.offers import actions as offers  # noqa: E402
from tettpaa.work.offers.models import AgendaItem, Gathering, Network, Offer  # noqa: E402
from tettpaa.work.plans import actions as plans  # noqa: E402
from tettpaa.work.plans.actions.goals import Around  # noqa: E402
from tettpaa.work.plans.models import Element, Goal, GoalIndicator, QualityPlan, SchoolGoal, SchoolPlan  # noqa: E402
from tettpaa.work.programmes.models import Partner, Programme  # noqa: E402
from tettpaa.work.surveys.models import AssessmentRound  # noqa: E402
from tettpaa.work.yearwheel.models import Procedure, Task  # noqa: E402

LEAD, PRINCIPAL = "skolesjef.fjordvik@demo.example", "rektor.fjordvik@demo.example"
SCHOOL, OTHER = "F00000015", "F00000016"
SOURCE = "journeys:draft"
TODAY = timezone.localdate()


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def key(model: type[Model], *order: str, **where: Any) -> str:
    """The key of the first row of Fjordvik that fits."""
    found = model._default_manager.filter(**where).order_by(*(order or ("pk",))).first()
    if found is None:
        raise LookupError(f"no {model.__name__} with {where}")
    return str(found.pk)


@transaction.atomic
def make() -> None:
    owner, other = unit("9901"), unit(OTHER)
    if Agreement.objects.filter(source=SOURCE).exists():
        return
    made = draft_agreement(
        owner=owner,
        school=other,
        kind="support",
        title="Avtale om leseopplæring",
        rows=[NewCommitment(Side.SCHOOL, "vi prøver to lærere i lesetimene", pair=1)],
        source=SOURCE,
        by=LEAD,
    )
    annex = {"heading": "Bemanning", "text": "Trinnet har hatt vikarer.", "basis": "offl23"}
    wording = Wording.objects.get(agreement=made)
    write_line(wording=wording, kind=LineKind.ANNEX, values=annex, by=LEAD)
    _meetings(owner)
    add_criterion(
        case=FollowUpCase.objects.get(school__code=SCHOOL),
        text="Elevene får hjelp når de trenger det",
        seen_when="Spørsmålet om støtte i elevundersøkelsen ligger over 4,1 to år på rad",
        by=LEAD,
    )
    signal = Signal.objects.filter(school__code=SCHOOL).first()
    if signal is None:
        raise LookupError("no signal")
    signal.pk, signal.school, signal.case, signal._state.adding = None, other, None, True
    signal.save()
    initiative = Initiative.objects.filter(school__code=SCHOOL, state="started").order_by("title")[0]
    years = {"before": 2023, "after": 2024}
    made_review = plan_review(initiative=initiative, indicator="np5_lesing", grade=5, by=PRINCIPAL, **years)
    mark_ready(review=made_review, has_figures=True, by=PRINCIPAL)
    for number in (1, 2):
        start_initiative(
            owner=owner,
            school=unit(SCHOOL),
            goal=None,
            title=f"Lesekvart {number}",
            what="Alle leser et kvarter",
            starts_on=TODAY,
            due_on=TODAY + timedelta(days=90),
            responsible_role="principal",
            by=PRINCIPAL,
        )
    invite(
        case=PoliticalCase.objects.get(owner=owner, state="prepared"),
        body=Body.objects.get(owner=owner, role="union_rep"),
        question="Hva mener dere om utkastet?",
        due_on=TODAY + timedelta(days=20),
        by=LEAD,
    )
    _plans(owner, other)
    scheme = Scheme.objects.get(owner=owner, key="kompetanse-for-kvalitet")
    funds.set_rate(scheme=scheme, rate=funds.NewRate(TODAY.year, "Vikar"), by=LEAD)
    _asked_course(owner)


def _meetings(owner: Unit) -> None:
    """One at the school that proposals are open to, and two of the owner's own: in writing, and with public minutes."""
    dialogue.open_package(meeting=_invited(owner, unit(SCHOOL), "oppfolgingsmote", 60), by=LEAD)
    _written(owner, "statusmote", 10)
    done = _written(owner, "dialog-for-laering", 9)
    dialogue.hold_meeting(meeting=done, present=("head_of_schools",), by=LEAD)
    dialogue.send_minutes(meeting=done, by=LEAD)
    seen = dialogue.close_comments(meeting=done, by=LEAD).sha256
    dialogue.approve(meeting=done, side=Party.OWNER, role="head_of_schools", seen=seen, by=LEAD)
    dialogue.publish(meeting=done, by=LEAD)


def _invited(owner: Unit, school: Unit | None, kind: str, days: int) -> Meeting:
    (meeting,) = dialogue.plan_meetings(
        owner=owner,
        kind=MeetingKind.objects.get(owner=owner, key=kind),
        meetings=[dialogue.NewMeeting(school, timezone.now() + timedelta(days=days))],
        by=LEAD,
    )
    return dialogue.invite(meeting=meeting, by=LEAD)


def _written(owner: Unit, kind: str, days: int) -> Meeting:
    """A meeting of the owner's own whose minutes have begun."""
    meeting = _invited(owner, None, kind, days)
    dialogue.open_package(meeting=meeting, by=LEAD)
    dialogue.freeze(meeting=meeting, by=LEAD)
    dialogue.send_agenda(meeting=meeting, by=LEAD)
    item = meeting.items.order_by("number")[0]
    dialogue.write_paragraph(item=item, text="Utvalget gikk gjennom vedtakene.", by=LEAD)
    return meeting


def _plans(owner: Unit, other: Unit) -> None:
    plan = plans.start_plan(owner=owner, title="Kvalitetsplan fra 2028", by=LEAD)
    goal = plans.blank_goal(plan)
    goal.text = goal.draft_text = "Alle elever leser hver dag"
    plans.save_goal(goal=goal, version=None, fields=["text"], around=Around(), by=LEAD)
    link = plans.blank_indicator(goal)
    link.indicator, link.grade = "np5_lesing", 5
    plans.save_indicator(link=link, version=None, fields=["indicator", "grade"], baseline=None, by=LEAD)
    school_plan = plans.start_school_plan(
        owner=owner, school=unit("F00000017"), year=TODAY.year, by=PRINCIPAL
    )
    own = plans.blank_school_goal(school_plan)
    own.text = "Alle leser hver dag"
    plans.save_school_goal(goal=own, version=None, fields=["text"], by=PRINCIPAL)


def keys() -> dict[str, str]:
    """Where the pages of pages.py stand in this demo."""
    live = Agreement.objects.get(school__code=SCHOOL)
    text = Wording.objects.get(agreement=live, state="in_force")
    draft = Wording.objects.get(agreement__source=SOURCE)
    case = FollowUpCase.objects.get(school__code=SCHOOL)
    return {
        "agreement": str(live.pk),
        "checkpoint": key(Checkpoint, "due_on", wording=text, held_on=None),
        "school_promise": key(Commitment, "number", wording=text, side=Side.SCHOOL, status="on_track"),
        "owner_promise": key(Commitment, "number", wording=text, side=Side.OWNER, status="on_track"),
        "draft": str(draft.agreement_id),
        "draft_line": key(Commitment, wording=draft),
        "draft_annex": key(AnnexParagraph, wording=draft),
        "case": str(case.pk),
        "support": key(Support, case=case, state="acknowledged"),
        "criterion": key(Criterion, case=case),
        "engagement": key(Engagement, case=case),
        "initiative": key(Initiative, "title", school__code=SCHOOL, state="started"),
        "lesekvart_1": key(Initiative, title="Lesekvart 1"),
        "lesekvart_2": key(Initiative, title="Lesekvart 2"),
        "review": key(EffectReview, state="checked"),
        "ready_review": key(EffectReview, state="ready"),
        "open_round": key(AssessmentRound, school__code=SCHOOL, state="open"),
        "shared_round": key(AssessmentRound, school__code=SCHOOL, state="shared"),
        "task": key(Task, "due_on", school__code=SCHOOL, state="upcoming", role="principal"),
        "task_2": key(Task, "-due_on", school__code=SCHOOL, state="upcoming", role="principal"),
        "procedure": key(Procedure, "key", owner__code="9901"),
        **_meeting_keys(),
        **_plan_keys(),
        **_decision_keys(),
        **_fund_keys(),
        **_competence_keys(),
        **_offer_keys(),
    }


def _meeting_keys() -> dict[str, str]:
    here = Meeting.objects.filter(school__code=SCHOOL, kind__key="dialogmote")
    last, coming = here.get(state=MeetingState.FOLLOWED), here.get(state=MeetingState.OPEN)
    own = Meeting.objects.get(school=None, owner__code="9901", kind__key="statusmote")
    minutes = Meeting.objects.get(owner__code="9901", school__isnull=False, state=MeetingState.DRAFT)
    assert minutes.school is not None
    return {
        "last_meeting": str(last.pk),
        "last_statement": key(Paragraph, meeting=last),
        "last_row": key(AgreementRow, "number", meeting=last),
        "last_entry": str(last.items.get(number=2).pk),
        "coming": str(coming.pk),
        "coming_entry": str(coming.items.get(number=2).pk),
        "analysis": key(PackagePart, meeting=coming, key="analysis"),
        "parents_part": key(PackagePart, meeting=coming, body__role="parent_committee"),
        "questions": key(PackagePart, meeting=coming, key="questions"),
        "open_meeting": key(Meeting, school__code=SCHOOL, kind__key="oppfolgingsmote"),
        "open_analysis": key(PackagePart, meeting__kind__key="oppfolgingsmote", key="analysis"),
        "drafted": str(minutes.pk),
        "drafted_school": minutes.school.code,
        "drafted_entry": str(minutes.items.get(number=2).pk),
        "drafted_statement": key(Paragraph, meeting=minutes),
        "drafted_row": key(AgreementRow, "number", meeting=minutes),
        "own_meeting": str(own.pk),
        "own_published": key(Meeting, school=None, owner__code="9901", state=MeetingState.PUBLISHED),
        "own_entry": str(own.items.order_by("number")[0].pk),
        "own_statement": key(Paragraph, meeting=own),
        "own_part": key(PackagePart, "order", meeting=own, side="owner"),
    }


def _plan_keys() -> dict[str, str]:
    plan = QualityPlan.objects.get(owner__code="9901", state="in_force")
    draft = QualityPlan.objects.get(owner__code="9901", state="draft")
    school_draft = SchoolPlan.objects.get(owner__code="9901", state="draft")
    return {
        "plan": str(plan.pk),
        "goal": key(Goal, plan=plan, key="stotte"),
        "element": key(Element, "order", owner__code="9901"),
        "draft_plan": str(draft.pk),
        "draft_goal": key(Goal, plan=draft),
        "draft_link": key(GoalIndicator, goal__plan=draft),
        "school_plan": key(SchoolPlan, school__code=SCHOOL, state="adopted"),
        "school_draft": str(school_draft.pk),
        "school_goal": key(SchoolGoal, plan=school_draft),
    }


def _asked_course(owner: Unit) -> None:
    """A course held today that waits for the teacher's evaluation."""
    new = offers.NewOffer("Vurdering i praksis", "course", "skole", TODAY.year)
    made = offers.make_offer(owner=owner, offer=new, by=LEAD, needs_approval=False)
    day = offers.add_gathering(gathering=offers.NewGathering(on=TODAY, title="Kursdag"), offer=made, by=LEAD)
    said = [offers.FactorWord(one.key, "yes", "Øver på egne vurderinger.") for one in key_factors(owner)]
    offers.say_factors(offer=made, factors=said, by=LEAD)
    offers.publish_offer(offer=made, by=LEAD)
    me = Employee.objects.get(email="laerer.fjordvik@demo.example")
    offers.register(offer=made, employee=me, by=me.email)
    offers.note(gathering=day, employee=me, came=True, by=LEAD)
    offers.open_survey(offer=offers.hold_offer(offer=made, by=LEAD), by=LEAD)


def _offer_keys() -> dict[str, str]:
    reading, heads = {"offer__title": "Lesenettverket"}, {"network__key": "rektormoter"}
    ahead = key(Gathering, "on", on__gte=TODAY, **heads)
    return {
        "reading_year": key(Offer, title="Lesenettverket"),
        "reading_before": key(Offer, title="Lesenettverket i fjor"),
        "text_course": key(Offer, title="Samtaler om tekst"),
        "asked_course": key(Offer, title="Vurdering i praksis"),
        "reading_network": key(Network, key="lesenettverket", owner__code="9901"),
        "reading_next": key(Gathering, "on", on__gt=TODAY, **reading),
        "reading_last": key(Gathering, "-on", on__lt=TODAY, **reading),
        "leaders_today": key(Gathering, network__key="ledernettverket", owner__code="9901"),
        "heads_ahead": ahead,
        "heads_held": key(Gathering, on__lt=TODAY, **heads),
        "heads_item": key(AgendaItem, "number", gathering=ahead),
    }


def _competence_keys() -> dict[str, str]:
    draft = CompetencePlan.objects.get(owner__code="9901", state="draft")
    here = {"school__code": SCHOOL}
    return {
        "comp_plan": key(CompetencePlan, owner__code="9901", state="in_use"),
        "comp_draft": str(draft.pk),
        "comp_area": key(PlanArea, "order", plan=draft),
        "deviation": key(Deviation, owner__code="9901", state="proposed"),
        "head_record": key(Employee, role="principal", **here),
        "lacking": key(Employee, name__startswith="Lærer 4,", **here),
        "helper": key(Employee, role="assistant", **here),
        "mentoring": key(Mentorship, **here),
        "walks": key(WalkRound, **here),
        "walk": key(ClassroomWalk, "on", teacher__email="laerer.fjordvik@demo.example"),
        "guidance": key(PeerGuidance, **here),
    }


def _fund_keys() -> dict[str, str]:
    here = {"owner__code": "9901"}
    reading = key(Programme, key="leseloftet", **here)
    return {
        "programme": reading,
        "programme_partner": key(Partner, programme=reading),
        "ranked_funds": key(Call, state="ranking", **here),
        "ranked_studies": key(Call, state="ranked", **here),
        "open_stipends": key(Call, state="open", **here),
        "study_scheme": key(Scheme, key="kompetanse-for-kvalitet", **here),
        "study_rate": key(Rate, **here),
        "passed_study": key(Application, state="passed", **here),
        "drafted_stipend": key(Application, state="draft", **here),
        "sent_stipend": key(Application, state="submitted", is_personal=True, **here),
        "reported_funds": key(Application, state="reported", **here),
        "need": key(StateNeed, state="in_forum", **here),
        "old_need": key(StateNeed, state="reported", **here),
    }


def _decision_keys() -> dict[str, str]:
    decided = PoliticalCase.objects.get(owner__code="9901", state="decided")
    coming = PoliticalCase.objects.get(owner__code="9901", state="prepared")
    return {
        "decided": str(decided.pk),
        "political_case": str(coming.pk),
        "item": key(DecisionItem, "number", protocol__case=decided),
        "sketch": key(CaseStep, "order", case=coming, kind="sketch"),
        "council_step": key(CaseStep, "order", case=coming, decides=True),
        "pupils_hearing": key(
            Hearing, case=coming, body=Body.objects.get(owner__code="9901", role="pupil_council")
        ),
        "staff_hearing": key(Hearing, case=coming, body__role="union_rep"),
        "statement": key(Statement, owner__code="9901", state="received"),
    }


if __name__ == "__main__":
    with translation.override("nb"):
        make()
        print(json.dumps(keys()))
