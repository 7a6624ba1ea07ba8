"""A text as it would be sealed: what a signature covers, and whose turn it is."""

from dataclasses import dataclass

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.work.agreements.content import annex_content, wording_content
from tettpaa.work.agreements.enums import Side, WordingState
from tettpaa.work.agreements.models import Agreement, Wording

READY = {Side.SCHOOL: WordingState.CONSULTED, Side.OWNER: WordingState.SIGNED_SCHOOL}


@dataclass(frozen=True)
class ToSign:
    """A text as it would be sealed."""

    text: str
    fingerprint: str
    annex_text: str
    annex_fingerprint: str


def to_sign(wording: Wording, number: int) -> ToSign:
    """What a signature of version `number` of the wording would cover."""
    annex = annex_content(wording)
    annex_text = canonical(annex) if annex["paragraphs"] else ""
    text = canonical(wording_content(wording, number))
    return ToSign(text, fingerprint(text), annex_text, fingerprint(annex_text) if annex_text else "")


def next_number(agreement: Agreement) -> int:
    """The number the next sealed version gets."""
    last = agreement.versions.order_by("-number").first()
    return last.number + 1 if last else 1
