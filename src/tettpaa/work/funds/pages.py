"""What the pages of the room are made of: sentences, the road of an application, the rows of the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tettpaa.core.ui.formats import MONTHS, day, known, number
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.work.competence.requirements import subject_name
from tettpaa.work.funds.actions import open_steps
from tettpaa.work.funds.enums import (
    CALL_PATHS,
    ENDED,
    NEED_PATHS,
    CallState,
    DateKind,
    NeedState,
    Rule,
    SchemeKind,
    State,
)
from tettpaa.work.funds.models import Application, Call, Scheme, StateNeed
from tettpaa.work.funds.order import lacking, named
from tettpaa.work.funds.queries import Board, YearMoney, seen, send_by

AT_ONCE: Final = 20  # rows of the order on one page
_LABELS: Final[Mapping[str, Any]] = {
    State.GRANTED: gettext_lazy("Innvilget"),
    State.REFUSED: gettext_lazy("Avslått"),
    State.ADMITTED: gettext_lazy("Fikk studieplass"),
    State.NOT_ADMITTED: gettext_lazy("Fikk ikke studieplass"),
    State.CONFIRMED_AUTUMN: gettext_lazy("Bekreft høsten"),
    State.PAID_AUTUMN: gettext_lazy("Høsten er utbetalt"),
    State.CONFIRMED_SPRING: gettext_lazy("Bekreft våren"),
    State.PAID: gettext_lazy("Utbetalt"),
    State.PASSED: gettext_lazy("Bestått"),
    State.FAILED: gettext_lazy("Ikke bestått"),
    State.DEFERRED: gettext_lazy("Utsatt"),
    State.DROPPED: gettext_lazy("Avbrutt"),
    State.WITHDRAWN: gettext_lazy("Trekk søknaden"),
    State.CLOSED: gettext_lazy("Avslutt"),
}
_CALL_LABELS: Final[Mapping[str, Any]] = {
    CallState.OPEN: gettext_lazy("Åpne for søknader"),
    CallState.RANKING: gettext_lazy("Lukk og prioriter"),
    CallState.RANKED: gettext_lazy("Godkjenn rekkefølgen"),
    CallState.CLOSED: gettext_lazy("Avslutt runden"),
}
_NEED_LABELS: Final[Mapping[str, Any]] = {
    NeedState.ANALYSED: gettext_lazy("Tilbake til behovet"),
    NeedState.PARTNERED: gettext_lazy("Vi er enige med partneren"),
    NeedState.SUBMITTED: gettext_lazy("Behovsmeldingen er sendt"),
    NeedState.IN_FORUM: gettext_lazy("Forumet har den"),
    NeedState.RECOMMENDED: gettext_lazy("Forumet har innstilt"),
    NeedState.DECIDED: gettext_lazy("Innvilget"),
    NeedState.REFUSED: gettext_lazy("Avslått"),
    NeedState.PAID: gettext_lazy("Pengene er utbetalt"),
    NeedState.RUNNING: gettext_lazy("Vi er i gang"),
    NeedState.REPORTED: gettext_lazy("Rapportert"),
    NeedState.WITHDRAWN: gettext_lazy("Trekk den"),
}
type Road = Sequence[tuple[Any, State, DateKind | None]]
_ROADS: Final[Mapping[str, Road]] = {
    SchemeKind.STUDY: (
        (gettext_lazy("Sendt"), State.SUBMITTED, DateKind.APPLY),
        (gettext_lazy("Lederen"), State.SPOKEN, DateKind.LEADER),
        (gettext_lazy("Kommunen"), State.APPROVED, DateKind.RANK),
        (gettext_lazy("Svar"), State.GRANTED, DateKind.DECIDE),
        (gettext_lazy("Opptak"), State.ADMITTED, DateKind.ADMIT),
        (gettext_lazy("Bekreftet"), State.CONFIRMED_AUTUMN, DateKind.CONFIRM_AUTUMN),
        (gettext_lazy("Bestått"), State.PASSED, None),
    ),
    SchemeKind.STIPEND: (
        (gettext_lazy("Sendt"), State.SUBMITTED, DateKind.APPLY),
        (gettext_lazy("Lederen"), State.SPOKEN, DateKind.LEADER),
        (gettext_lazy("Kommunen"), State.APPROVED, DateKind.RANK),
        (gettext_lazy("Svar"), State.GRANTED, DateKind.DECIDE),
        (gettext_lazy("Utbetalt"), State.PAID, None),
    ),
    SchemeKind.MUNICIPAL: (
        (gettext_lazy("Sendt"), State.SUBMITTED, DateKind.APPLY),
        (gettext_lazy("Prioritert"), State.APPROVED, DateKind.RANK),
        (gettext_lazy("Svar"), State.GRANTED, DateKind.DECIDE),
        (gettext_lazy("Utbetalt"), State.PAID, None),
        (gettext_lazy("Rapportert"), State.REPORTED, DateKind.REPORT),
    ),
}


def call_name(call: Call) -> str:
    """`Kompetanse for kvalitet 2027`."""
    return f"{call.scheme.name} {call.year}"


def overview_line(calls: Sequence[Call]) -> str:
    """The answer of the room's first page."""
    going = sum(one.state == CallState.OPEN for one in calls)
    if not going:
        return _("Ingen søknadsrunde er åpen nå.")
    return ngettext("Én søknadsrunde er åpen.", "%(count)s søknadsrunder er åpne.", going) % {"count": going}


