"""Taking a file in: bytes to the store first, then the row, then the job that checks it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources import files
from tettpaa.data.sources.models import ColumnProfile, Import, StoredFile

CHECK = "sources.check"
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Pointed:
    """How a file came to be what is kept of it: the profile, and what was read or added up."""

    profile: ColumnProfile
    mapped: Mapping[str, Any]


def receive_file(
    *,
    owner: Unit,
    chunks: Iterable[bytes],
    file_name: str,
    by: str,
    key: UUID | None = None,
    pointed: Pointed | None = None,
) -> Import:
    """Keep a file's bytes and start checking it. Figures do not change. What may be about persons goes by `take_in`.

    `key` is the upload form's own number: sent twice it gives the same import. Raises
    `files.TooLargeError` beyond `settings.MAX_UPLOAD_BYTES`.
    """
    if key is not None and (earlier := earlier_import(key, owner)):
        return earlier
    kept = files.keep(chunks, limit=settings.MAX_UPLOAD_BYTES)
    name = clean_name(file_name)
    with transaction.atomic():
        stored, _ = StoredFile.objects.get_or_create(sha256=kept.sha256, defaults={"size": kept.size})
        row, created = Import.objects.get_or_create(
            pk=free_key(key),
            defaults={"owner": owner, "file": stored, "file_name": name, "by": by} | _fields(pointed),
        )
        if created:
            job = enqueue(kind=CHECK, arguments={"import": str(row.pk)}, by=by, owner=owner.code)
            row.job = job.pk
            row.save(update_fields=["job"])
            record(
                kind="sources.file_received",
                by=by,
                subject=name,
                subject_key=str(row.pk),
                owner=owner.code,
                detail={"sha256": kept.sha256, "size": kept.size} | _told(pointed),
            )
    return row


def clean_name(name: str) -> str:
    """The last part of a path, without invisible letters, at most 200 characters."""
    last = re.split(r"[\\/]", name)[-1]
    return _UNWANTED.sub("", last).strip()[-200:] or "fil"


def _fields(pointed: Pointed | None) -> dict[str, Any]:
    return {"profile": pointed.profile, "mapped": dict(pointed.mapped)} if pointed else {}


def _told(pointed: Pointed | None) -> dict[str, Any]:
    if pointed is None:
        return {}
    return {"profile": str(pointed.profile), "added_up": bool(pointed.mapped["is_about_persons"])}


def earlier_import(key: UUID, owner: Unit) -> Import | None:
    """What the same form brought in before."""
    return Import.objects.filter(pk=key, owner=owner).first()


def free_key(key: UUID | None) -> UUID:
    """The form's number, unless somebody else's import has it already."""
    if key is None or Import.objects.filter(pk=key).exists():
        return uuid4()
    return key
