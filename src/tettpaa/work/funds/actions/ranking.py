"""The order of a call's applications: proposed by the owner's rules, moved by people who say why, and approved."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence.enums import Standing
from tettpaa.work.competence.models import Employee, Teaching
from tettpaa.work.competence.requirements import school_year, subject_name
from tettpaa.work.funds.actions.telling import day, remember, tell
from tettpaa.work.funds.enums import GOT, PATHS, CallState, Rule, SchemeKind, State
from tettpaa.work.funds.models import Application, Call, RankMove

YEARS_BACK: Final = 3
"""Fairness looks at the calls of so many years before."""


class UnsaidError(ValueError):
    """A row was moved and nobody has said why."""


class NoReasonError(ValueError):
    """The applicant reads the reason; it cannot be empty."""


def in_line(call: Call) -> list[Application]:
    """The applications that are to be ranked: those the leader has spoken of, or a school's own that are sent."""
    ready = State.SUBMITTED if call.scheme.kind == SchemeKind.MUNICIPAL else State.SPOKEN
    rows = call.applications.filter(state=ready).select_related("school", "employee", "goal", "call")
    return sorted(rows, key=lambda one: (one.place is None, one.place or 0, one.number or 0))


@transaction.atomic
def propose_order(call: Call, on: date) -> list[Application]:
    """Give every application in line its place by the call's rules, with the reason in words. Moves are forgotten."""
    rows = ordered(in_line(call), call, on)
    for place, (row, reason) in enumerate(rows, start=1):
        row.place, row.place_reason, row.needs_reason = place, reason, False
        row.save(update_fields=["place", "place_reason", "needs_reason"])
    return [row for row, _reason in rows]


def ordered(found: Sequence[Application], call: Call, on: date) -> list[tuple[Application, str]]:
    """The applications in the order of the rules, each with its reason; equal ones by number, so as they were sent.

    Fairness: what the school got in the last three years, and how many of its own already stand before in this call,
    for each of its staff. So a large school may have more, and none takes the first places alone.
    """
    facts = Facts(call, found, on)
    early = [rule for rule in call.rules if rule != Rule.FAIR]
    first = sorted(found, key=lambda one: (*(facts.rank(rule, one) for rule in early), one.number or 0))
    seen: Counter[int | None] = Counter()
    for one in first:
        facts.before[one.pk] = seen[one.school_id]
        seen[one.school_id] += 1
    last = sorted(found, key=lambda one: (*(facts.rank(rule, one) for rule in call.rules), one.number or 0))
    return [(one, facts.reason(one)) for one in last]


class Facts:
    """What the rules look at, read in a constant number of queries."""

    def __init__(self, call: Call, found: Iterable[Application], on: date) -> None:
        self.call = call
        self.before: dict[Any, int] = {}
        self.lacking = lacking(call, on)
        self.got = got_before(call)
        self.staff = _staff(call)
        self._ranks: dict[str, Callable[[Application], Any]] = {
            Rule.GAP: lambda one: not self.has_gap(one),
            Rule.GOAL: lambda one: one.goal_id is None,
            Rule.FAIR: self.share,
            Rule.SCHOOL: lambda one: one.leader_place or 10_000,
        }
        self.shares = [self.share(one) for one in found]

    def has_gap(self, one: Application) -> bool:
        """Whether somebody at the school teaches the subject without meeting the requirement."""
        return bool(one.subject) and (one.school_id, one.subject) in self.lacking

    def share(self, one: Application) -> Fraction:
        """Got before and standing before, for each of the school's staff."""
        count = self.got[one.school_id] + self.before.get(one.pk, 0)
        return Fraction(count, max(1, self.staff[one.school_id]))

    def rank(self, rule: str, one: Application) -> Any:
        """The lower, the further up; an unknown rule ranks nobody."""
        return self._ranks[rule](one) if rule in self._ranks else 0

    def reason(self, one: Application) -> str:
        """Which rules spoke for the application, in words that the applicant reads."""
        said = []
        if Rule.GAP in self.call.rules and self.has_gap(one):
            said.append(
                _("Kravet i %(subject)s er ikke oppfylt på skolen.") % {"subject": named(one.subject)}
            )
        if Rule.GOAL in self.call.rules and one.goal_id:
            said.append(_("Søknaden gjelder et mål i planen."))
        if Rule.FAIR in self.call.rules and self.got[one.school_id] == 0:
            said.append(_("Skolen har ikke fått noe de siste tre årene."))
        if Rule.SCHOOL in self.call.rules and one.leader_place == 1:
            said.append(_("Skolen har satt den først."))
        return " ".join(said) or _("De som står foran, har mer av det reglene ser etter.")


def named(subject: str) -> str:
    """The subject inside a sentence."""
    name = subject_name(subject, reader_language())
    return name if name.isupper() else name[:1].lower() + name[1:]


