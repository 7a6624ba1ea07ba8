"""The letter to those who speak for a body that is asked, each in the language of the place they speak from."""

from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.enums import BodyLevel
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import people_with, schools_of
from tettpaa.core.ui.formats import known
from tettpaa.core.ui.letters import send_each, send_letter
from tettpaa.report.annual.context import language_of
from tettpaa.report.decisions.models import Hearing, HearingLetter

_NAME: Final = "hearing"


def send_all(key: str, *, progress: Callable[[int, int], None]) -> int:
    """Send the letters that are not sent yet; returns how many. Raises what the mail server raises: the job tries again."""
    hearing = Hearing.objects.select_related("owner__settings", "case__plan", "body").get(pk=key)
    return send_each(
        recipients(hearing),
        keep=lambda one: HearingLetter.objects.get_or_create(hearing=hearing, to=one[0].email),
        send=lambda one: _send(hearing, *one),
        progress=progress,
    )


def recipients(hearing: Hearing) -> list[tuple[User, Unit]]:
    """Who speaks for the body and from where, each person once: at every school, or at the owner."""
    owner, role = hearing.owner, hearing.body.role
    places = schools_of(owner) if hearing.body.level == BodyLevel.SCHOOL else [owner]
    found: dict[int, tuple[User, Unit]] = {}
    for place in places:
        for person in people_with([role], place):
            found.setdefault(person.pk, (person, place))
    return list(found.values())


def _send(hearing: Hearing, person: User, place: Unit) -> None:
    is_owner = place.pk == hearing.owner_id
    language = language_of(hearing.owner) if is_owner else known(place.main_language)
    plan = hearing.case.plan
    code = hearing.owner.code
    with override(language):
        subject = _("Si hva dere mener: %(case)s") % {"case": hearing.case.title}
        context = {
            "hearing": hearing,
            "place": place.label,
            "address": reverse("decisions:hearing", kwargs={"owner": code, "hearing": hearing.pk}),
            "plan_address": reverse("plans:one", kwargs={"owner": code, "plan": plan.pk}) if plan else "",
        }
    send_letter(
        to=person.email,
        subject=subject,
        template=f"decisions/letters/{_NAME}",
        context=context,
        language=language,
    )
