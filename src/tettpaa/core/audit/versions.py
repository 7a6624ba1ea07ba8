"""Two people at once: nobody's words are lost, and the second is shown what the first wrote (R18)."""

from collections.abc import Collection

from django.db import models


class Versioned(models.Model):
    """A row that several people may write. `version` counts the changes."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class ConflictError(Exception):
    """Somebody else has changed the row. `theirs` is the row as it is now, `mine` as the caller wanted it."""

    def __init__(self, theirs: Versioned, mine: Versioned) -> None:
        super().__init__(f"{theirs} was changed in the meantime")
        self.theirs = theirs
        self.mine = mine


def save_changes(mine: Versioned, *, version: int, fields: Collection[str]) -> None:
    """Write `fields` if the row still is at `version`, the one the person saw; else raise ConflictError.

    One UPDATE with the version in its WHERE, so it holds on both databases however many write at once.
    """
    rows = type(mine)._default_manager.filter(pk=mine.pk, version=version)
    if not rows.update(**{name: getattr(mine, name) for name in fields}, version=version + 1):
        raise ConflictError(type(mine)._default_manager.get(pk=mine.pk), mine)
    mine.version = version + 1
