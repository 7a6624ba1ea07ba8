"""The binding agreement of the story: from the meeting's rows to two signatures, adjusted once, followed since."""

from datetime import date, timedelta

from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.doors.demo.year import words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.enums import LineKind, Side, Status
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment, Wording
from tettpaa.work.agreements.queries.choices import baseline
from tettpaa.work.agreements.sealing import next_number, to_sign
from tettpaa.work.dialogue.actions import carry_premises, draft_from_rows, follow_up
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.initiatives import actions as initiatives
from tettpaa.work.initiatives.actions import Written
from tettpaa.work.initiatives.enums import Certainty, Conclusion, Explanation
from tettpaa.work.initiatives.enums import State as InitiativeState
from tettpaa.work.initiatives.models import Initiative

DONE = (1, 2, 5)  # numbers of the promises that are done
INDICATOR, GRADE = "eu_stotte_laerer", 7
SIGNERS = ((Side.SCHOOL, "principal"), (Side.OWNER, "head_of_schools"))


def agree(place: Place, meeting: Meeting, days: int) -> Agreement:
    """Drafted from the meeting's rows, heard, signed by both, and in force; the meeting is followed up."""
    lead = place.by("head_of_schools")
    made = draft_from_rows(meeting=meeting, by=lead, on=place.day(days + 15))
    wording = _text(made)
    terms = {
        "background": words.BACKGROUND,
        "next_step": "Er målene ikke nådd, vurderes neste trinn i oppfølgingen.",
    }
    actions.write_terms(
        wording=wording, values=terms, version=wording.version, by=lead, on=place.day(days + 15)
    )
    _fill(place, wording, days)
    _to_signing(place, made, days + 18)
    _sign(place, made, days + 22)
    follow_up(meeting=meeting, by=lead, at=place.at(days + 22))
    carry_premises(meeting=meeting, by=lead, on=place.day(days + 22))
    return made


def _text(agreement: Agreement) -> Wording:
    return agreement.wordings.order_by("-number")[0]


def _fill(place: Place, wording: Wording, days: int) -> None:
    """Goal with baseline, competence, whom we heard, and the annex that only some may read."""
    lead, on = place.by("head_of_schools"), place.day(days + 16)
    heading, text = words.ANNEX
    paragraph = {"heading": heading, "text": text, "basis": "offl23", "weighed_on": on}
    lines = (
        (LineKind.GOAL, _goal(place, lead, on)),
        (LineKind.COMPETENCE, words.NEED | {"due_on": place.day(45)}),
        (LineKind.ANNEX, paragraph | {"weighed": "Merinnsyn er vurdert."}),
        (LineKind.CONSULTATION, _heard(place, on)),
    )
    for kind, values in lines:
        actions.write_line(wording=wording, kind=kind, values=values, by=lead, on=on)


def _goal(place: Place, lead: str, on: date) -> dict[str, object]:
    viewer = load_viewer(user_by_email(lead), place.today)
    return {
        "goal": place.goal("stotte"),
        "text": "Elevene på 7. trinn opplever mer støtte fra lærerne",
        "indicator": INDICATOR,
        "grade": GRADE,
        "baseline": baseline(viewer, place.school, INDICATOR, GRADE),
        "target": 4.3,
        "target_on": on + timedelta(days=400),
    }


def _heard(place: Place, on: date) -> dict[str, object]:
    body = next(one for one in bodies_of(place.owner) if one.role == "parent_committee")
    said = {"said": "Bra at begge lover noe.", "changed": ""}
    return {"body": body, "name": body.name, "asked_on": on, "heard_on": on, **said}


def _to_signing(place: Place, agreement: Agreement, days: int) -> None:
    lead = place.by("head_of_schools")
    actions.negotiate(wording=_text(agreement), by=lead, on=place.day(days))
    actions.consulted(wording=_text(agreement), by=lead, on=place.day(days + 2))


def _sign(place: Place, agreement: Agreement, days: int) -> None:
    for side, role in SIGNERS:
        version = agreement.versions.order_by("-number").first()
        seen = (
            version.fingerprint
            if version and side is Side.OWNER
            else to_sign(_text(agreement), next_number(agreement)).fingerprint
        )
        signer = actions.Signer(side=side, role=role, by=place.by(role), method="password")
        actions.sign(agreement=agreement, signer=signer, seen=seen, at=place.at(days, 10))


