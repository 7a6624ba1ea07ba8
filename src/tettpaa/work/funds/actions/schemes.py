"""Schemes with their dates and rates, and the calls of a year with their dates in the year wheel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.actions.dates import finish_dates, put_dates
from tettpaa.work.funds.actions.ranking import approve_order, propose_order
from tettpaa.work.funds.enums import CALL_PATHS, CallState, SchemeKind
from tettpaa.work.funds.models import Call, CallDate, Rate, Scheme, SchemeDate
from tettpaa.work.funds.telling import day, tell

SCHEME_FIELDS: Final = (
    "name", "about", "giver", "forum", "valid_from", "valid_to", "replaced_by", "own_share", "most_years",
    "most_credits", "vocational", "rules", "source",
)  # fmt: skip
CALL_FIELDS: Final = ("terms", "budget", "places", "rules", "discussed_on")


class NotValidError(ValueError):
    """The scheme does not hold in that year."""


@transaction.atomic
def add_scheme(
    *, owner: Unit, key: str, kind: str, values: Mapping[str, Any], dates: Iterable[SchemeDate], by: str
) -> Scheme:
    """A scheme of the owner's, or the same one written anew. `values` are SCHEME_FIELDS; `dates` are unsaved rows."""
    row = Scheme.objects.filter(owner=owner, key=key).first()
    made = row or Scheme(owner=owner, key=key, order=Scheme.objects.filter(owner=owner).count() + 1)
    made.kind, made.is_active = kind, True
    for name, value in values.items():
        setattr(made, name, value)
    made.version += 0 if row is None else 1
    made.save()
    set_dates(scheme=made, dates=dates)
    tell("scheme_written", owner, "ordning", made.pk, by)
    return made


def set_dates(*, scheme: Scheme, dates: Iterable[SchemeDate]) -> None:
    """The dates of every year, all of them anew."""
    scheme.dates.all().delete()
    for row in dates:
        row.scheme = scheme
        row.save(force_insert=True)


@transaction.atomic
def edit_scheme(*, scheme: Scheme, version: int, by: str) -> Scheme:
    """Save SCHEME_FIELDS as they now stand on `scheme`. Raises ConflictError."""
    save_changes(scheme, version=version, fields=SCHEME_FIELDS)
    tell("scheme_written", scheme.owner, "ordning", scheme.pk, by)
    return scheme


@dataclass(frozen=True, slots=True)
class NewRate:
    """What a scheme pays in a year, in kroner or percent; unknown stays None. `source` says where it was read."""

    year: int
    name: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    source: str = ""


@transaction.atomic
def set_rate(*, scheme: Scheme, rate: NewRate, by: str) -> Rate:
    """The same name in the same year is written anew."""
    row, _new = Rate.objects.update_or_create(
        scheme=scheme,
        year=rate.year,
        name=rate.name,
        defaults={
            "owner": scheme.owner,
            "amount": rate.amount,
            "percent": rate.percent,
            "source": rate.source,
        },
    )
    tell("rate_set", scheme.owner, "sats", row.pk, by, year=rate.year)
    return row


@transaction.atomic
def remove_rate(*, rate: Rate, by: str) -> None:
    """Take a rate away that was written by mistake."""
    owner, key = rate.owner, rate.pk
    rate.delete()
    tell("rate_removed", owner, "sats", key, by)


@transaction.atomic
def plan_call(*, scheme: Scheme, year: int, by: str, values: Mapping[str, Any] | None = None) -> Call:
    """The call of one year with the scheme's dates; the one that stands when there is one. Raises NotValidError.

    The state's collective schemes have no calls: there one sends a notice of need.
    """
    if scheme.kind == SchemeKind.STATE or not holds_in(scheme, year):
        raise NotValidError(year)
    known = Call.objects.filter(scheme=scheme, year=year).first()
    if known is not None:
        return known
    made = Call(scheme=scheme, owner=scheme.owner, year=year, rules=list(scheme.rules))
    for name, value in (values or {}).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    for row in scheme.dates.all():
        if row.day is not None:
            CallDate.objects.create(call=made, kind=row.kind, on=row.date_in(year))
    put_dates(made, by)
    tell("call_planned", made.owner, "utlysning", made.pk, by, year=year)
    return made


def holds_in(scheme: Scheme, year: int) -> bool:
    """Whether the scheme holds on some day of the calendar year."""
    starts, ends = scheme.valid_from, scheme.valid_to
    return (starts is None or starts.year <= year) and (ends is None or ends.year >= year)


@transaction.atomic
def edit_call(*, call: Call, version: int, dates: Mapping[str, date | None], by: str) -> Call:
    """Save CALL_FIELDS as they now stand on `call`, and its dates. Raises ConflictError."""
    save_changes(call, version=version, fields=CALL_FIELDS)
    for kind, on in dates.items():
        if on is None:
            CallDate.objects.filter(call=call, kind=kind).delete()
        else:
            CallDate.objects.update_or_create(call=call, kind=kind, defaults={"on": on})
    put_dates(call, by)
    tell("call_edited", call.owner, "utlysning", call.pk, by)
    return call


@transaction.atomic
def move_call(*, call: Call, to: str, by: str, on: date | None = None) -> Call:
    """One step: open, rank (which proposes the order by the rules), ranked (which approves it), closed.

    Raises NotAllowedError, and UnsaidError when a moved row has no reason yet.
    """
    found = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=call.pk)
    before = move(found, to, paths=CALL_PATHS)
    if to == CallState.RANKING:
        propose_order(found, day(on))
    if to == CallState.RANKED:
        found.ranked_on = day(on)
        approve_order(found, on, by)
    found.save(update_fields=["state", "ranked_on"])
    finish_dates(found, by)
    tell("call_moved", found.owner, "utlysning", found.pk, by, before=before, state=to)
    return found


def rules_of(keys: Sequence[str], known: Sequence[str]) -> list[str]:
    """The keys that are known, once each, in their order."""
    return [key for key in dict.fromkeys(keys) if key in known]