def road(application: Application) -> list[Step]:
    """The road of an application: what is done and when, what comes next and by when. Two queries."""
    told = {row.after: row.on for row in application.steps.all()}
    dates = {row.kind: row.on for row in application.call.dates.all()}
    steps: list[Step] = []
    is_over = application.state in ENDED
    waits = True
    for title, state, kind in _ROADS[application.call.scheme.kind]:
        if state in told and not (state == State.SUBMITTED and application.state == State.DRAFT):
            steps.append(Step(str(title), day(told[state], reader_language()), StepState.DONE))
            continue
        by = dates.get(kind) if kind else None
        text = _("innen %(day)s") % {"day": day(by, reader_language())} if by else ""
        if is_over and waits:
            steps.append(Step(str(title), application.get_state_display(), StepState.NOW))
        else:
            steps.append(Step(str(title), text, StepState.NOW if waits else StepState.LATER))
        waits = False
    return steps


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that may be taken, with its button's words."""

    key: str
    label: str


def steps(application: Application, *, ranks: bool, owns: bool) -> list[Choice]:
    """The applicant may withdraw; those who rank take the other steps."""
    found = [to for to in open_steps(application) if ranks or (owns and to == State.WITHDRAWN)]
    return [Choice(to, str(_LABELS[to])) for to in found]


def call_steps(call: Call) -> list[Choice]:
    """The steps of a call from where it is."""
    return [Choice(to, str(_CALL_LABELS[to])) for to in CALL_PATHS.get(call.state, ())]


def need_steps(need: StateNeed) -> list[Choice]:
    """The steps of a notice from where it is."""
    return [Choice(to, str(_NEED_LABELS[to])) for to in NEED_PATHS.get(need.state, ())]


_NEED_ROAD: Final = (
    (NeedState.ANALYSED, gettext_lazy("Behov")),
    (NeedState.PARTNERED, gettext_lazy("Partner")),
    (NeedState.SUBMITTED, gettext_lazy("Sendt")),
    (NeedState.RECOMMENDED, gettext_lazy("Innstilt")),
    (NeedState.DECIDED, gettext_lazy("Svar")),
    (NeedState.RUNNING, gettext_lazy("I gang")),
    (NeedState.REPORTED, gettext_lazy("Rapport")),
)


def need_road(need: StateNeed) -> list[Step]:
    """From need to report: what is done and when, and by when it is to be sent. Two queries."""
    told = {row.after: row.on for row in need.steps.all()}
    by = send_by(need)
    is_over = need.state in (NeedState.REFUSED, NeedState.WITHDRAWN)
    found: list[Step] = []
    waits = True
    for state, title in _NEED_ROAD:
        if state in told:
            found.append(Step(str(title), day(told[state], reader_language()), StepState.DONE))
            continue
        stopped = is_over and waits
        kind = StepState.NOW if waits else StepState.LATER
        text = (
            _("innen %(day)s") % {"day": day(by, reader_language())}
            if by and state == NeedState.SUBMITTED
            else ""
        )
        found.append(Step(str(title), need.get_state_display() if stopped else text, kind))
        waits = False
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One application in the order: roles, not names."""

    application: Application
    what: str
    who: str
    need: str
    moved: str
    form: str
    cost: str
    standing: str
    is_beyond: bool
    ends_here: bool
    is_first: bool
    is_last: bool


def order_page(found: Board, side: str) -> Page[Application]:
    """One page of the order; a side that is none is the nearest."""
    return Paginator(found.line or found.approved, AT_ONCE).get_page(side)


def side_of(place: int | None) -> int:
    """On which page of the order a place stands."""
    return ((place or 1) - 1) // AT_ONCE + 1


def rows(found: Board, call: Call, on: date, page: Page[Application]) -> list[Row]:
    """The rows of one page of the board; two queries, one of them for what the schools lack."""
    short = lacking(call, on)
    first = (page.number - 1) * AT_ONCE
    return [
        Row(
            application=one,
            what=_what(one),
            who=_who(one),
            need=_need(one, short),
            moved=_moved(found, one),
            form=one.get_form_display() or one.get_first_choice_display(),
            cost=kroner(one.cost if one.cost is not None else one.sought),
            standing="" if call.state == CallState.RANKING else str(one.get_state_display()),
            is_beyond=found.reach is not None and at >= found.reach,
            ends_here=found.reach == at and at > 0,
            is_first=at == 0,
            is_last=at == page.paginator.count - 1,
        )
        for at, one in enumerate(seen(page.object_list), start=first)
    ]


def _what(one: Application) -> str:
    if one.credits is None:
        return one.title
    return _("%(title)s, %(credits)s studiepoeng") % {
        "title": one.title,
        "credits": number(float(one.credits), 0 if one.credits == int(one.credits) else 1, reader_language()),
    }


def _who(one: Application) -> str:
    place = one.school.label if one.school else one.call.scheme.giver
    return f"{one.employee.get_role_display()}, {place}" if one.employee else place


def _need(one: Application, short: Mapping[tuple[int | None, str], tuple[int, int]]) -> str:
    """What the records say of the school and the subject, else the school's own words."""
    if one.subject and (one.school_id, one.subject) in short:
        few, total = short[one.school_id, one.subject]
        return _("%(few)s av %(total)s som underviser i %(subject)s, mangler fordypning.") % {
            "few": few,
            "total": total,
            "subject": named(one.subject),
        }
    if one.goal is not None:
        return _("Gjelder målet «%(goal)s».") % {"goal": one.goal.text}
    return _("Kravet er oppfylt.") if one.subject else ""


