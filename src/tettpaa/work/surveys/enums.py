"""States of a round of self-assessment, and the paths between them."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a round is. The school sees the result when it is closed, the owner only while it is shared."""

    PLANNED = "planned", _("Planlagt")
    OPEN = "open", _("Åpen for svar")
    CLOSED = "closed", _("Lukket")
    COMPLETED = "completed", _("Ferdigstilt")
    SHARED = "shared", _("Delt med skoleeier")
    WITHDRAWN = "withdrawn", _("Deling trukket")
    ARCHIVED = "archived", _("Arkivert")


PATHS: Final[Mapping[str, Collection[str]]] = {
    State.PLANNED: (State.OPEN,),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.COMPLETED,),
    State.COMPLETED: (State.SHARED, State.ARCHIVED),
    State.SHARED: (State.WITHDRAWN, State.ARCHIVED),
    State.WITHDRAWN: (State.SHARED, State.ARCHIVED),
}

COUNTED: Final = (State.CLOSED, State.COMPLETED, State.SHARED, State.WITHDRAWN, State.ARCHIVED)
