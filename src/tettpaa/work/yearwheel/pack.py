"""The part `procedures` of a pack: what the owner does every year, with its dates, roles and reasons."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from django.utils.translation import gettext_noop
from pydantic import AfterValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.yearwheel.actions import (
    add_procedure,
    change_procedure,
    end_procedure,
    resume_procedure,
)
from tettpaa.work.yearwheel.actions.procedures import FIELDS
from tettpaa.work.yearwheel.enums import Level, Rule, Tag
from tettpaa.work.yearwheel.laws import known_keys
from tettpaa.work.yearwheel.models import Procedure
from tettpaa.work.yearwheel.rules import CircleError, due_date

ROOT: Final = ("",)


def _choice(values: tuple[str, ...]) -> AfterValidator:
    """Refuses a text that is not among the values, told as an enum's error is."""

    def check(text: str) -> str:
        if text not in values:
            raise PydanticCustomError("enum", "not one of the values")
        return text

    return AfterValidator(check)


_ROLES: Final = tuple(roles())
_LAWS: Final = ("", *sorted(known_keys()))
RoleKey = Annotated[str, _choice(_ROLES), WithJsonSchema({"enum": [*_ROLES]})]
LawKey = Annotated[str, _choice(_LAWS), WithJsonSchema({"enum": [*_LAWS]})]
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
Month = Annotated[int, Field(ge=1, le=12)]
Grade = Annotated[int, Field(ge=1, le=13)]
Line = Annotated[str, Field(min_length=1, max_length=300)]


class ProcedureShape(Shape):
    """One procedure. What is not known stays empty; one without a tag is shown without one."""

    key: Key = Field(description="Short name, kept when the name changes.")
    name: str = Field(
        min_length=1, max_length=160, description="What is to be done, as the task will say it."
    )
    about: str = Field(default="", max_length=2000, description="What it is, in a few sentences.")
    level: Level = Field(description="Whether every school does it (school), or the municipality (owner).")
    roles: tuple[RoleKey, ...] = Field(min_length=1, description="Each role gets a task of its own.")
    grades: tuple[Grade, ...] = Field(
        default=(), description="Only for schools with one of these grades; empty means all."
    )
    tag: Tag = Field(
        default=Tag.NONE, description="law, local (own decision), habit, or empty when not known."
    )
    law: LawKey = Field(default="", description="Key of a rule in the law file; shown while the rule holds.")
    rule: Rule = Field(
        description="day: a fixed day; within: by the end of a month; before, after: weeks from another."
    )
    month: Month | None = Field(default=None, description="The month, for day and within.")
    day: Annotated[int, Field(ge=1, le=31)] | None = Field(default=None, description="The day, for day.")
    month_autumn: Month | None = Field(default=None, description="Another month in the profile autumn.")
    month_early_spring: Month | None = Field(
        default=None, description="Another month in the profile early_spring."
    )
    month_before_summer: Month | None = Field(
        default=None, description="Another month in the profile before_summer."
    )
    weeks: Annotated[int, Field(ge=1, le=40)] | None = Field(
        default=None, description="How many weeks, for before and after."
    )
    anchor: str = Field(default="", description="Key of the procedure that before and after count from.")
    depends_on: tuple[Key, ...] = Field(default=(), description="Keys of what should be done first.")
    steps_before: tuple[Line, ...] = Field(default=(), description="What to do before, one line each.")
    steps_after: tuple[Line, ...] = Field(default=(), description="What to do afterwards, one line each.")

    @model_validator(mode="after")
    def _the_rule_is_whole(self) -> "ProcedureShape":
        months = (self.month, self.month_autumn, self.month_early_spring, self.month_before_summer)
        if self.rule in {Rule.DAY, Rule.WITHIN} and not any(months):
            raise ValueError(gettext_noop("Regelen trenger en måned."))
        if self.rule == Rule.DAY and self.day is None:
            raise ValueError(gettext_noop("Regelen «day» trenger en dag."))
        if self.rule in {Rule.BEFORE, Rule.AFTER} and not (self.weeks and self.anchor):
            raise ValueError(gettext_noop("Regelen trenger antall uker, og prosedyren den regner fra."))
        if self.law and self.tag != Tag.LAW:
            raise ValueError(gettext_noop("Det som viser til en lov, skal merkes «law»."))
        return self


class ProceduresShape(Shape):
    """The file procedures.toml, in the order of the settings page."""

    procedures: tuple[ProcedureShape, ...] = Field(default=(), description="What is done every year.")

    @model_validator(mode="after")
    def _they_hang_together(self) -> "ProceduresShape":
        known = {
            entry.key: Procedure(**_words(entry.model_dump()), key=entry.key) for entry in self.procedures
        }
        for entry in self.procedures:
            if {entry.anchor, *entry.depends_on} - {"", *known}:
                raise ValueError(gettext_noop("En prosedyre viser til en nøkkel som ikke finnes i filen."))
            try:
                due_date(known[entry.key], 2000, known=known, profile="autumn")
            except CircleError as error:
                raise ValueError(
                    gettext_noop("Noen prosedyrer regner datoen fra hverandre i ring.")
                ) from error
        return self


def read(owner: Unit) -> ProceduresShape:
    """The owner's procedures of today."""
    rows = Procedure.objects.filter(owner=owner, is_active=True)
    return ProceduresShape.model_construct(procedures=tuple(_shape(row) for row in rows))


def write(*, owner: Unit, path: Path, content: Mapping[str, Any] | None, by: str) -> None:
    """Write one procedure. One that the pack no longer has is ended; its tasks that were done stay.

    The tasks follow in the daily round, or when somebody rolls the year: a pack has many entries.
    """
    if path == ROOT:
        return
    row = Procedure.objects.select_related("owner").filter(owner=owner, key=path[1]).first()
    if content is None:
        if row is not None and row.is_active:
            end_procedure(procedure=row, by=by)
    elif row is None:
        add_procedure(owner=owner, key=path[1], words=_words(content), by=by)
    else:
        change_procedure(procedure=row, version=row.version, words=_words(content), by=by)
        if not row.is_active:
            resume_procedure(procedure=row, by=by)


def _words(content: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a row: lists for JSON, plain texts for choices."""
    found = {name: content[name] for name in FIELDS if name in content}
    return {
        name: list(value)
        if isinstance(value, tuple | list)
        else str(value)
        if isinstance(value, str)
        else value
        for name, value in found.items()
    }


def _shape(row: Procedure) -> ProcedureShape:
    """The row as the file has it, without the checks: people may have left a rule half written."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in ProcedureShape.model_fields}
    fields |= {"level": Level(row.level), "tag": Tag(row.tag), "rule": Rule(row.rule)}
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return ProcedureShape.model_construct(None, **kept)


PART: Final = Part(name="procedures", order=30, shape=ProceduresShape, read=read, write=write)
