"""Sealed texts: one version to read or to print, what two differ in, what is to be signed, the open part."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.content import open_part, wording_content
from tettpaa.work.agreements.enums import Side, WordingState
from tettpaa.work.agreements.models import (
    Agreement,
    AgreementVersion,
    Checkpoint,
    Commitment,
    StatusReport,
    Wording,
)
from tettpaa.work.agreements.queries.page import (
    Point,
    Signed,
    VersionLine,
    points_of,
    signed,
    versions_of,
)
from tettpaa.work.agreements.sealing import READY, next_number, to_sign

PARTS = ("goals", "commitments", "competence", "checkpoints", "consultations")
FRAME = ("title", "background", "starts_on", "ends_on", "next_step", "not_heard")
QUIET = frozenset({"line", "number", "pair", "role", "baseline", "gender", "as_initiative", "agreement"})


@dataclass(frozen=True)
class Paper:
    """A text to print: its content, who signed it, its fingerprint. `number` 0 is a draft nobody has signed."""

    agreement: Agreement
    content: Mapping[str, Any]
    signatures: Sequence[Signed]
    fingerprint: str
    number: int
    is_public: bool
    sealed_on: date | None
    in_force: bool


def document_content(viewer: Viewer, agreement: Agreement, number: int = 0, *, public: bool = False) -> Paper:
    """A version as a document may hold it; number 0 means the one in force, or the draft when none is.

    `public` leaves out all but the open part, and exists only for what both have signed. Raises Http404.
    """
    whole = viewer.may(Permission.AGREEMENTS_READ, agreement.school)
    may_open = viewer.may(Permission.AGREEMENTS_PUBLIC, agreement.school)
    if not (may_open if public else whole):
        raise Http404
    wanted = number or agreement.in_force
    if not wanted:
        if public:
            raise Http404
        return _draft(agreement)
    line = next((one for one in versions_of(agreement) if one.version.number == wanted), None)
    if line is None or (public and wanted != agreement.in_force):
        raise Http404
    return Paper(
        agreement=agreement,
        content=open_part(line.content) if public else line.content,
        signatures=line.signatures,
        fingerprint=line.version.fingerprint,
        number=wanted,
        is_public=public,
        sealed_on=line.version.sealed_at.date(),
        in_force=wanted == agreement.in_force and agreement.lives,
    )


def _draft(agreement: Agreement) -> Paper:
    wording = agreement.wordings.last()
    if wording is None:
        raise Http404
    wording.agreement = agreement
    content = wording_content(wording, next_number(agreement))
    return Paper(agreement, content, (), "", 0, is_public=False, sealed_on=None, in_force=False)


@dataclass(frozen=True)
class Signing:
    """What a side is asked to sign."""

    wording: Wording
    side: Side
    number: int
    content: Mapping[str, Any]
    annex: Mapping[str, Any] | None
    fingerprint: str
    signatures: Sequence[Signed]


def signing_for(agreement: Agreement, sides: frozenset[Side]) -> Signing | None:
    """The text that waits for one of these sides' signature, exactly as it will be or is sealed."""
    for side in Side:
        wording = agreement.wordings.filter(state=READY[side]).first() if side in sides else None
        if wording is None:
            continue
        wording.agreement = agreement
        if side is Side.SCHOOL:
            number = next_number(agreement)
            what = to_sign(wording, number)
            return Signing(
                wording, side, number, json.loads(what.text), _annex(what.annex_text), what.fingerprint, ()
            )
        version = wording.versions.order_by("-number")[0]
        return Signing(
            wording,
            side,
            version.number,
            json.loads(version.text),
            _annex(version.annex_text),
            version.fingerprint,
            [signed(one, version.number) for one in version.signatures.all()],
        )
    return None


