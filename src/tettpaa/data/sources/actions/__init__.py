"""Writing: receive a file, check it, publish it, throw it away, say what its names mean, withdraw a release."""

from tettpaa.data.sources.actions.check import check_import, recheck
from tettpaa.data.sources.actions.discard import discard_import
from tettpaa.data.sources.actions.door import Pointing, Sent, Taken, take_in, take_in_pointed
from tettpaa.data.sources.actions.fetch import fetch_for_owner, order_fetch
from tettpaa.data.sources.actions.names import remember_matches, save_school_names
from tettpaa.data.sources.actions.profiles import remove_profile, save_profile
from tettpaa.data.sources.actions.publish import order_publishing, publish_import
from tettpaa.data.sources.actions.receive import receive_file
from tettpaa.data.sources.actions.register import (
    Proposals,
    keep_register,
    proposals_for,
    take_in_from_register,
    take_in_municipalities,
)
from tettpaa.data.sources.actions.states import StaleError
from tettpaa.data.sources.actions.withdraw import NotWithdrawableError, withdraw_release

__all__ = [
    "NotWithdrawableError",
    "Pointing",
    "Proposals",
    "Sent",
    "StaleError",
    "Taken",
    "check_import",
    "discard_import",
    "fetch_for_owner",
    "keep_register",
    "order_fetch",
    "order_publishing",
    "proposals_for",
    "publish_import",
    "receive_file",
    "recheck",
    "remember_matches",
    "remove_profile",
    "save_profile",
    "save_school_names",
    "take_in",
    "take_in_from_register",
    "take_in_municipalities",
    "take_in_pointed",
    "withdraw_release",
]
