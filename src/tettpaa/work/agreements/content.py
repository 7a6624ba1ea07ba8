"""What an agreement says, as content that can be sealed: the text both sign, and the annex beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import override

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.definitions import definition
from tettpaa.work.agreements.bases import basis
from tettpaa.work.agreements.enums import Kind
from tettpaa.work.agreements.models import (
    AgreementGoal,
    Commitment,
    CompetenceNeed,
    Consultation,
    KindName,
    Wording,
)

type Content = dict[str, Any]

# What of each part stands in the open edition; all else is inside only (practice.md (5)).
OPEN_FIELDS = ("agreement", "version", "owner", "school", "title", "starts_on", "ends_on")


def kind_name(owner: Unit, kind: str) -> str:
    """What the owner calls the kind."""
    row = KindName.objects.filter(owner=owner, kind=kind).first()
    if row is not None:
        return row.name
    with override(language_of(owner)):
        return str(Kind(kind).label)


def language_of(owner: Unit) -> str:
    """The owner's own language: what is sealed does not change with who looks."""
    return owner.settings.language_form or "nb"


def wording_content(wording: Wording, number: int) -> Content:
    """The text as it would be sealed as version `number`; the same rows always give the same content."""
    agreement = wording.agreement
    annex = annex_content(wording)
    language = language_of(agreement.owner)
    return {
        "form": 1,
        "agreement": str(agreement.pk),
        "version": number,
        "owner": _unit(agreement.owner),
        "school": _unit(agreement.school),
        "kind": agreement.kind,
        "kind_name": kind_name(agreement.owner, agreement.kind),
        "title": wording.title,
        "background": wording.background,
        "starts_on": _day(wording.starts_on),
        "ends_on": _day(wording.ends_on),
        "next_step": wording.next_step,
        "changes": wording.changes,
        "not_heard": wording.not_heard,
        "goals": [_goal(row, language) for row in wording.agreementgoals.select_related("goal")],
        "commitments": [_promise(row) for row in wording.commitments.select_related("why_goal")],
        "competence": [_need(row) for row in wording.competenceneeds.all()],
        "checkpoints": [
            {"line": str(row.line), "due_on": _day(row.due_on), "about": row.about}
            for row in wording.checkpoints.all()
        ],
        "consultations": [_heard(row) for row in wording.consultations.all()],
        "annex": fingerprint(canonical(annex)) if annex["paragraphs"] else "",
    }


def _need(row: CompetenceNeed) -> Content:
    words = {"need": row.need, "who": row.who, "how": row.how}
    return {"line": str(row.line), **words, "due_on": _day(row.due_on)}


def _heard(row: Consultation) -> Content:
    days = {"asked_on": _day(row.asked_on), "heard_on": _day(row.heard_on)}
    return {"line": str(row.line), "name": row.name, **days, "said": row.said, "changed": row.changed}


def annex_content(wording: Wording) -> Content:
    """The annex. The salt keeps anybody from guessing few and short paragraphs by their fingerprint."""
    return {
        "salt": str(wording.annex_salt),
        "agreement": str(wording.agreement_id),
        "paragraphs": [
            {
                "line": str(row.line),
                "heading": row.heading,
                "text": row.text,
                "basis": row.basis,
                "law": basis(row.basis).cited("nb"),
                "weighed_on": _day(row.weighed_on),
                "weighed": row.weighed,
            }
            for row in wording.annexparagraphs.all()
        ],
    }


def open_part(content: Mapping[str, Any]) -> Content:
    """What everybody may read: goals, the promises of both, dates, who was heard and what it changed.

    The kind and the next step are left out: together they would make a list of marked schools.
    """
    return {name: content[name] for name in OPEN_FIELDS} | {
        "goals": content["goals"],
        "commitments": content["commitments"],
        "checkpoints": content["checkpoints"],
        "consultations": [
            {name: row[name] for name in ("line", "name", "heard_on", "changed")}
            for row in content["consultations"]
        ],
    }


def _unit(unit: Unit) -> Content:
    return {"code": unit.code, "name": unit.label}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _goal(row: AgreementGoal, language: str) -> Content:
    return {
        "line": str(row.line),
        "goal": _plan_goal(row),
        "text": row.text,
        "indicator": row.indicator,
        "indicator_name": definition(row.indicator).names.in_language(language) if row.indicator else "",
        "grade": row.grade,
        "gender": row.gender,
        "baseline": row.baseline,
        "target": row.target,
        "target_on": _day(row.target_on),
        "sign": row.sign,
    }


def _promise(row: Commitment) -> Content:
    return {
        "line": str(row.line),
        "number": row.number,
        "side": row.side,
        "pair": row.pair,
        "what": row.what,
        "goal": {"id": str(row.why_goal.pk), "text": row.why_goal.text} if row.why_goal else None,
        "why": row.why,
        "who": row.who,
        "role": row.role,
        "due_on": _day(row.due_on),
        "sign": row.sign,
        "as_initiative": row.as_initiative,
    }


def _plan_goal(row: AgreementGoal) -> Content | None:
    return {"id": str(row.goal.pk), "text": row.goal.text} if row.goal else None
