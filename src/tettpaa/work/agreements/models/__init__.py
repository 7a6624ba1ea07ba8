"""The room's tables: agreements being written and signed, and how their promises go.

An agreement has one wording in force and at most one being written. The lines of a wording belong to it alone; a
line that lives on in a later wording keeps its `line`, so that initiatives and dates follow it.
"""

from tettpaa.work.agreements.models.agreement import (
    Agreement,
    KindName,
    Wording,
)
from tettpaa.work.agreements.models.lines import (
    AgreementGoal,
    AnnexParagraph,
    Checkpoint,
    Commitment,
    CompetenceNeed,
    Consultation,
    Line,
)
from tettpaa.work.agreements.models.signed import (
    AgreementVersion,
    Signature,
    SigningLetter,
    StateChange,
    StatusReport,
)

__all__ = [
    "Agreement",
    "AgreementGoal",
    "AgreementVersion",
    "AnnexParagraph",
    "Checkpoint",
    "Commitment",
    "CompetenceNeed",
    "Consultation",
    "KindName",
    "Line",
    "Signature",
    "SigningLetter",
    "StateChange",
    "StatusReport",
    "Wording",
]
