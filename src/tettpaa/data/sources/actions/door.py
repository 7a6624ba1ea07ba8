"""The door: every uploaded file is looked at before a byte of it is kept. What is about persons is added up here, or goes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources import open_template
from tettpaa.data.sources.actions.names import remember_matches, save_school_names
from tettpaa.data.sources.actions.profiles import save_profile
from tettpaa.data.sources.actions.receive import (
    Pointed,
    clean_name,
    earlier_import,
    free_key,
    receive_file,
)
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.mapping.lines import template_bytes
from tettpaa.data.sources.mapping.look import Look
from tettpaa.data.sources.mapping.persons import has_identity_number
from tettpaa.data.sources.mapping.profile import Profile, profile_from
from tettpaa.data.sources.mapping.reading import Outcome
from tettpaa.data.sources.mapping.run import look_in_child, read_mapped_in_child
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.problem_json import problem_to_json
from tettpaa.data.sources.queries import profile_for, read_options
from tettpaa.data.sources.source import Problem

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: open and nameless, with the name that the sender gave it."""

    file: BinaryIO
    name: str
    by: str
    key: UUID | None = None

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        while chunk := self.file.read(CHUNK):
            yield chunk

    @property
    def safe_name(self) -> str:
        """The name, unless it is somebody's."""
        suffix = PurePath(self.name).suffix
        return f"fil{suffix}" if has_identity_number(self.name) else clean_name(self.name)


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a person has said about a file: the profile, its name, and which school or none each word is."""

    profile: Profile
    name: str
    schools: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file. Without a `row` nothing is kept: somebody must point at the columns of `look`.

    `outcome` holds what was wrong when it was read by `pointing`.
    """

    row: Import | None = None
    look: Look | None = None
    outcome: Outcome | None = None
    pointing: Pointing | None = None


def take_in(*, owner: Unit, sent: Sent) -> Taken:
    """Look at a file. A known source is kept as it is; a file that a saved profile fits is read by it.

    Raises `files.TooLargeError`.
    """
    if sent.key is not None and (earlier := earlier_import(sent.key, owner)):
        return Taken(earlier)
    look = look_in_child(sent.file)
    if look.problem is not None:
        return Taken(_refused(owner, sent, look.problem))
    if look.source and not look.is_about_persons:
        row = receive_file(
            owner=owner, chunks=sent.chunks(), file_name=sent.safe_name, by=sent.by, key=sent.key
        )
        return Taken(row)
    saved = profile_for(owner, look.heads)
    if saved is None:
        return Taken(look=look)
    pointing = Pointing(profile_from(saved.spec), saved.name)
    taken = take_in_pointed(owner=owner, sent=sent, pointing=pointing)
    return taken if taken.row else Taken(None, look, taken.outcome, pointing)


def take_in_pointed(*, owner: Unit, sent: Sent, pointing: Pointing) -> Taken:
    """Read a file as it was pointed at; keep only what was read, as our own template, and save the profile.

    With any problem nothing is kept, not even the problem: it may repeat what stood in the file.
    """
    if sent.key is not None and (earlier := earlier_import(sent.key, owner)):
        return Taken(earlier)
    options = read_options(owner, pointing.schools)
    outcome = read_mapped_in_child(sent.file, pointing.profile, options, pointing.name)
    if outcome.problem_count:
        return Taken(outcome=outcome, pointing=pointing)
    with transaction.atomic():
        if pointing.schools:
            save_school_names(owner=owner, source=open_template.KEY, codes=pointing.schools, by=sent.by)
        remember_matches(owner=owner, source=open_template.KEY, matches=outcome.matched_names, by=sent.by)
        profile = save_profile(owner=owner, name=pointing.name, profile=pointing.profile, by=sent.by)
        row = receive_file(
            owner=owner,
            chunks=[template_bytes(outcome.lines)],
            file_name=f"{pointing.name}.csv" if outcome.is_about_persons else sent.safe_name,
            by=sent.by,
            key=sent.key,
            pointed=Pointed(profile, _mapped(sent, outcome)),
        )
    return Taken(row)


def _mapped(sent: Sent, outcome: Outcome) -> dict[str, object]:
    """What the page tells of the reading. The fingerprint lets the owner prove which file it was."""
    sent.file.seek(0)
    return {
        "is_about_persons": outcome.is_about_persons,
        "counts": outcome.counts,
        "original_sha256": hashlib.sha256(sent.file.read()).hexdigest(),
    }


@transaction.atomic
def _refused(owner: Unit, sent: Sent, problem: Problem) -> Import:
    """A file that cannot be read leaves a line on the shelf that says why, and no byte of its own."""
    row = Import.objects.create(
        pk=free_key(sent.key),
        owner=owner,
        file=None,
        file_name=sent.safe_name,
        state=State.REJECTED,
        problems=[problem_to_json(problem)],
        problem_count=1,
        by=sent.by,
        checked_at=timezone.now(),
    )
    record(
        kind="sources.file_refused",
        by=sent.by,
        subject=row.file_name,
        subject_key=str(row.pk),
        owner=owner.code,
        detail={"problem": problem.code},
    )
    return row
