"""The part `competence` of a pack: the frame of the yearly plan, services, key factors, areas, resource roles, numbers."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from django.db import transaction
from django.utils.translation import gettext_noop
from pydantic import Field, field_validator

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.competence.actions.frame import Asked, drop_requirement, set_requirement
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.models import (
    CompetenceArea,
    Element,
    KeyFactor,
    Piece,
    RequirementSetting,
    ResourceArea,
    Service,
)
from tettpaa.work.competence.queries.frame import frame_of
from tettpaa.work.competence.requirements import subjects
from tettpaa.work.plans.shapes import Key, Text

type Title = Annotated[str, Field(min_length=1, max_length=200)]


class PieceShape(Shape):
    """A configured row."""

    key: Key
    title: Title
    text: Text = ""


class ServiceShape(PieceShape):
    """A service the plan covers."""

    catalogue: Annotated[str, Field(max_length=200, description="What its offers are called")] = ""


class ResourceShape(PieceShape):
    """What a resource role is about; `text` is the standard mandate."""

    everywhere: Annotated[bool, Field(description="Every school is to have one")] = False


class RequirementShape(Shape):
    """A number the owner has confirmed or set, in place of the product's table."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=80)]
    subject: Annotated[str, Field(max_length=40, description="A key of requirements.toml: `norsk`")]
    stage: Literal["primary", "lower_secondary"]
    credits: Annotated[Decimal, Field(ge=0, le=300, description="0: nothing is asked")]
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The first day it no longer holds")] = None
    source: Annotated[str, Field(max_length=300)] = ""

    @field_validator("subject")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in subjects():
            raise ValueError(gettext_noop("Faget finnes ikke i tabellen over fag."))
        return value


class CompetenceShape(Shape):
    """The file competence.toml. All optional: what a seed does not say stays empty."""

    title: Annotated[str, Field(max_length=200, description="What the plan is called")] = ""
    background: Text = ""
    organisation: Text = ""
    basis: Text = ""
    source: Annotated[str, Field(max_length=300)] = ""
    mentoring_years: Annotated[int, Field(ge=1, le=5, description="How long one is newly educated")] = 2
    walks_for_pattern: Annotated[int, Field(ge=5, le=50, description="Walks a pattern needs; 5 or more")] = 5
    share_floor: Annotated[int, Field(ge=5, le=50, description="The smallest group that is told of")] = 5
    kept_months: Annotated[
        int, Field(ge=1, le=120, description="How long a record is kept after the last day")
    ] = 12
    services: tuple[ServiceShape, ...] = ()
    factors: tuple[PieceShape, ...] = ()
    areas: tuple[PieceShape, ...] = ()
    elements: tuple[PieceShape, ...] = ()
    resource_areas: tuple[ResourceShape, ...] = ()
    requirements: tuple[RequirementShape, ...] = ()


_PLAIN: Final = tuple(name for name, field in CompetenceShape.model_fields.items() if field.default != ())
PIECES: Final[Mapping[str, tuple[type[Piece], type[PieceShape]]]] = {
    "services": (Service, ServiceShape),
    "factors": (KeyFactor, PieceShape),
    "areas": (CompetenceArea, PieceShape),
    "elements": (Element, PieceShape),
    "resource_areas": (ResourceArea, ResourceShape),
}


def read(owner: Unit) -> CompetenceShape:
    """The owner's configuration of today, in the shape of the file. What was taken out is left out."""
    frame = frame_of(owner)
    found: dict[str, Any] = {name: getattr(frame, name) for name in _PLAIN}
    for name, (model, shape) in PIECES.items():
        rows = model._default_manager.filter(owner=owner, is_active=True)
        found[name] = [_values(row, shape) for row in rows]
    found["requirements"] = [
        _values(row, RequirementShape) for row in RequirementSetting.objects.filter(owner=owner)
    ]
    return CompetenceShape.model_validate(found)


def _values(row: Any, shape: type[Shape]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in shape.model_fields}


@transaction.atomic
def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one entry. What others build on is ended, not deleted."""
    name = path[0]
    if name == "requirements":
        _write_requirement(owner, path[1], content, by)
    elif name in PIECES:
        _write_piece(owner, name, path[1], content)
    elif content is not None:
        _write_frame(owner, content)
    tell(
        "competence.pack_written",
        owner,
        "oppsett",
        "/".join(path).strip("/") or "competence",
        by,
        {"is_ended": content is None},
    )


def _write_frame(owner: Unit, content: dict[str, Any]) -> None:
    wanted = CompetenceShape.model_validate(content)
    frame = frame_of(owner)
    for name in _PLAIN:
        setattr(frame, name, getattr(wanted, name))
    frame.version += bool(frame.pk)
    frame.save()


def _write_piece(owner: Unit, name: str, key: str, content: dict[str, Any] | None) -> None:
    model, shape = PIECES[name]
    row = model._default_manager.filter(owner=owner, key=key).first()
    if content is None:
        model._default_manager.filter(owner=owner, key=key).update(is_active=False)
        return
    values = shape.model_validate(content).model_dump(exclude={"key"})
    order = model._default_manager.filter(owner=owner).count() + 1
    made = row or model(owner=owner, key=key, order=order)
    for field, value in values.items():
        setattr(made, field, value)
    made.is_active = True
    made.version += row is not None
    made.save()


def _write_requirement(owner: Unit, key: str, content: dict[str, Any] | None, by: str) -> None:
    if content is None:
        drop_requirement(owner=owner, key=key, by=by)
        return
    wanted = RequirementShape.model_validate(content)
    set_requirement(owner=owner, asked=Asked(**wanted.model_dump()), by=by)


PART: Final = Part(name="competence", order=90, shape=CompetenceShape, read=read, write=write)
