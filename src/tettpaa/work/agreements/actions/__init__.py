"""Writes of the room: keyword-only, with `by`, one transaction each, told in the audit trail."""

from tettpaa.work.agreements.actions.drafting import (
    NewCommitment,
    Origin,
    draft_agreement,
    remove_line,
    write_line,
    write_terms,
)
from tettpaa.work.agreements.actions.ground import NotCompleteError
from tettpaa.work.agreements.actions.living import (
    end_agreement,
    hold_checkpoint,
    report_status,
    write_checkpoint,
)
from tettpaa.work.agreements.actions.naming import name_kind, note_annex_look
from tettpaa.work.agreements.actions.road import (
    back_to_draft,
    consulted,
    drop,
    negotiate,
    open_change,
    reopen,
)
from tettpaa.work.agreements.actions.signing import ChangedError, SamePersonError, Signer, sign

__all__ = [
    "ChangedError",
    "NewCommitment",
    "NotCompleteError",
    "Origin",
    "SamePersonError",
    "Signer",
    "back_to_draft",
    "consulted",
    "draft_agreement",
    "drop",
    "end_agreement",
    "hold_checkpoint",
    "name_kind",
    "negotiate",
    "note_annex_look",
    "open_change",
    "remove_line",
    "reopen",
    "report_status",
    "sign",
    "write_checkpoint",
    "write_line",
    "write_terms",
]
