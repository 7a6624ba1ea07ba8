"""Where an agreement stands, for rooms that link to it."""

from django.urls import reverse

from tettpaa.work.agreements.models import Agreement


def address_of(agreement: Agreement) -> str:
    """The agreement's own page."""
    return reverse(
        "agreements:agreement",
        kwargs={
            "owner": agreement.owner.code,
            "school": agreement.school.code,
            "agreement": agreement.pk,
        },
    )
