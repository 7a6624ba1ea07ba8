"""The letter to who applied: what the leader, the owner or the state has said, and why. Each goes out once."""

import logging
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import people_with
from tettpaa.core.ui.letters import send_letter
from tettpaa.work.funds.enums import State
from tettpaa.work.funds.models import Application, ApplicationStep
from tettpaa.work.yearwheel.letters import language_of

log = logging.getLogger(__name__)
_NAME: Final = "said"
_SUBJECTS: Final[dict[str, Promise]] = {
    State.SPOKEN: _("Lederen din har uttalt seg om søknaden «%(title)s»"),
    State.APPROVED: _("Søknaden «%(title)s» er prioritert"),
    State.REJECTED: _("Søknaden «%(title)s» er ikke godkjent av kommunen"),
    State.GRANTED: _("Søknaden «%(title)s» er innvilget"),
    State.REFUSED: _("Søknaden «%(title)s» er avslått"),
    State.ADMITTED: _("Du har fått studieplass: «%(title)s»"),
    State.NOT_ADMITTED: _("Du fikk ikke studieplass: «%(title)s»"),
    State.DEFERRED: _("«%(title)s» er utsatt"),
    State.PAID_AUTUMN: _("Pengene til «%(title)s» er utbetalt for høsten"),
    State.PAID: _("Pengene til «%(title)s» er utbetalt"),
    State.DROPPED: _("«%(title)s» er ført opp som avbrutt"),
}
_SPOKEN: Final[dict[bool, Promise]] = {
    True: _("Lederen din støtter søknaden «%(title)s». Nå ser kommunen på den."),
    False: _("Lederen din støtter ikke søknaden «%(title)s». Kommunen ser likevel på den."),
}
_SENTENCES: Final[dict[str, Promise]] = {
    State.APPROVED: _("Kommunen har satt søknaden «%(title)s» på plass %(place)s. Dette er grunnen:"),
    State.REJECTED: _("Kommunen har ikke godkjent søknaden «%(title)s». Dette er grunnen:"),
    State.GRANTED: _("Søknaden «%(title)s» er innvilget."),
    State.REFUSED: _("Søknaden «%(title)s» er avslått."),
    State.ADMITTED: _("Du har fått studieplass: «%(title)s». Kommunen bekrefter at du er med."),
    State.NOT_ADMITTED: _("Du fikk ikke studieplass: «%(title)s». Du kan søke igjen neste år."),
    State.DEFERRED: _("«%(title)s» er utsatt. Søknaden gjelder fortsatt. Dette er grunnen:"),
    State.PAID_AUTUMN: _("Pengene til «%(title)s» er utbetalt for høsten."),
    State.PAID: _("Pengene til «%(title)s» er utbetalt."),
    State.DROPPED: _("«%(title)s» er ført opp som avbrutt. Dette er grunnen:"),
}


def tell_step(pk: int) -> bool | None:
    """True: it went out. None: it had, or the application has moved on since. False: the mail server refused, and
    the next round tries again."""
    try:
        with transaction.atomic():
            rows = ApplicationStep.objects.select_for_update(of=("self",))
            step = rows.filter(pk=pk, told_at=None).select_related(*_WITH).first()
            if step is None or step.application.state != step.after or step.after not in _SUBJECTS:
                return None
            step.told_at = timezone.now()
            step.save(update_fields=["told_at"])
            _write(step)
    except (SMTPException, OSError):
        log.exception("a letter could not be sent; it is tried again in the next round")
        return False
    return True


_WITH: Final = (
    "application__owner__settings", "application__school", "application__employee", "application__call__scheme",
)  # fmt: skip


def _write(step: ApplicationStep) -> None:
    found = step.application
    language = language_of(found.school or found.owner, found.owner)
    with translation.override(language):
        subject = str(_SUBJECTS[step.after]) % {"title": found.title}
        said = _sentence(step)
    path = reverse("funds:application", kwargs={"owner": found.owner.code, "application": found.pk})
    context = {"step": step, "application": found, "said": said, "address": settings.BASE_ADDRESS + path}
    for address in _addresses(found):
        send_letter(
            to=address, subject=subject, template=f"funds/letters/{_NAME}", context=context, language=language
        )


def _sentence(step: ApplicationStep) -> str:
    """What has happened; the caller has set the language."""
    found = step.application
    is_word = step.after == State.SPOKEN
    said = _SPOKEN[bool(found.leader_supports)] if is_word else _SENTENCES[step.after]
    return str(said) % {"title": found.title, "place": found.place}


def _addresses(application: Application) -> list[str]:
    """The person's own; a school's application is its leaders'."""
    if application.employee is not None:
        return [application.employee.email] if application.employee.email else []
    if application.school is None or application.is_personal:
        return []
    leading = [key for key, role in roles().items() if Permission.FUNDS_ENDORSE in role.permissions]
    return [user.email for user in people_with(leading, application.school)]