def _moved(found: Board, one: Application) -> str:
    move = found.moves.get(one.pk)
    if move is None or move.before == move.after:
        return ""
    return _("Flyttet fra plass %(before)s til %(after)s.") % {"before": move.before, "after": move.after}


def board_line(found: Board, call: Call) -> tuple[str, str]:
    """`Pengene rekker til seks av ni.`, and what is left to do."""
    count = len(found.line or found.approved)
    unsaid = sum(one.needs_reason for one in found.line)
    if not count:
        first = _("Ingen søknader er klare til å prioriteres.")
    elif found.reach is None:
        first = ngettext("Én søknad står i rekkefølge.", "%(count)s søknader står i rekkefølge.", count)
    elif call.budget is None:
        first = _("Plassene rekker til %(reach)s av %(count)s.")
    else:
        first = _("Pengene rekker til %(reach)s av %(count)s.")
    second = ngettext("Én rad er flyttet uten grunn.", "%(count)s rader er flyttet uten grunn.", unsaid)
    said = first % {"reach": found.reach, "count": count} if "%(" in first else first
    return said, second % {"count": unsaid} if unsaid else ""


def left_line(found: Board) -> str:
    """Why a number is missing in an order that is told of; empty when none is."""
    places = sorted(one.place for one in found.left if one.place)
    if not places or found.line:
        return ""
    said = ngettext(
        "Plass %(places)s er trukket. De andre beholder plassen de har fått vite om.",
        "Plassene %(places)s er trukket. De andre beholder plassen de har fått vite om.",
        len(places),
    )
    return said % {"places": ", ".join(map(str, places))}


def kroner(amount: Decimal | None) -> str:
    """`12 000 kr`; empty when it is not known."""
    return f"{number(float(amount), 0, reader_language())}\u00a0kr" if amount is not None else ""


def subject_words(application: Application) -> str:
    """The subject's name; empty for none."""
    return subject_name(application.subject, reader_language()) if application.subject else ""


def rule_names(keys: Sequence[str]) -> list[str]:
    """What the order is made from, in words, first first."""
    return [str(Rule(key).label) for key in keys if key in Rule.values]


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One year of a notice as it is read; amounts in words, empty when unknown."""

    year: int
    plan: str
    sought: str
    granted: str
    own_due: str
    own: str
    spent: str


def need_year(one: YearMoney) -> NeedLine:
    """The year with its money in words."""
    row = one.row
    return NeedLine(
        year=row.year,
        plan=row.plan,
        sought=kroner(row.sought),
        granted=kroner(row.granted),
        own_due=kroner(one.own_due),
        own=kroner(row.own),
        spent=kroner(row.spent),
    )


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of every year in words."""

    what: str
    when: str


def scheme_dates(scheme: Scheme) -> list[DateLine]:
    """`1. februar`, `oktober`, `15. mars året etter`. One query."""
    months = MONTHS[known(reader_language())]
    found = []
    for row in scheme.dates.all():
        month = months[row.month - 1]
        when = month if row.day is None else _("%(day)s. %(month)s") % {"day": row.day, "month": month}
        after = _("%(when)s året etter") % {"when": when} if row.years_after else when
        found.append(DateLine(row.get_kind_display(), after))
    return found
