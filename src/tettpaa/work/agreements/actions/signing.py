"""Signing: one transaction from the button to a version in force, so that nothing is ever half signed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.work.agreements.actions.dates import put_dates
from tettpaa.work.agreements.actions.ground import Step, locked, take_step, told
from tettpaa.work.agreements.actions.road import carry
from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.enums import PATHS, Side, State, WordingState
from tettpaa.work.agreements.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    Signature,
    StateChange,
    Wording,
)
from tettpaa.work.agreements.sealing import READY, next_number, to_sign
from tettpaa.work.initiatives.actions import start_initiative


class ChangedError(Exception):
    """The text is not the one the signer saw."""


class SamePersonError(Exception):
    """Nobody signs for both sides."""


@dataclass(frozen=True)
class Signer:
    """Who signs, for which side, in which role (a key), and how they proved who they are."""

    side: Side
    role: str
    by: str
    method: str


@transaction.atomic
def sign(*, agreement: Agreement, signer: Signer, seen: str, at: datetime | None = None) -> Signature:
    """Sign the text with fingerprint `seen`; the school first, then the owner, and then it is in force.

    Raises NotAllowedError when it is not this side's turn, ChangedError, SamePersonError.
    """
    moment = at or timezone.now()
    now = locked(agreement.pk)
    wording = now.wordings.filter(state=READY[signer.side]).first()
    if wording is None:
        raise NotAllowedError(now.state, f"signed_{signer.side}")
    wording.agreement = now
    version = _sealed(wording, signer, moment) if signer.side is Side.SCHOOL else _latest(wording)
    if signer.side is Side.OWNER and version.signatures.filter(by=signer.by).exists():
        raise SamePersonError
    if seen != version.fingerprint:
        raise ChangedError
    made = Signature.objects.create(
        version=version,
        side=signer.side,
        role=signer.role,
        by=signer.by,
        at=moment,
        method=signer.method,
        fingerprint=version.fingerprint,
    )
    day = timezone.localdate(moment)
    told(now, "version_signed", signer.by, {"version": version.number, "fingerprint": version.fingerprint})
    if signer.side is Side.SCHOOL:
        take_step(wording, Step(WordingState.SIGNED_SCHOOL, day, signer.by))
    else:
        take_step(wording, Step(WordingState.SIGNED_OWNER, day, signer.by))
        _enter_force(wording, version, day, signer.by)
    return made


def _sealed(wording: Wording, signer: Signer, moment: datetime) -> AgreementVersion:
    number = next_number(wording.agreement)
    what = to_sign(wording, number)
    return AgreementVersion.objects.create(
        agreement=wording.agreement,
        wording=wording,
        number=number,
        text=what.text,
        fingerprint=what.fingerprint,
        annex_text=what.annex_text,
        annex_fingerprint=what.annex_fingerprint,
        sealed_at=moment,
        sealed_by=signer.by,
    )


def _latest(wording: Wording) -> AgreementVersion:
    return wording.versions.order_by("-number")[0]


def _enter_force(wording: Wording, version: AgreementVersion, day: date, by: str) -> None:
    """The new version holds: the old one gives way, initiatives start, dates go to the year wheel."""
    agreement = wording.agreement
    old = agreement.wordings.filter(state=WordingState.IN_FORCE).first()
    if old is not None:
        old.agreement = agreement
        take_step(old, Step(WordingState.REPLACED, day, by))
        carry(old, wording)
    first = not agreement.in_force
    agreement.in_force = version.number
    agreement.title = wording.title
    take_step(wording, Step(WordingState.IN_FORCE, day, by))
    before = move(agreement, State.IN_FORCE if first else State.ADJUSTED, paths=PATHS)
    agreement.save(update_fields=["state", "in_force", "title"])
    StateChange.objects.create(
        agreement=agreement, wording=wording.number, before=before, after=agreement.state, on=day, by=by
    )
    _start_initiatives(wording, by)
    put_dates(wording, old, by)
    told(agreement, "version_in_force", by, {"version": version.number})


def _start_initiatives(wording: Wording, by: str) -> None:
    agreement = wording.agreement
    for row in wording.commitments.select_related("why_goal").filter(as_initiative=True):
        made = start_initiative(
            owner=agreement.owner,
            school=agreement.school if row.side == Side.SCHOOL else None,
            goal=row.why_goal,
            title=row.what[:160],
            problem=row.why,
            what=row.what,
            starts_on=wording.starts_on,
            due_on=row.due_on,
            responsible_role=row.role,
            expected_sign=row.sign,
            source=f"agreements.commitment:{row.line}",
            source_address=address_of(agreement),
            by=by,
        )
        Commitment.objects.filter(pk=row.pk).update(initiative=made)
