"""What a school's name in a file means. Saved for the next file, and can be corrected."""

from collections.abc import Mapping

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.models import NameMapping


@transaction.atomic
def save_school_names(*, owner: Unit | None, source: str, codes: Mapping[str, str], by: str) -> int:
    """Save name → organisation number (empty: leave the name out). Returns how many are new or changed."""
    changed = {}
    for name, code in codes.items():
        row = NameMapping.objects.filter(owner=owner, source=source, name=name).first()
        if row is None:
            NameMapping.objects.create(owner=owner, source=source, name=name, code=code, by=by)
        elif row.code != code:
            row.code, row.by = code, by
            row.save()
        else:
            continue
        changed[name] = code
    if changed:
        record(
            kind="sources.names_saved",
            by=by,
            subject=source,
            owner=owner.code if owner else "",
            detail={"names": changed},
        )
    return len(changed)


def remember_matches(*, owner: Unit | None, source: str, matches: Mapping[str, str], by: str) -> None:
    """Save the names that the reader matched by itself, where nobody has said anything yet."""
    known = set(
        NameMapping.objects.filter(owner=owner, source=source, name__in=matches).values_list(
            "name", flat=True
        )
    )
    NameMapping.objects.bulk_create(
        NameMapping(owner=owner, source=source, name=name, code=code, by=by)
        for name, code in matches.items()
        if name not in known
    )
