"""The owner's rules of the line."""

from tettpaa.core.orgs.models import Unit
from tettpaa.work.offers.models import OfferRules
from tettpaa.work.offers.rules import REMIND_DAYS, Rules


def rules_of(owner: Unit) -> Rules:
    """What the owner has chosen; the house's numbers until then."""
    found = OfferRules.objects.filter(owner=owner).first()
    if found is None:
        return Rules()
    return Rules(found.answer_days, found.hold_days, tuple(found.remind_days) or REMIND_DAYS)
