"""Saving what an owner decides for itself."""

from typing import Any

from django.db import transaction

from tettpaa.core.orgs.actions import change_owner_settings, choose_own_schools
from tettpaa.core.orgs.models import Unit


@transaction.atomic
def save_owner(*, owner: Unit, choices: dict[str, Any], by: str) -> None:
    """Save the form's choices; only what differs is written and told in the trail."""
    own = choices.pop("own_schools")
    changed = {name: value for name, value in choices.items() if getattr(owner.settings, name) != value}
    if changed:
        change_owner_settings(settings=owner.settings, by=by, **changed)
    choose_own_schools(owner=owner, codes=own, by=by)
