"""The part `programmes` of a pack: what the owner takes part in, as its own pages tell it."""

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop
from pydantic import Field, model_validator

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_in
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.plans.models import FocusArea
from tettpaa.work.plans.queries import plan_in_force
from tettpaa.work.programmes.enums import ENDED, State
from tettpaa.work.programmes.models import Grant, LongPlan, Participant, Partner, Programme, ProjectGroup

_ROOT: Final = ("",)
type Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
type Tie = Annotated[str, Field(pattern=r"^[a-z0-9-]*$", max_length=60)]
type Name = Annotated[str, Field(min_length=1, max_length=200)]
type Line = Annotated[str, Field(max_length=500)]
type Text = Annotated[str, Field(max_length=20_000)]
type Year = Annotated[int, Field(ge=1900, le=2200)]


class _Years(Shape):
    @model_validator(mode="after")
    def _in_order(self) -> "_Years":
        first, last = getattr(self, "first_year", None), getattr(self, "last_year", None)
        if first and last and last < first:
            raise ValueError(gettext_noop("Det siste året kan ikke komme før det første."))
        return self


class ParticipantShape(_Years):
    """A school that takes part."""

    name: Name
    first_year: Year | None = None
    last_year: Year | None = None


class PartnerShape(Shape):
    """Who works with the owner."""

    name: Name
    kind: Literal["university", "vocational", "municipality", "private", "library", "state", "other"] = (
        "other"
    )
    task: Annotated[str, Field(max_length=300)] = ""


class GroupShape(Shape):
    """A place where a project is led or done."""

    name: Annotated[str, Field(min_length=1, max_length=160)]
    kind: Literal["steering", "common", "project", "working", "other"] = "other"
    who: Line = ""
    task: Line = ""


class GrantShape(Shape):
    """Money from outside."""

    giver: Name
    amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    terms: Annotated[str, Field(max_length=2_000)] = ""


class LongPlanShape(_Years):
    """A plan for several years."""

    title: Name
    first_year: Year | None = None
    last_year: Year | None = None
    text: Annotated[str, Field(max_length=4_000)] = ""


class ProgrammeShape(_Years):
    """One programme, partnership, network, project or measure."""

    key: Key
    kind: Literal["national", "partnership", "network", "project", "measure"]
    title: Name
    parent: Tie = ""
    area: Tie = ""
    purpose: Text = ""
    about: Text = ""
    mandate: Text = ""
    result: Text = ""
    first_year: Year | None = None
    last_year: Year | None = None
    scope: Literal["all", "primary", "lower_secondary", "chosen", "none"] = "chosen"
    state: Literal["proposed", "mandated", "running", "reported", "closed", "stopped"] = "running"
    is_open: bool = True
    source: Annotated[str, Field(max_length=200)] = ""
    participants: tuple[ParticipantShape, ...] = ()
    partners: tuple[PartnerShape, ...] = ()
    groups: tuple[GroupShape, ...] = ()
    grants: tuple[GrantShape, ...] = ()
    plans: tuple[LongPlanShape, ...] = ()


class ProgrammesShape(Shape):
    """The file programmes.toml. What a founding document does not say stays empty."""

    programmes: tuple[ProgrammeShape, ...] = ()

    @model_validator(mode="after")
    def _parents_come_first(self) -> "ProgrammesShape":
        known: set[str] = set()
        for one in self.programmes:
            if one.parent and one.parent not in known:
                raise ValueError(gettext_noop("Det et tiltak hører til, må stå før tiltaket i filen."))
            known.add(one.key)
        return self


_PLAIN: Final = (
    "kind", "title", "purpose", "about", "mandate", "result", "first_year", "last_year", "scope", "state", "source",
)  # fmt: skip


def read(owner: Unit) -> ProgrammesShape:
    """The owner's programmes of today, parents first. Milestones and spending are work, not configuration."""
    rows = Programme.objects.filter(owner=owner).select_related("parent", "area").order_by("title", "pk")
    related = ("participants__school", "partners", "groups", "grants", "plans")
    found = sorted(rows.prefetch_related(*related), key=lambda one: one.parent_id is not None)
    return ProgrammesShape(programmes=tuple(map(_shape, found)))


def _shape(row: Programme) -> ProgrammeShape:
    return ProgrammeShape.model_validate(
        {name: getattr(row, name) for name in ("key", *_PLAIN)}
        | {
            "parent": row.parent.key if row.parent else "",
            "area": row.area.key if row.area else "",
            "is_open": row.published_on is not None,
            "participants": [
                {"name": one.label, "first_year": one.first_year, "last_year": one.last_year}
                for one in row.participants.all()
            ],
            "partners": _rows(row.partners.all(), PartnerShape),
            "groups": _rows(row.groups.all(), GroupShape),
            "grants": _rows(row.grants.all(), GrantShape),
            "plans": _rows(row.plans.all(), LongPlanShape),
        }
    )


def _rows(found: Any, shape: type[Shape]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in shape.model_fields} for row in found]


@transaction.atomic
def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one programme. One that the pack no longer has goes if nobody has worked on it, else it is stopped."""
    if path == _ROOT:
        return
    key = path[1]
    row = Programme.objects.filter(owner=owner, key=key).first()
    if content is not None:
        _write(owner, key, row, ProgrammeShape.model_validate({**content, "key": key}))
    elif row is not None:
        _end(row)
    record(
        kind="programmes.pack_written",
        by=by,
        subject=key,
        subject_key=key,
        owner=owner.code,
        detail={"is_ended": content is None},
    )


def _write(owner: Unit, key: str, row: Programme | None, wanted: ProgrammeShape) -> None:
    today = timezone.localdate()
    made = row or Programme(owner=owner, key=key)
    for name in _PLAIN:
        setattr(made, name, getattr(wanted, name))
    made.parent = Programme.objects.filter(owner=owner, key=wanted.parent).exclude(key=key).first()
    made.area = _area(owner, wanted.area)
    made.changed_on = today
    made.published_on = (made.published_on or today) if wanted.is_open else None
    made.version += 0 if row is None else 1
    made.save()
    schools = {school.label: school for school in schools_in(owner)}
    people = [
        one.model_dump() | {"school": schools.get(one.name), "name": one.name} for one in wanted.participants
    ]
    _write_parts(made, Participant, "name", people)
    _write_parts(made, Partner, "name", [one.model_dump() for one in wanted.partners])
    _write_parts(made, ProjectGroup, "name", [one.model_dump() for one in wanted.groups])
    _write_parts(made, Grant, "giver", [one.model_dump() for one in wanted.grants])
    _write_parts(made, LongPlan, "title", [one.model_dump() for one in wanted.plans])


def _area(owner: Unit, key: str) -> FocusArea | None:
    plan = plan_in_force(owner) if key else None
    return plan.areas.filter(key=key).first() if plan else None


def _write_parts(programme: Programme, model: Any, name: str, wanted: list[dict[str, Any]]) -> None:
    """The rows of one kind, told apart by their name; one that something is built on stays."""
    standing = {getattr(row, name): row for row in model.objects.filter(programme=programme)}
    for order, values in enumerate(wanted, start=1):
        row = standing.pop(values[name], None) or model(programme=programme, owner=programme.owner)
        for field, value in (values | {"order": order}).items():
            setattr(row, field, value)
        row.save()
    for row in standing.values():
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            continue


def _end(row: Programme) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        if row.state not in ENDED:
            Programme.objects.filter(pk=row.pk).update(state=State.STOPPED)


PART: Final = Part(name="programmes", order=85, shape=ProgrammesShape, read=read, write=write)
"""After the plan, whose areas a programme may be tied to."""
