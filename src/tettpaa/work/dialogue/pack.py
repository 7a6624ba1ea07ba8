"""The room's part of a pack: `meetings.toml`, the kinds of meeting with their days, their agenda and who takes part."""

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.packs.registry import Path, Shape
from tettpaa.work.dialogue.actions import end_kind, save_kind
from tettpaa.work.dialogue.models import MeetingKind

type Voice = Literal["", "all", "pupils", "parents", "staff"]


class Item(Shape):
    """An item of the standard agenda. `voice` says whose voice opens it."""

    title: str = Field(min_length=1, max_length=160)
    minutes: int = Field(default=10, ge=1, le=240)
    voice: Voice = ""
    about: str = ""


class Kind(Shape):
    """A kind of meeting. Days are counted back from the meeting; those of the minutes forward."""

    key: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    name: str = Field(min_length=1, max_length=120)
    about: str = ""
    level: Literal["school", "owner"] = "school"
    place: str = Field(default="", max_length=120)
    days_open: int = Field(default=21, ge=7, le=365)
    days_proposals: int = Field(default=14, ge=7, le=365)
    days_freeze: int = Field(default=7, ge=7, le=365)
    days_agenda: int = Field(default=7, ge=7, le=365)
    days_minutes: int = Field(default=7, ge=0, le=365)
    days_approval: int = Field(default=14, ge=0, le=365)
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @field_validator("roles")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [role for role in value if role not in roles()]
        if unknown:
            raise ValueError(f"no role is called {unknown[0]!r}")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> "Kind":
        if not self.days_open >= self.days_proposals >= self.days_freeze >= self.days_agenda:
            raise ValueError("days_open >= days_proposals >= days_freeze >= days_agenda")
        if len(self.items) > 1 and self.items[-1].voice:
            raise ValueError("an item that a voice opens may not be the last one")
        return self


class Meetings(Shape):
    """`meetings.toml`."""

    kinds: tuple[Kind, ...] = ()


_FIELDS = tuple(name for name in Kind.model_fields if name != "key")


def read(owner: Unit) -> Meetings:
    """The owner's kinds in use today."""
    rows = MeetingKind.objects.filter(owner=owner, is_active=True)
    return Meetings(
        kinds=tuple(Kind(key=row.key, **{name: getattr(row, name) for name in _FIELDS}) for row in rows)
    )


def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """One kind. One that the pack has no more is ended, and deleted only when no meeting was of it."""
    if path == ("",):
        return
    _list, key = path
    if content is None:
        kind = MeetingKind.objects.filter(owner=owner, key=key).select_related("owner").first()
        if kind is not None:
            end_kind(kind=kind, by=by)
        return
    order = list(MeetingKind.objects.filter(owner=owner).values_list("key", flat=True))
    fields = {name: content[name] for name in _FIELDS if name in content}
    fields |= {name: list(content.get(name, ())) for name in ("roles", "bodies", "items")}
    fields["items"] = [
        {"title": item["title"], "minutes": item.get("minutes", 10), "voice": item.get("voice", ""), "about": item.get("about", "")}
        for item in fields["items"]
    ]  # fmt: skip
    number = order.index(key) if key in order else len(order)
    save_kind(owner=owner, key=key, fields={**fields, "is_active": True, "order": number}, by=by)
