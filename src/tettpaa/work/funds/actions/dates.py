"""A call's dates in the year wheel: whose work each is, and when it is done."""

from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tettpaa.work.funds.enums import RANKER, CallState, DateKind, State
from tettpaa.work.funds.models import Call
from tettpaa.work.yearwheel.actions import drop_date, finish_open_dates, put_date

# What is to be done by the date, as it stands in the wheel. Applicants and leaders are told of theirs on their own
# front pages.
TASKS: Final[dict[DateKind, Promise]] = {
    DateKind.OPENS: _("Åpne for søknader"),
    DateKind.RANK: _("Prioriter søknadene"),
    DateKind.DECIDE: _("Registrer svarene på søknadene"),
    DateKind.ADMIT: _("Registrer svarene på opptak"),
    DateKind.CONFIRM_AUTUMN: _("Bekreft høsten"),
    DateKind.PAY_AUTUMN: _("Penger for høsten"),
    DateKind.CONFIRM_SPRING: _("Bekreft våren"),
    DateKind.PAY_SPRING: _("Penger for våren"),
    DateKind.NEED: _("Send behovsmeldingen"),
    DateKind.REPORT: _("Rapporter"),
}
_ROLES: Final = {DateKind.RANK: RANKER}  # the rest are the adviser's
_BY_CALL: Final = {
    CallState.OPEN: {DateKind.OPENS},
    CallState.RANKING: {DateKind.OPENS},
    CallState.RANKED: {DateKind.OPENS, DateKind.RANK},
    CallState.CLOSED: set(TASKS),
}
# The step of an application that each date asks for, in the order of the road.
_STEPS: Final = {
    DateKind.DECIDE: State.GRANTED,
    DateKind.ADMIT: State.ADMITTED,
    DateKind.CONFIRM_AUTUMN: State.CONFIRMED_AUTUMN,
    DateKind.PAY_AUTUMN: State.PAID_AUTUMN,
    DateKind.CONFIRM_SPRING: State.CONFIRMED_SPRING,
    DateKind.PAY_SPRING: State.PAID,
    DateKind.REPORT: State.REPORTED,
}
_ROAD: Final = (State.SUBMITTED, State.SPOKEN, State.APPROVED, *_STEPS.values())


def put_dates(call: Call, by: str) -> None:
    """Write the call's dates to the wheel, or move them; those taken out of the call are taken away."""
    standing = {row.kind: row.on for row in call.dates.all()}
    for kind in DateKind:
        if kind not in standing or kind not in TASKS:
            drop_date(source=_source(call, kind), by=by, owner=call.owner)
            continue
        put_date(
            owner=call.owner,
            source=_source(call, kind),
            title=f"{call.scheme.name}: {TASKS[kind]}"[:200],
            due_on=standing[kind],
            role=_ROLES.get(kind, "adviser"),
            address=reverse("funds:call", args=[call.owner.code, call.pk]),
            by=by,
        )


def finish_dates(call: Call, by: str) -> None:
    """Finish the dates whose work is done: by the call's own steps, and when every application has come so far."""
    states = set(call.applications.values_list("state", flat=True))
    by_call = _BY_CALL.get(CallState(call.state), set())
    done = [kind for kind in TASKS if kind in by_call or _all_have_come(states, kind)]
    if done:
        finish_open_dates(sources=[_source(call, kind) for kind in done], by=by, owner=call.owner)


def _all_have_come(states: set[str], kind: DateKind) -> bool:
    """None of those that are still on the road is before the step, and somebody has taken it."""
    if kind not in _STEPS:
        return False
    wanted = _ROAD.index(_STEPS[kind])
    reached = {*_ROAD[wanted:], State.PASSED, State.FAILED}
    return not states.intersection(_ROAD[:wanted]) and bool(states.intersection(reached))


def _source(call: Call, kind: DateKind) -> str:
    return f"funds.call:{call.pk}:{kind}"
