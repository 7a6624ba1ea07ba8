"""The files of an agreement, for its own page on the floor below."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.panels import Asked, Words
from tettpaa.work.agreements.queries import is_signed


def papers(asked: Asked, agreement: UUID) -> Iterator[Words]:
    """The open part when it is signed, and the whole for those who may read it."""
    if asked.school is None:
        return
    place = {"owner": asked.owner.code, "school": asked.school.code, "agreement": agreement}
    if is_signed(agreement):
        address = reverse("workspace:agreement_file", kwargs=place | {"kind": "offentlig"})
        yield Words(_("Last ned den åpne delen (PDF)"), address)
    if asked.viewer.may(Permission.AGREEMENTS_READ, asked.school):
        address = reverse("workspace:agreement_file", kwargs=place | {"kind": "intern"})
        yield Words(_("Last ned hele avtalen (PDF, intern)"), address)
