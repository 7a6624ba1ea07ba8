"""The room's part of a pack: `agreements.toml`, what an owner calls the kinds of agreement."""

from typing import Any, Literal

from pydantic import Field

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.agreements.actions.naming import name_kind
from tettpaa.work.agreements.models import KindName


class KindShape(Shape):
    """`[[kinds]]`: one of the four kinds, with the owner's name for it and when it is used."""

    key: Literal["follow_up", "support", "binding", "corrective"]
    name: str = Field(min_length=1, max_length=120)
    use: str = ""


class AgreementsShape(Shape):
    """The whole file; an owner that uses the common names needs none."""

    kinds: tuple[KindShape, ...] = ()


def read(owner: Unit) -> AgreementsShape:
    """What the owner has named."""
    rows = KindName.objects.filter(owner=owner).order_by("kind")
    return AgreementsShape(kinds=tuple(KindShape.model_validate(_shape(row)) for row in rows))


def _shape(row: KindName) -> dict[str, str]:
    return {"key": row.kind, "name": row.name, "use": row.use}


def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """One kind, or nothing for the file's own (it has no plain fields)."""
    if path == ("",):
        return
    said = content or {"name": "", "use": ""}
    name_kind(owner=owner, kind=path[1], name=said["name"], use=said.get("use", ""), by=by)


PART = Part(name="agreements", order=60, shape=AgreementsShape, read=read, write=write)
