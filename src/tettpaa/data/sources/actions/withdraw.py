"""Withdrawing a release that this owner published."""

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions import withdraw
from tettpaa.data.indicators.actions.withdraw import NotWithdrawableError
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.lock import publishing_lock

PATIENCE_S = 2.0  # a person waits for the answer
__all__ = ["NotWithdrawableError", "withdraw_release"]


def withdraw_release(*, owner: Unit, release: Release, reason: str, by: str) -> None:
    """Take the owner's own release back. What the operator published for all is not an owner's to take.

    Raises BusyError while something is being published, NotWithdrawableError when it is somebody else's, is withdrawn already, or a later one builds on it.
    """
    if release.owner_id != owner.pk:
        raise NotWithdrawableError("owner")
    with publishing_lock(PATIENCE_S):
        withdraw(release=release, reason=reason, by=by)
