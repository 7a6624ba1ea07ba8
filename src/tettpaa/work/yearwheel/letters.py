"""The letters of the room: one question with three links, an offer, and the week's list."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.enums import LanguageForm
from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.formats import day as day_in_words
from tettpaa.core.ui.letters import send_letter
from tettpaa.work.yearwheel.enums import Kind
from tettpaa.work.yearwheel.models import Handover, Task
from tettpaa.work.yearwheel.queries import Group


def language_of(place: Unit, owner: Unit) -> str:
    """The language of a letter: the school's main language (OL § 15-2), else the owner's form, else bokmål."""
    return place.main_language or owner.settings.language_form or LanguageForm.NB


def send_question(*, user: User, task: Task, token: str, language: str, today: date) -> None:
    """Is it done? Three links, one answer."""
    with translation.override(language):
        when = day_in_words(task.due_on, language)
        subject = _("%(title)s – innen %(when)s") % {"title": task.title, "when": when}
    context: dict[str, Any] = {
        "task": task,
        "days": (task.due_on - today).days,
        "links": {
            kind.name.lower(): _absolute("yearwheel:answer", token=token, kind=kind.value) for kind in Kind
        },
        "task_address": _absolute("yearwheel:task", owner=task.owner.code, task=task.pk),
    }
    _send(user, subject, "question", context, language)


def send_offer(*, offer: Handover, language: str) -> None:
    """Somebody wants to give you a task; it stays with them until you accept."""
    task = offer.task
    with translation.override(language):
        subject = _("Vil du ta over «%(title)s»?") % {"title": task.title}
    address = _absolute("yearwheel:task", owner=task.owner.code, task=task.pk)
    _send(offer.to, subject, "offer", {"task": task, "offer": offer, "task_address": address}, language)


def send_digest(*, user: User, owner: Unit, groups: list[Group], language: str) -> None:
    """The week's list: what is late, and what is due within two weeks."""
    late = [group for group in groups if group.is_late]
    with translation.override(language):
        subject = ngettext("Ett gjøremål venter på deg", "%(n)s gjøremål venter på deg", len(groups)) % {
            "n": len(groups)
        }
    context = {
        "owner": owner,
        "late": [_entry(group) for group in late],
        "soon": [_entry(group) for group in groups if not group.is_late],
        "wheel_address": _absolute("yearwheel:wheel", owner=owner.code),
    }
    _send(user, subject, "digest", context, language)


def _entry(group: Group) -> dict[str, Any]:
    places = [line.place for line in group.open_lines if line.place]
    return {
        "title": group.first.title,
        "due_on": group.first.due_on,
        "places": ", ".join(places),
        "address": settings.BASE_ADDRESS + group.open_lines[0].address,
    }


def _send(user: User, subject: str, name: str, context: dict[str, Any], language: str) -> None:
    send_letter(
        to=user.email,
        subject=subject,
        template=f"yearwheel/letters/{name}",
        context=context,
        language=language,
    )


def _absolute(route: str, **kwargs: Any) -> str:
    return settings.BASE_ADDRESS + reverse(route, kwargs=kwargs)
