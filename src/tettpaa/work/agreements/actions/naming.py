"""What an owner calls the kinds, and the trace of every look at an annex."""

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.work.agreements.actions.ground import told
from tettpaa.work.agreements.models import Agreement, KindName


@transaction.atomic
def name_kind(*, owner: Unit, kind: str, name: str, by: str, use: str = "") -> None:
    """Give a kind the owner's own name; an empty name takes it away."""
    if name:
        KindName.objects.update_or_create(owner=owner, kind=kind, defaults={"name": name, "use": use})
    else:
        KindName.objects.filter(owner=owner, kind=kind).delete()
    record(
        kind="agreements.kind_named",
        by=by,
        subject=owner.label,
        subject_key=kind,
        owner=owner.code,
    )


@transaction.atomic
def note_annex_look(*, agreement: Agreement, by: str) -> None:
    """Somebody opened the restricted annex; written down before it is shown."""
    told(agreement, "annex_read", by)
