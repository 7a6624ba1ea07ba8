"""Letters about a meeting, to the people who hold the roles that take part, each in the school's language."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.queries import people_with
from tettpaa.core.ui.formats import known
from tettpaa.core.ui.letters import send_each, send_letter
from tettpaa.work.dialogue.dates import address_of
from tettpaa.work.dialogue.enums import LetterKind, Side
from tettpaa.work.dialogue.models import Meeting, SentLetter
from tettpaa.work.dialogue.queries import agenda_of
from tettpaa.work.dialogue.wording import moment_words

_BOTH_SIDES: Final = {LetterKind.COMMENTS}


def send_all(key: str, kind: LetterKind, *, about: str, progress: Callable[[int, int], None]) -> int:
    """Send the letters that are not sent yet; returns how many. Raises what the mail server raises: the job tries again."""
    meeting = Meeting.objects.select_related("owner", "school", "kind").get(pk=key)
    return send_each(
        recipients(meeting, kind),
        keep=lambda person: SentLetter.objects.get_or_create(
            meeting=meeting, kind=kind, about=about[:40], to=person.email
        ),
        send=lambda person: _send(meeting, kind, person),
        progress=progress,
    )


def recipients(meeting: Meeting, kind: LetterKind) -> list[User]:
    """Who gets it, each once: those who take part; the draft of the minutes only the two sides."""
    found: dict[int, User] = {}
    for row in meeting.participants.select_related("body"):
        if kind in _BOTH_SIDES and row.body is not None:
            continue
        place = meeting.school if row.side == Side.SCHOOL and meeting.school else meeting.owner
        found |= {person.pk: person for person in people_with([row.role], place)}
    return list(found.values())


def _send(meeting: Meeting, kind: LetterKind, person: User) -> None:
    language = known((meeting.school.main_language if meeting.school else "") or "nb")
    with override(language):
        context = {
            "meeting": meeting,
            "place": (meeting.school or meeting.owner).label,
            "when": moment_words(meeting),
            "address": address_of(meeting, "public" if kind == LetterKind.PUBLIC else "meeting"),
            "agenda": agenda_of(meeting) if kind == LetterKind.AGENDA else [],
        }
        subject = _subject(meeting, kind)
    send_letter(
        to=person.email,
        subject=subject,
        template=f"dialogue/letters/{kind}",
        context=context,
        language=language,
    )


def _subject(meeting: Meeting, kind: LetterKind) -> str:
    words = {
        LetterKind.INVITATION: _("%(kind)s %(when)s"),
        LetterKind.AGENDA: _("Saklista til %(kind)s %(when)s"),
        LetterKind.COMMENTS: _("Referatet fra %(kind)s er klart til kommentar"),
        LetterKind.PUBLIC: _("Referatet fra %(kind)s er ute"),
        LetterKind.POSTPONED: _("%(kind)s er utsatt"),
        LetterKind.CANCELLED: _("%(kind)s er avlyst"),
    }[kind]
    return words % {"kind": meeting.kind.name, "when": moment_words(meeting)}
