"""Saving what an owner decides for itself."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tettpaa.core.orgs.actions import BodyWords, change_owner_settings, choose_own_schools, save_body
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.doors.office.queries import body_of, body_words


@transaction.atomic
def save_owner(*, owner: Unit, choices: dict[str, Any], by: str) -> None:
    """Save the form's choices; only what differs is written and told in the trail."""
    own = choices.pop("own_schools")
    changed = {name: value for name, value in choices.items() if getattr(owner.settings, name) != value}
    if changed:
        change_owner_settings(settings=owner.settings, by=by, **changed)
    choose_own_schools(owner=owner, codes=own, by=by)


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the body; `theirs` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@transaction.atomic
def change_body(*, owner: Unit, key: str, words: BodyWords, seen: str, by: str) -> None:
    """Change a body if it still is what the person saw; else raise ChangedMeanwhileError and change nothing."""
    OwnerSettings.objects.select_for_update().get(unit=owner)
    body = body_of(owner, key)
    if body is None or body_words(body) != seen:
        raise ChangedMeanwhileError(body_words(body) if body else "")
    save_body(owner=owner, key=key, words=words, by=by)


@transaction.atomic
def add_body(*, owner: Unit, words: BodyWords, by: str) -> str:
    """Add a body; its key is made from the name. Returns the key."""
    OwnerSettings.objects.select_for_update().get(unit=owner)
    start = slugify(words.name.translate(_LATIN))[:34] or "organ"
    key, number = start, 2
    while body_of(owner, key):
        key, number = f"{start}-{number}", number + 1
    save_body(owner=owner, key=key, words=words, by=by)
    return key


_LATIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
