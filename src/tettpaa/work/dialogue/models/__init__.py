"""The room's tables: meetings, packages, minutes."""

from tettpaa.work.dialogue.models.meeting import (
    Meeting,
    MeetingKind,
    OfMeeting,
    Participant,
    SentLetter,
    Step,
)
from tettpaa.work.dialogue.models.minutes import (
    AgendaItem,
    AgreementRow,
    Approval,
    MinutesComment,
    MinutesVersion,
    Paragraph,
    Proposal,
    PublicMinutes,
)
from tettpaa.work.dialogue.models.package import (
    Addition,
    FrozenPackage,
    PackagePart,
    PartLook,
    PartTrace,
)

__all__ = [
    "Addition",
    "AgendaItem",
    "AgreementRow",
    "Approval",
    "FrozenPackage",
    "Meeting",
    "MeetingKind",
    "MinutesComment",
    "MinutesVersion",
    "OfMeeting",
    "PackagePart",
    "Paragraph",
    "PartLook",
    "PartTrace",
    "Participant",
    "Proposal",
    "PublicMinutes",
    "SentLetter",
    "Step",
]
