"""The order that the owner's rules give a call's applications, with the reasons in words. Reads only."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence.enums import Standing
from tettpaa.work.competence.models import Employee, Teaching, employed_on
from tettpaa.work.competence.requirements import school_year, subject_name
from tettpaa.work.funds.enums import GOT, Rule, SchemeKind, State
from tettpaa.work.funds.models import Application, Call

YEARS_BACK: Final = 3
"""Fairness looks at the calls of so many years before."""


def in_line(call: Call) -> list[Application]:
    """The applications that are to be ranked, in their order. One query."""
    rows = call.applications.filter(state=_ready(call))
    return line_of(rows.select_related("school", "employee", "goal", "call"), call)


def line_of(rows: Iterable[Application], call: Call) -> list[Application]:
    """Of a call's applications those that are to be ranked: the leader has spoken, or a school's own is sent."""
    found = (one for one in rows if one.state == _ready(call))
    return sorted(found, key=lambda one: (one.place is None, one.place or 0, one.number or 0))


def _ready(call: Call) -> State:
    return State.SUBMITTED if call.scheme.kind == SchemeKind.MUNICIPAL else State.SPOKEN


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
    rows = Employee.objects.filter(employed_on(timezone.localdate()), owner=call.owner)
    return Counter(dict(rows.order_by().values_list("school").annotate(n=Count("pk"))))
