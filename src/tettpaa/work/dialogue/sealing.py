"""What is sealed of a meeting, as plain content: the package, the minutes, and the public minutes made from them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.panels import Asked, parts
from tettpaa.data.suppression.kinds import Edition
from tettpaa.work.agreements.bases import bases
from tettpaa.work.agreements.queries import status_lines
from tettpaa.work.dialogue import datasheet
from tettpaa.work.dialogue.enums import ParagraphKind, PartKey, PartState
from tettpaa.work.dialogue.models import AgreementRow, Meeting, Paragraph
from tettpaa.work.surveys.queries import assessment_of

LANGUAGES = ("nb", "nn", "en")


def package_content(meeting: Meeting, today: date) -> dict[str, Any]:
    """The package as it will be frozen: what is shared, the figures in both editions, and what is reckoned.

    A part that is not shared is named with its state only: what somebody has written and not shared is not sealed.
    """
    place = meeting.school or meeting.owner
    eyes = datasheet.owners_eyes(meeting.owner)
    return {
        "meeting": str(meeting.pk),
        "owner": meeting.owner.code,
        "school": meeting.school.code if meeting.school else None,
        "kind": meeting.kind.name,
        "starts_at": timezone.localtime(meeting.starts_at).isoformat(),
        "parts": [_part(part) for part in meeting.parts.select_related("body")],
        "data": {
            edition.key: datasheet.sheet(eyes, place, edition=edition)
            for edition in (Edition.PUBLIC, Edition.INTERNAL)
        },
        "last": last_agreements(eyes, meeting.school),
        "assessment": assessment(eyes, meeting),
        "others": [
            {"key": one.key, "title": str(one.title), "template": one.template, "order": one.order, "content": dict(one.content)}
            for one in parts(Asked(eyes, meeting.owner, today, school=meeting.school, goal=meeting.goal_id))
        ],
    }  # fmt: skip


def _part(part: Any) -> dict[str, Any]:
    shared = part.state == PartState.SHARED
    return {
        "key": part.key,
        "body": part.body.key if part.body else None,
        "state": part.state,
        "shared_at": timezone.localtime(part.shared_at).isoformat() if shared and part.shared_at else None,
        "content": part.content if shared and part.key != PartKey.DATA else {},
    }


def releases_in(content: Mapping[str, Any]) -> list[int]:
    """The releases that the frozen figures came from."""
    return sorted({release for sheet in content["data"].values() for release in sheet["releases"]})


def last_agreements(viewer: Any, school: Unit | None) -> list[dict[str, Any]]:
    """The lines of earlier agreements with how they go."""
    if school is None:
        return []
    return [plain(line) for line in status_lines(viewer, school)]


def assessment(viewer: Any, meeting: Meeting) -> Any:
    """The school's self-assessment, only when the school has shared it; else None."""
    if meeting.school is None:
        return None
    found = assessment_of(viewer, meeting.school, goal=meeting.goal)
    if found is None:
        return None
    content: dict[str, Any] = plain(found)
    del content["answered"]  # a number that pages only say about
    return content


def plain(value: Any) -> Any:
    """Dataclasses, dates and lazy words as dict, list and text, so that they can be sealed and read years later."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Iterable) and not hasattr(value, "__proxy_class__"):
        return [plain(one) for one in value]
    return str(value)


def minutes_content(meeting: Meeting, package: str) -> dict[str, Any]:
    """The minutes as they stand, with the exempt paragraphs: what both sides approve. `package`: its fingerprint."""
    texts: dict[Any, list[Paragraph]] = {}
    for row in meeting.paragraphs.filter(is_struck=False).order_by("written_at", "pk"):
        texts.setdefault(row.item_id, []).append(row)
    return {
        "meeting": str(meeting.pk),
        "owner": meeting.owner.code,
        "school": meeting.school.code if meeting.school else None,
        "kind": meeting.kind.name,
        "place": meeting.place,
        "starts_at": timezone.localtime(meeting.starts_at).isoformat(),
        "package": package,
        "present": _attendance(meeting, present=True),
        "absent": _attendance(meeting, present=False),
        "next_check_on": meeting.next_check_on.isoformat() if meeting.next_check_on else None,
        "items": [
            {
                "number": item.number,
                "title": item.title,
                **{
                    kind.value: [
                        {"text": row.text, "basis": row.basis}
                        for row in texts.get(item.pk, [])
                        if row.kind == kind
                    ]
                    for kind in ParagraphKind
                },
            }
            for item in meeting.items.all()
        ],
        "rows": [row_content(row) for row in meeting.rows.filter(is_struck=False).select_related("goal")],
    }


def row_content(row: AgreementRow) -> dict[str, Any]:
    return {
        "side": row.side,
        "what": row.what,
        "goal": row.goal.text if row.goal else "",
        "indicator": row.indicator,
        "why": row.why,
        "who": row.who,
        "due_on": row.due_on.isoformat(),
        "sign": row.sign,
    }


def _attendance(meeting: Meeting, *, present: bool) -> list[dict[str, str]]:
    return [
        {"side": row.side, "role": row.role}
        for row in meeting.participants.all()
        if row.was_present is present
    ]


def public_content(full: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The public minutes: every exempt paragraph gives way to its legal basis, and nothing else of it is left.

    Neither the package's fingerprint nor that of the full minutes is here: with them a removed text could be guessed
    and the guess confirmed.
    """
    kept = {name: value for name, value in full.items() if name not in {"package", "items"}}
    kept["items"] = [
        {
            "number": item["number"],
            "title": item["title"],
            **{
                kind.value: [
                    {"exempt": cited(row["basis"], language)} if row["basis"] else {"text": row["text"]}
                    for row in item[kind.value]
                ]
                for kind in ParagraphKind
            },
        }
        for item in full["items"]
    ]
    return kept


def cited(key: str, language: str) -> str:
    """How the law is cited; a basis that is not in the list is shown as it is, never left out."""
    found = bases().get(key)
    return found.cited(language) if found else key