def lacking(call: Call, on: date) -> dict[tuple[int | None, str], tuple[int, int]]:
    """(school, subject) → how many lack the requirement, of how many who teach it; only where somebody does. One query.

    Raw counts over all stages (competence/queries/counting.py): only for those who rank.
    """
    short = Q(standing__in=(Standing.GAP, Standing.DEVIATION))
    rows = Teaching.objects.filter(owner=call.owner, year=school_year(on))
    counted = rows.exclude(standing=Standing.NO_REQUIREMENT).order_by().values_list("school", "subject")
    found = counted.annotate(short=Count("pk", filter=short), total=Count("pk")).filter(short__gt=0)
    return {(school, subject): (few, total) for school, subject, few, total in found}


def got_before(call: Call) -> Counter[int | None]:
    """How many applications each school was granted in the years before, in schemes of the same kind. One query."""
    years = range(call.year - YEARS_BACK, call.year)
    rows = Application.objects.filter(
        owner=call.owner, call__scheme__kind=call.scheme.kind, call__year__in=years, state__in=GOT
    )
    return Counter(dict(rows.order_by().values_list("school").annotate(n=Count("pk"))))


def _staff(call: Call) -> Counter[int | None]:
    rows = Employee.objects.filter(owner=call.owner, active_to=None)
    return Counter(dict(rows.order_by().values_list("school").annotate(n=Count("pk"))))


@transaction.atomic
def move_row(*, application: Application, to: int, by: str, reason: str = "", on: date | None = None) -> int:
    """Put an application at place `to`, from 1; those between step aside. Gives back the place it had.

    Without a reason the row waits for one, and the order cannot be approved. Raises NotAllowedError when the call
    is not being ranked.
    """
    rows = _locked(application)
    at = next(index for index, row in enumerate(rows) if row.pk == application.pk)
    place = max(1, min(to, len(rows)))
    row = rows.pop(at)
    rows.insert(place - 1, row)
    _renumber(rows)
    if at + 1 != place or reason.strip():
        row.needs_reason = not reason.strip()
        row.place_reason = reason.strip()
        row.save(update_fields=["needs_reason", "place_reason"])
        RankMove.objects.create(
            application=row, before=at + 1, after=place, reason=reason.strip(), on=day(on), by=by
        )
        tell("row_moved", row.owner, "søknad", row.pk, by, before=at + 1, after=place)
    return at + 1


@transaction.atomic
def give_reason(*, application: Application, reason: str, by: str, on: date | None = None) -> None:
    """Say why an application stands where it does. Raises NoReasonError."""
    if not reason.strip():
        raise NoReasonError
    row = next(row for row in _locked(application) if row.pk == application.pk)
    move_row(application=row, to=row.place or 1, by=by, reason=reason, on=on)


@transaction.atomic
def reject(*, application: Application, reason: str, by: str, on: date | None = None) -> Application:
    """Not approved, with the reason that the applicant reads; the rest close up. NoReasonError, NotAllowedError."""
    if not reason.strip():
        raise NoReasonError
    rows = _locked(application)
    row = next(row for row in rows if row.pk == application.pk)
    before = move(row, State.REJECTED, paths=PATHS[row.call.scheme.kind])
    row.place, row.needs_reason = None, False
    row.save(update_fields=["state", "place", "needs_reason"])
    _renumber([one for one in rows if one.pk != row.pk])
    remember(row, before, reason.strip(), on, by)
    return row


@transaction.atomic
def set_payment(*, application: Application, form: str, cost: Any, by: str) -> None:
    """How the owner wants it paid, and what it costs the owner, in kroner."""
    row = next(row for row in _locked(application) if row.pk == application.pk)
    row.form, row.cost = form, cost
    row.save(update_fields=["form", "cost"])
    tell("payment_set", row.owner, "søknad", row.pk, by)


def approve_order(call: Call, on: date | None, by: str) -> None:
    """Every application in line is approved at its place, and its applicant reads why. Raises UnsaidError."""
    rows = in_line(call)
    if any(row.needs_reason for row in rows):
        raise UnsaidError
    _renumber(rows)
    for row in rows:
        before = move(row, State.APPROVED, paths=PATHS[call.scheme.kind])
        row.form = row.form or row.first_choice
        row.save(update_fields=["state", "form"])
        remember(row, before, row.place_reason, on, by)


def _locked(application: Application) -> list[Application]:
    """The line, held until the transaction ends."""
    call = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=application.call_id)
    rows = in_line(call)
    if call.state != CallState.RANKING or application.pk not in {row.pk for row in rows}:
        raise NotAllowedError(call.state, CallState.RANKING)
    return rows


def _renumber(rows: Sequence[Application]) -> None:
    for place, row in enumerate(rows, start=1):
        if row.place != place:
            row.place = place
            row.save(update_fields=["place"])
