"""A notice of need to the state: analysed with the staff, agreed with a partner, sent, decided, done, reported."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.urls import reverse

from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.actions.applications import MissingError
from tettpaa.work.funds.actions.schemes import NotValidError, holds_in, set_dates
from tettpaa.work.funds.enums import NEED_OVER, NEED_PATHS, DateKind, NeedPartnerKind, NeedState
from tettpaa.work.funds.models import NeedPlace, NeedStep, NeedYear, Scheme, SchemeDate, StateNeed
from tettpaa.work.funds.queries import send_by
from tettpaa.work.funds.telling import day, tell
from tettpaa.work.yearwheel.actions import drop_date, finish_date, put_date

NEED_FIELDS: Final = (
    "title", "analysis", "staff_part", "common_goals", "partner", "partner_kind", "others", "own_share", "goal",
)  # fmt: skip
# What must be written before a step may be taken.
_WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    NeedState.PARTNERED: ("partner", "partner_kind"),
    NeedState.SUBMITTED: ("analysis", "staff_part"),
    NeedState.RECOMMENDED: ("recommendation",),
    NeedState.DECIDED: ("decision",),
    NeedState.REPORTED: ("report",),
}
_SENT_WITH: Final = ("recommendation", "decision", "decision_reference", "report")


class PartnerError(ValueError):
    """The scheme does not take a partner of this kind."""


@transaction.atomic
def start_need(
    *,
    scheme: Scheme,
    years: tuple[int, int],
    values: Mapping[str, Any],
    schools: Iterable[Unit],
    by: str,
    on: date | None = None,
) -> StateNeed:
    """Begin a notice for the calendar years from the first to the last. `values` are NEED_FIELDS.

    Raises NotValidError when the scheme does not hold in all of them, or they are more than it takes; PartnerError.
    """
    first, last = years
    too_many = scheme.most_years is not None and last - first + 1 > scheme.most_years
    if last < first or too_many or not all(holds_in(scheme, year) for year in range(first, last + 1)):
        raise NotValidError(years)
    made = StateNeed(
        owner=scheme.owner, scheme=scheme, first_year=first, last_year=last, own_share=scheme.own_share
    )
    for name in NEED_FIELDS:
        if name in values:
            setattr(made, name, values[name])
    _check(made)
    made.save(force_insert=True)
    for year in range(first, last + 1):
        NeedYear.objects.create(need=made, owner=made.owner, year=year)
    set_places(need=made, schools=schools)
    _remember(made, "", "", on, by)
    _put_need_date(made, by)
    return made


def set_places(*, need: StateNeed, schools: Iterable[Unit]) -> None:
    """The schools that take part, all of them anew. Raises ValueError for one of another owner."""
    wanted = list(schools)
    if not all(school.is_below(need.owner) for school in wanted):
        raise ValueError("the schools are the owner's")
    need.places.all().delete()
    NeedPlace.objects.bulk_create([NeedPlace(need=need, school=school) for school in wanted])


@transaction.atomic
def edit_need(*, need: StateNeed, version: int, schools: Iterable[Unit], by: str) -> StateNeed:
    """Save NEED_FIELDS as they now stand, and the schools. Raises ConflictError, PartnerError."""
    _check(need)
    save_changes(need, version=version, fields=NEED_FIELDS)
    set_places(need=need, schools=schools)
    tell("need_edited", need.owner, "behovsmelding", need.pk, by)
    return need


@transaction.atomic
def write_dates(*, scheme: Scheme, version: int, dates: Iterable[SchemeDate], by: str) -> Scheme:
    """The dates of every year, all of them anew, and with them the dates of the notices that are on their way. Calls
    keep their own. Raises ConflictError."""
    save_changes(scheme, version=version, fields=())
    set_dates(scheme=scheme, dates=dates)
    for need in scheme.needs.select_related("scheme", "owner").exclude(state__in=NEED_OVER):
        put_need_dates(need, by)
    tell("scheme_written", scheme.owner, "ordning", scheme.pk, by)
    return scheme


@transaction.atomic
def set_year(*, need: StateNeed, year: NeedYear, values: Mapping[str, Any], by: str) -> NeedYear:
    """What is done in a year, and its money in kroner: sought, granted, own, spent."""
    for name in ("plan", "sought", "granted", "own", "spent"):
        if name in values:
            setattr(year, name, values[name])
    year.save()
    tell("need_year_set", need.owner, "behovsmelding", need.pk, by, year=year.year)
    return year


@transaction.atomic
def move_need(
    *, need: StateNeed, to: str, by: str, values: Mapping[str, str] | None = None, on: date | None = None
) -> StateNeed:
    """One step on the road. `values`: what is written with it (the recommendation, the decision, the report).

    Raises NotAllowedError; MissingError(`what` is the field) for what must be written first.
    """
    found = (
        StateNeed.objects.select_for_update(of=("self",)).select_related("scheme", "owner").get(pk=need.pk)
    )
    told = values or {}
    for name in _SENT_WITH:
        if told.get(name, "").strip():
            setattr(found, name, told[name].strip())
    before = move(found, to, paths=NEED_PATHS)
    for name in _WANTED.get(to, ()):
        if not getattr(found, name):
            raise MissingError(name)
    found.save(update_fields=["state", *_SENT_WITH])
    _remember(found, before, told.get("reason", "").strip(), on, by)
    put_need_dates(found, by)
    return found


def _check(need: StateNeed) -> None:
    if need.partner_kind == NeedPartnerKind.VOCATIONAL and not need.scheme.vocational:
        raise PartnerError
    if need.goal is not None and need.goal.owner_id != need.owner_id:
        raise ValueError("the goal is the owner's")


def _put_need_date(need: StateNeed, by: str) -> None:
    """The day the notice is to be sent by, in its first year."""
    source = f"funds.need:{need.pk}:need"
    on = send_by(need)
    if on is None or need.state == NeedState.WITHDRAWN:
        drop_date(source=source, by=by, owner=need.owner)
        return
    _put(need, source, DateKind.NEED, on, by)
    if need.state not in (NeedState.ANALYSED, NeedState.PARTNERED):
        finish_date(source=source, by=by, owner=need.owner)


def _put_report_dates(need: StateNeed, by: str) -> None:
    """A report for every year, once the money is decided."""
    row = need.scheme.dates.filter(kind=DateKind.REPORT, day__isnull=False).first()
    if row is None or need.state not in (
        NeedState.DECIDED,
        NeedState.PAID,
        NeedState.RUNNING,
        NeedState.REPORTED,
    ):
        return
    for year in range(need.first_year, need.last_year + 1):
        source = f"funds.need:{need.pk}:report{year}"
        _put(need, source, DateKind.REPORT, row.date_in(year), by)
        if need.state == NeedState.REPORTED:
            finish_date(source=source, by=by, owner=need.owner)


def put_need_dates(need: StateNeed, by: str) -> None:
    """The notice's dates in the wheel, as the scheme now says."""
    _put_need_date(need, by)
    _put_report_dates(need, by)


def _put(need: StateNeed, source: str, kind: DateKind, on: date, by: str) -> None:
    put_date(
        owner=need.owner,
        source=source,
        title=f"{need.scheme.name}: {kind.label}"[:200],
        due_on=on,
        role="adviser",
        address=reverse("funds:need", args=[need.owner.code, need.pk]),
        by=by,
    )


def _remember(need: StateNeed, before: str, reason: str, on: date | None, by: str) -> None:
    NeedStep.objects.create(need=need, before=before, after=need.state, on=day(on), reason=reason, by=by)
    tell("need_moved", need.owner, "behovsmelding", need.pk, by, before=before, state=need.state)
