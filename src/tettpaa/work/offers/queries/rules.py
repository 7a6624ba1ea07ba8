"""The owner's rules of the line, and what the evaluation asks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.work.offers.models import OfferRules
from tettpaa.work.offers.rules import REMIND_DAYS, Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions and the steps they are answered with, from the least to the most."""

    questions: tuple[str, ...]
    steps: tuple[str, ...]
    unknown: str


def rules_of(owner: Unit) -> Rules:
    """What the owner has chosen; the house's numbers until then."""
    found = OfferRules.objects.filter(owner=owner).first()
    if found is None:
        return Rules()
    return Rules(found.answer_days, found.hold_days, tuple(found.remind_days) or REMIND_DAYS)


def questions_of(owner: Unit) -> Asked:
    """The owner's questions and steps; four common ones until the owner has chosen."""
    found = OfferRules.objects.filter(owner=owner).first()
    questions = tuple(found.questions) if found else ()
    steps = tuple(found.steps) if found else ()
    return Asked(
        questions
        or (
            _("Innholdet passer til det jeg gjør i jobben min."),
            _("Jeg har prøvd noe av det i egen praksis."),
            _("Arbeidet mellom samlingene var nyttig."),
            _("Jeg vil råde andre til å delta."),
        ),
        steps or (_("Ikke i det hele tatt"), _("I liten grad"), _("I noen grad"), _("I stor grad")),
        _("Vet ikke"),
    )
