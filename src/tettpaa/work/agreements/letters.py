"""The letter to those whose signature is waited for, in the school's language.

It names the two sides and nothing else, as an agreement's title alone can tell how a school is doing.
"""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import people_with
from tettpaa.core.ui.formats import known
from tettpaa.core.ui.letters import send_each, send_letter
from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.enums import Side
from tettpaa.work.agreements.models import Agreement, SigningLetter, StateChange
from tettpaa.work.agreements.sealing import READY

_NAME: Final = "signing"


def send_all(step_id: int, *, progress: Callable[[int, int], None]) -> int:
    """Send the letters that are not sent yet; returns how many. Raises what the mail server raises: the job tries again.

    None goes out when the text has gone on since, as nobody's signature is waited for there any more.
    """
    step = StateChange.objects.select_related("agreement__owner", "agreement__school").get(pk=step_id)
    agreement = step.agreement
    if agreement.steps.filter(wording=step.wording, pk__gt=step.pk).exists():
        return 0
    side = next(side for side, state in READY.items() if state == step.after)
    return send_each(
        signers(agreement, side),
        keep=lambda person: SigningLetter.objects.get_or_create(step=step, to=person.email),
        send=lambda person: _send(agreement, side, person),
        progress=progress,
    )


def signers(agreement: Agreement, side: Side) -> list[User]:
    """Who may sign for the side today: those who hold such a role at its own place."""
    signing = [key for key, role in roles().items() if Permission.AGREEMENTS_SIGN in role.permissions]
    return people_with(signing, agreement.school if side is Side.SCHOOL else agreement.owner)


def _send(agreement: Agreement, side: Side, person: User) -> None:
    language = known(agreement.school.main_language or "nb")
    with override(language):
        subject = _("En avtale venter på signaturen din: %(school)s") % {"school": agreement.school.label}
    send_letter(
        to=person.email,
        subject=subject,
        template=f"agreements/letters/{_NAME}",
        context={
            "agreement": agreement,
            "address": address_of(agreement),
            "is_second": side is Side.OWNER,
        },
        language=language,
    )
