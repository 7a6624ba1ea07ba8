"""Saving what an owner decides for itself."""

from typing import Any

from django.db import transaction

from tettpaa.core.orgs.actions import BodyWords, change_owner_settings, choose_own_schools, save_body
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.packs.editing import Edited, entries_of, new_key, save_entry
from tettpaa.doors.office.queries import body_names, body_of, body_words


@transaction.atomic
def save_owner(*, owner: Unit, choices: dict[str, Any], by: str) -> None:
    """Save the form's choices; only what differs is written and told in the trail."""
    own = choices.pop("own_schools")
    changed = {name: value for name, value in choices.items() if getattr(owner.settings, name) != value}
    if changed:
        change_owner_settings(settings=owner.settings, by=by, **changed)
    choose_own_schools(owner=owner, codes=own, by=by)


class BodyChangedError(Exception):
    """Somebody else has changed the body; `theirs` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@transaction.atomic
def change_body(*, owner: Unit, key: str, words: BodyWords, seen: str, by: str) -> None:
    """Change a body if it still is what the person saw; else raise BodyChangedError and change nothing."""
    OwnerSettings.objects.select_for_update().get(unit=owner)
    body = body_of(owner, key)
    if body is None or body_words(body) != seen:
        raise BodyChangedError(body_words(body) if body else "")
    save_body(owner=owner, key=key, words=words, by=by)


@transaction.atomic
def add_body(*, owner: Unit, words: BodyWords, by: str) -> str:
    """Add a body; its key is made from the name. Returns the key."""
    OwnerSettings.objects.select_for_update().get(unit=owner)
    key = new_key(words.name, body_names(owner))
    save_body(owner=owner, key=key, words=words, by=by)
    return key


def save_words(*, owner: Unit, edited: Edited, key: str, form: dict[str, Any], by: str) -> None:
    """Save an entry from its form; a new one gets its key from the form or from its name.

    Raises what `save_entry` raises.
    """
    words = {name: value for name, value in form.items() if name not in {"seen", "key"} and value is not None}
    if key:
        save_entry(owner=owner, edited=edited, key=key, words=words, seen=form["seen"], by=by)
    else:
        made = form.get("key") or new_key(str(words.get("name", "")), entries_of(owner, edited))
        save_entry(owner=owner, edited=edited, key=made, words=words, seen=None, by=by)
