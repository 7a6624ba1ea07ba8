"""What a register said: kept as it came, held against what is here, and let in by a person."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import all_schools_in, confirmed_successions
from tettpaa.core.orgs.registers import Change, take_in_codes, take_in_groups
from tettpaa.core.orgs.schools import SchoolFacts, take_in_schools
from tettpaa.data.sources import files
from tettpaa.data.sources.models import RegisterReading, StoredFile
from tettpaa.data.sources.queries import register_of
from tettpaa.data.sources.register import proposals
from tettpaa.data.sources.register.nsr import RegisterSchool
from tettpaa.data.sources.register.reading import codes_in, groups_in, schools_in

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the register has that is not so here. `successors` wait for a person's word on each."""

    missing: tuple[RegisterSchool, ...] = ()
    ended: tuple[RegisterSchool, ...] = ()
    differing: tuple[RegisterSchool, ...] = ()
    successors: tuple[proposals.Successor, ...] = ()

    @property
    def count(self) -> int:
        return len(self.missing) + len(self.ended) + len(self.differing) + len(self.successors)


def keep_register(*, owner: Unit, path: Path, by: str) -> RegisterReading:
    """Keep the answers and what they say. Raises FetchError, and keeps what was, when they are of another form."""
    schools = schools_in(path)
    kept = files.keep(_chunks(path), limit=settings.MAX_UPLOAD_BYTES)
    with transaction.atomic():
        stored, _ = StoredFile.objects.get_or_create(sha256=kept.sha256, defaults={"size": kept.size})
        row, _ = RegisterReading.objects.update_or_create(
            owner=owner,
            defaults={
                "file": stored,
                "schools": [school.as_json() for school in schools],
                "by": by,
                "read_at": timezone.now(),
            },
        )
        record(
            kind="sources.register_read",
            by=by,
            subject=owner.label,
            subject_key=owner.code,
            owner=owner.code,
            detail={"schools": len(schools), "sha256": kept.sha256},
        )
    return row


def proposals_for(owner: Unit) -> Proposals:
    """What the last reading has that is not so here; nothing when the register was never asked."""
    row = register_of(owner)
    if row is None:
        return Proposals()
    register = [RegisterSchool(**school) for school in row.schools]
    units = all_schools_in(owner)
    here = [
        proposals.Here(
            one.code, one.grade_from, one.grade_to, one.main_language, is_ended=one.valid_to is not None
        )
        for one in units
    ]
    known = {one.code for one in here}
    taken = [(link.old.code, link.new.code) for link in confirmed_successions(owner)]
    pairs = proposals.successors([one for one in register if one.code in known], taken)
    return Proposals(
        tuple(proposals.missing(register, known)),
        tuple(proposals.ended(register, here)),
        tuple(proposals.differing(register, here)),
        tuple(pairs),
    )


def take_in_from_register(*, owner: Unit, codes: Collection[str], by: str) -> int:
    """Do what the register proposes for the schools with these numbers. Returns how many were added or changed."""
    found = proposals_for(owner)
    chosen = [one for one in (*found.missing, *found.ended, *found.differing) if one.code in codes]
    added, changed = take_in_schools(owner=owner, schools=map(_facts, chosen), by=by)
    return len(added) + len(changed)


def take_in_municipalities(*, path: Path, by: str) -> list[str]:
    """Let SSB's codes and groups in. Returns the municipalities that are new, or have a new name or group. Raises FetchError."""
    (codes, changes), groups = codes_in(path), groups_in(path)
    with transaction.atomic():
        fresh = take_in_codes(codes=codes, changes=[Change(*change) for change in changes], by=by)
        return sorted({*fresh, *(take_in_groups(groups=groups, by=by) if groups else ())})


def _facts(school: RegisterSchool) -> SchoolFacts:
    return SchoolFacts(
        school.code,
        school.name,
        school.grade_from,
        school.grade_to,
        school.language,
        school.is_private,
        school.end,
    )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
