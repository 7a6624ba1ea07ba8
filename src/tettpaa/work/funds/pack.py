"""The part `funds` of a pack: the owner's schemes with validity, dates, rates and rules for the order."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_noop
from pydantic import Field, model_validator

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.funds.actions import SCHEME_FIELDS, NewRate, add_scheme, set_rate
from tettpaa.work.funds.models import Scheme, SchemeDate
from tettpaa.work.funds.telling import tell

_ROOT: Final = ("",)
type Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
type Line = Annotated[str, Field(max_length=200)]
type Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
type When = Literal[
    "opens", "apply", "leader", "rank", "decide", "admit", "confirm_autumn", "pay_autumn", "confirm_spring",
    "pay_spring", "need", "report",
]  # fmt: skip


class DateShape(Shape):
    """A date of every year."""

    kind: When
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    years_after: Annotated[int, Field(ge=0, le=5)] = 0


class RateShape(Shape):
    """What the scheme pays in one year."""

    year: Annotated[int, Field(ge=1900, le=2200)]
    name: Annotated[str, Field(min_length=1, max_length=160)]
    amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    percent: Percent | None = None
    source: Line = ""


class SchemeShape(Shape):
    """One scheme."""

    key: Key
    kind: Literal["study", "stipend", "municipal", "state"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    about: Annotated[str, Field(max_length=4_000)] = ""
    giver: Line = ""
    forum: Line = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: Annotated[str, Field(pattern=r"^[a-z0-9-]*$", max_length=60)] = ""
    own_share: Percent | None = None
    most_years: Annotated[int, Field(ge=1, le=20)] | None = None
    most_credits: Annotated[int, Field(ge=1, le=300)] | None = None
    vocational: bool = False
    rules: tuple[Literal["gap", "goal", "fair", "school"], ...] = ()
    source: Line = ""
    dates: tuple[DateShape, ...] = ()
    rates: tuple[RateShape, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "SchemeShape":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(gettext_noop("En ordning kan ikke slutte før den begynner."))
        if len({one.kind for one in self.dates}) < len(self.dates):
            raise ValueError(gettext_noop("En dato står to ganger i ordningen."))
        return self


class FundsShape(Shape):
    """The file funds.toml. Rates that nobody knows are left out."""

    schemes: tuple[SchemeShape, ...] = ()


def read(owner: Unit) -> FundsShape:
    """The owner's schemes of today. Calls, applications and notices are work, not configuration."""
    rows = Scheme.objects.filter(owner=owner, is_active=True).prefetch_related("dates", "rates")
    return FundsShape(schemes=tuple(_shape(row) for row in rows))


def _shape(row: Scheme) -> SchemeShape:
    return SchemeShape.model_validate(
        {name: getattr(row, name) for name in ("key", "kind", *SCHEME_FIELDS)}
        | {
            "dates": [
                {name: getattr(one, name) for name in DateShape.model_fields} for one in row.dates.all()
            ],
            "rates": [
                {name: getattr(one, name) for name in RateShape.model_fields} for one in row.rates.all()
            ],
        }
    )


@transaction.atomic
def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one scheme. One that the pack no longer has goes when nobody has used it, else it is put away."""
    if path == _ROOT:
        return
    key = path[1]
    if content is None:
        for row in Scheme.objects.filter(owner=owner, key=key):
            _end(row)
        tell("scheme_ended", owner, "ordning", key, by)
        return
    write_scheme(owner, SchemeShape.model_validate({**content, "key": key}), by)


def write_scheme(owner: Unit, wanted: SchemeShape, by: str) -> Scheme:
    """The scheme with its dates, and its rates; a rate that people have added stays."""
    made = add_scheme(
        owner=owner,
        key=wanted.key,
        kind=wanted.kind,
        values={name: _plain(getattr(wanted, name)) for name in SCHEME_FIELDS},
        dates=[SchemeDate(**one.model_dump()) for one in wanted.dates],
        by=by,
    )
    for rate in wanted.rates:
        set_rate(scheme=made, rate=NewRate(**rate.model_dump()), by=by)
    return made


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _end(row: Scheme) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        Scheme.objects.filter(pk=row.pk).update(is_active=False)


PART: Final = Part(name="funds", order=110, shape=FundsShape, read=read, write=write)


def shapes_of(content: Mapping[str, Any]) -> FundsShape:
    """A table in the form of the file."""
    return FundsShape.model_validate(content)
