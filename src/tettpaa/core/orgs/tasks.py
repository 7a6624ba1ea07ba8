"""The room's share of the daily round."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tettpaa.core.jobs.registry import Progress, daily
from tettpaa.core.orgs.actions import sweep_sent_forms

KEPT = timedelta(days=7)


@daily("orgs.sweep_sent_forms")
def sweep(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:  # noqa: ARG001 - a handler's form
    """A form that was sent a week ago is not sent twice any more."""
    return {"swept": sweep_sent_forms(before=timezone.now() - KEPT)}
