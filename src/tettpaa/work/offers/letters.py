"""The letters of the room: how a registration stands, and a gathering that is near. Each goes out once."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.formats import day as day_in_words
from tettpaa.core.ui.letters import send_letter
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Step
from tettpaa.work.offers.models import Gathering, Offer, Registration, SentReminder
from tettpaa.work.yearwheel.letters import language_of

log = logging.getLogger(__name__)


def tell_standing(row: Registration) -> bool | None:
    """Confirmed, on the waiting list, a seat is offered or held, no from the leader, the seat went on."""
    seat = "seat" if row.seat else ""
    what = f"registration:{row.pk}:{row.place}:{row.state}:{row.until or ''}:{seat}"
    language = _language(row.employee, row.offer.owner)
    with translation.override(language):
        subject = _subject(row)
    context = {
        "row": row,
        "offer": row.offer,
        "steps": Step,
        "mine_address": _absolute("offers:mine", owner=row.offer.owner.code),
        "offer_address": _absolute("offers:offer", owner=row.offer.owner.code, offer=row.offer_id),
    }
    return _once(row.employee, what, lambda: _send(row.employee, subject, "standing", context, language))


def _subject(row: Registration) -> str:
    """Of the steps that somebody is told of; the caller has set the language."""
    title = {"title": row.offer.title}
    return {
        Step.CONFIRMED: _("Du har plass på «%(title)s»"),
        Step.WAITING: _("Du står på venteliste til «%(title)s»"),
        Step.OFFERED: _("Det er en ledig plass til deg på «%(title)s»"),
        Step.DECLINED: _("Lederen din har svart på påmeldingen til «%(title)s»"),
        Step.LAPSED: _("Plassen på «%(title)s» gikk til den neste"),
    }.get(Step(row.state), _("Påmeldingen din til «%(title)s»")) % title


def remind_of(gathering: Gathering, person: Employee, days: int, *, answer: str, task: str) -> bool | None:
    """A gathering is near: when, where, the task to have done, and whether one is coming."""
    language = _language(person, gathering.owner)
    with translation.override(language):
        subject = _("%(title)s %(when)s") % {
            "title": str(gathering.offer or gathering.network),
            "when": day_in_words(gathering.on, language),
        }
    context = {
        "gathering": gathering,
        "of": str(gathering.offer or gathering.network),
        "answer": answer,
        "task": task,
        "address": _absolute("offers:gathering", owner=gathering.owner.code, gathering=gathering.pk),
    }
    what = f"gathering:{gathering.pk}:{gathering.on.isoformat()}:{days}"
    return _once(person, what, lambda: _send(person, subject, "gathering", context, language))


def tell_called_off(person: Employee, of: Offer | Gathering) -> bool | None:
    """What one was to come to is called off, and why when somebody has said so."""
    owner, language = of.owner, _language(person, of.owner)
    title = of.title if isinstance(of, Offer) else str(of.offer or of.network)
    with translation.override(language):
        if isinstance(of, Offer):
            subject = _("«%(title)s» er avlyst") % {"title": title}
        else:
            when = day_in_words(of.on, language)
            subject = _("«%(title)s» %(when)s er avlyst") % {"title": title, "when": when}
    context = {
        "said": subject,
        "why": of.why_cancelled if isinstance(of, Offer) else "",
        "address": _absolute("offers:mine", owner=owner.code),
    }
    what = f"called_off:{of._meta.model_name}:{of.pk}"
    return _once(person, what, lambda: _send(person, subject, "called_off", context, language))


def _language(person: Employee, owner: Unit) -> str:
    return language_of(person.school or owner, owner)


def _send(person: Employee, subject: str, name: str, context: dict[str, Any], language: str) -> None:
    send_letter(
        to=person.email,
        subject=subject,
        template=f"offers/letters/{name}",
        context=context,
        language=language,
    )


def _once(person: Employee, what: str, write: Callable[[], None]) -> bool | None:
    """True: it went out. None: it had, or there is no address. False: the server refused; the next round tries again."""
    if not person.email:
        return None
    try:
        with transaction.atomic():
            SentReminder.objects.create(employee=person, what=what[:160])
            write()
    except IntegrityError:
        return None
    except (SMTPException, OSError):
        log.exception("a letter could not be sent; it is tried again in the next round")
        return False
    return True


def _absolute(route: str, **kwargs: Any) -> str:
    return settings.BASE_ADDRESS + reverse(route, kwargs=kwargs)