def live(place: Place, agreement: Agreement, days: int) -> None:
    """A year with the agreement: promises kept and one late, checkpoints held, and one adjustment both sign."""
    for number, (school, owner, outcome) in enumerate(words.CHECKPOINTS, start=1):
        _hold(place, agreement, number, (school, owner, outcome))
        if outcome == "adjusted":
            _adjust(place, agreement, days + 200)
    for row in _promises(agreement):
        status = Status.DONE if row.number in DONE else Status.ON_TRACK
        by = place.by("principal" if row.side == Side.SCHOOL else "head_of_schools")
        actions.report_status(commitment=row, status=status, by=by, on=place.day(-30))


def _promises(agreement: Agreement) -> list[Commitment]:
    rows = Commitment.objects.select_related("wording__agreement__owner", "wording__agreement__school")
    return list(rows.filter(wording__agreement=agreement, wording__state="in_force").order_by("number"))


def _hold(place: Place, agreement: Agreement, number: int, said: tuple[str, str, str]) -> None:
    rows = Checkpoint.objects.select_related("wording__agreement__owner", "wording__agreement__school")
    row = rows.get(wording__agreement=agreement, wording__state="in_force", number=number)
    if row.due_on > place.today:
        return
    for name, text, role in (
        ("school_says", said[0], "principal"),
        ("owner_says", said[1], "head_of_schools"),
    ):
        actions.write_checkpoint(checkpoint=row, values={name: text}, version=row.version, by=place.by(role))
        row.refresh_from_db(fields=["version"])
    actions.hold_checkpoint(checkpoint=row, outcome=said[2], by=place.by("head_of_schools"), on=row.due_on)


def _adjust(place: Place, agreement: Agreement, days: int) -> None:
    lead = place.by("head_of_schools")
    wording = actions.open_change(agreement=agreement, by=lead, on=place.day(days))
    terms = {"changes": words.ADJUSTED, "not_heard": "Endringen gjelder bare skoleeierens frist."}
    actions.write_terms(wording=wording, values=terms, version=wording.version, by=lead, on=place.day(days))
    point = {"due_on": place.day(11), "about": "Dialogmøtet: er målene nådd, og hva nå?"}
    actions.write_line(
        wording=_text(agreement), kind=LineKind.CHECKPOINT, values=point, by=lead, on=place.day(days)
    )
    _to_signing(place, agreement, days + 1)
    _sign(place, agreement, days + 5)


def work(place: Place, agreement: Agreement) -> None:
    """The initiatives that the promises became: done, reviewed, running, and one that nobody has agreed to look at."""
    for row in _promises(agreement):
        if row.number not in DONE:  # a kept promise has taken its initiative along
            started = InitiativeState.STARTED
            made = _of(row)
            initiatives.move_initiative(initiative=made, to=started, by=place.by(row.role), on=made.starts_on)
    _review(place, _of(_promises(agreement)[0]))


def _of(row: Commitment) -> Initiative:
    return Initiative.objects.select_related("owner", "school").get(
        source=f"agreements.commitment:{row.line}"
    )


def _review(place: Place, initiative: Initiative) -> None:
    writer, reader = place.by("principal"), place.by("head_of_schools")
    review = initiatives.plan_review(
        initiative=initiative, indicator="eu_stotte_laerer", grade=7, before=2023, after=2024, by=writer,
        planned_on=place.day(-35),
    )  # fmt: skip
    review = initiatives.mark_ready(review=review, has_figures=True, by=writer)
    text = Written(
        seen=words.REVIEW_SEEN,
        conclusion=Conclusion.UNKNOWN,
        certainty=Certainty.UNKNOWN,
        explanations=(Explanation.OTHER_PUPILS, Explanation.CHANCE),
        other_explanations=words.REVIEW_OTHER,
    )
    review = initiatives.write_review(
        review=review, words=text, version=review.version, by=writer, on=place.day(-30)
    )
    initiatives.check_review(review=review, version=review.version, by=reader, on=place.day(-25))