def _annex(text: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = json.loads(text) if text else None
    return found


def annex_of(wording: Wording) -> list[Any]:
    """The paragraphs of a text's annex, for those who may read it; the caller writes the look down first."""
    return list(wording.annexparagraphs.all())


def version_of(agreement: Agreement, number: int) -> VersionLine:
    """A sealed version, or Http404."""
    found = next((one for one in versions_of(agreement) if one.version.number == number), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Difference:
    """One thing that is new, gone or changed. `before` and `after` are words; empty for none."""

    part: str
    name: str
    field: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What two versions differ in, in the order of the text."""
    names = _part_names()
    found = [
        Difference(_("Rammer"), "", _field_names()[name], _said(before[name], name), _said(after[name], name))
        for name in FRAME
        if before[name] != after[name]
    ]
    for part in PARTS:
        found += _of_part(names[part], before[part], after[part])
    if before["annex"] != after["annex"]:
        found.append(Difference(_("Vedlegg"), "", "", "", _("Det avgrensede vedlegget er endret.")))
    return found


def _of_part(part: str, before: list[Any], after: list[Any]) -> list[Difference]:
    old, new = ({row["line"]: row for row in rows} for rows in (before, after))
    found = [Difference(part, _name(row), "", _name(row), "") for key, row in old.items() if key not in new]
    for key, row in new.items():
        if key not in old:
            found.append(Difference(part, _name(row), "", "", _name(row)))
            continue
        found += [
            Difference(
                part,
                _name(row),
                _field_names()[field],
                _said(old[key].get(field), field),
                _said(value, field),
            )
            for field, value in row.items()
            if field not in QUIET and old[key].get(field) != value
        ]
    return found


def _name(row: Mapping[str, Any]) -> str:
    for field in ("what", "text", "need", "name"):
        if field in row:
            return str(row[field])
    return _said(row["due_on"], "due_on")


def _said(value: Any, field: str = "") -> str:
    """A value in words: days as days, numbers with the reader's comma."""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if value is None or value == "":
        return ""
    if field.endswith("_on"):
        return formats.day(date.fromisoformat(value), reader_language())
    if isinstance(value, float):
        return formats.number(value, 0 if value == int(value) else 1, reader_language())
    return str(value)


def _part_names() -> dict[str, str]:
    return {
        "goals": _("Mål"),
        "commitments": _("Løfter"),
        "competence": _("Kompetanse"),
        "checkpoints": _("Sjekkpunkt"),
        "consultations": _("Hørt"),
    }


def _field_names() -> dict[str, str]:
    return {
        "title": _("Tittel"),
        "background": _("Bakgrunn"),
        "starts_on": _("Fra"),
        "ends_on": _("Til"),
        "next_step": _("Neste steg"),
        "not_heard": _("Hvorfor ingen er hørt"),
        "goal": _("Mål i planen"),
        "text": _("Mål"),
        "indicator": _("Indikator"),
        "indicator_name": _("Indikator"),
        "grade": _("Klassetrinn"),
        "target": _("Målverdi"),
        "target_on": _("Når"),
        "sign": _("Vi ser det når"),
        "side": _("Hvem lover"),
        "what": _("Hva"),
        "why": _("Hvorfor"),
        "who": _("Ansvar"),
        "due_on": _("Innen"),
        "need": _("Behov"),
        "how": _("Hvordan"),
        "about": _("Om"),
        "name": _("Hvem"),
        "asked_on": _("Spurt"),
        "heard_on": _("Hørt"),
        "said": _("Hva de sa"),
        "changed": _("Hva det endret"),
    }


@dataclass(frozen=True)
class OpenPage:
    """The open part of the version in force, with how the promises of both go."""

    agreement: Agreement
    content: Mapping[str, Any]
    version: AgreementVersion
    signatures: Sequence[Signed]
    promises: Sequence[Commitment]


def open_page(agreement: Agreement) -> OpenPage:
    """What everybody sees. The caller has fetched through `access.agreement_open_part`."""
    line = version_of(agreement, agreement.in_force)
    rows = Commitment.objects.filter(
        wording__agreement=agreement, wording__state=WordingState.IN_FORCE
    ).select_related("why_goal")
    return OpenPage(agreement, open_part(line.content), line.version, line.signatures, list(rows))


def readable(content: Mapping[str, Any]) -> dict[str, Any]:
    """Sealed content for a page: days as dates, and the promises as rows of the spine under `pairs`."""
    found: dict[str, Any] = _with_dates(content)
    tied: dict[int, dict[str, Any]] = defaultdict(dict)
    alone = 0
    for row in found["commitments"]:
        alone -= 1
        key = row["pair"] if row["pair"] and row["side"] not in tied[row["pair"]] else alone
        tied[key][row["side"]] = row
    found["pairs"] = [pair for pair in tied.values() if pair]
    return found


def _with_dates(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: date.fromisoformat(one) if name.endswith("_on") and one else _with_dates(one)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_with_dates(one) for one in value]
    return value


def open_points(agreement: Agreement, today: date) -> list[Point]:
    """Dates of the checkpoints and what each came to; what was said is not in the open part."""
    rows = Checkpoint.objects.filter(
        wording__agreement=agreement, wording__state=WordingState.IN_FORCE
    ).defer("school_says", "owner_says")
    return points_of(rows, today)


def said_of(agreement: Agreement, line: UUID) -> list[StatusReport]:
    """What was said of a promise, newest first."""
    return list(agreement.status_reports.filter(line=line).order_by("-pk"))
