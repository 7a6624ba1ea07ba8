"""What a meeting refuses, each with the reason in words. The words are shown as they are."""

from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import day
from tettpaa.work.dialogue.models import Meeting

WEEK = 7


class RefusedError(Exception):
    """Something may not be done. `words` says why, in the reader's language."""

    @property
    def words(self) -> str:
        return str(self.args[0])


class FrozenError(RefusedError):
    """The package is locked, or not open yet."""


class TooLateError(RefusedError):
    """The agenda reaches people less than a week before, or a proposal comes after its deadline."""


class VoicesLastError(RefusedError):
    """Pupils, parents and staff were put at the end, where time runs out."""


class ChangedSinceError(RefusedError):
    """What was to be approved is not what the person saw."""


def agenda_too_late(meeting: Meeting, language: str) -> TooLateError:
    return TooLateError(
        _(
            "Saklista skulle vært sendt senest %(day)s. De som møter, skal ha minst sju dager til å "
            "forberede seg. Utsett møtet til en dag som gir dem det."
        )
        % {"day": day(meeting.agenda_by, language)}
    )
