"""The law's requirements as data with validity, and the judgement of one person in one subject on one day."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from tettpaa.work.competence.enums import Employment, Ground, Stage, Standing

TABLE = Path(__file__).parent / "requirements.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is held to the requirement, in the law of some days. `exempt_until`: the first day a ground is gone."""

    key: str
    valid_from: date
    citation: Mapping[str, str]
    source: str
    checked_on: date
    exempt: Collection[str]
    exempt_until: Mapping[str, date]
    deviation_by_school_year: bool
    valid_to: date | None = None

    def excuses(self, ground: str, day: date) -> bool:
        """Whether the ground holds on `day` (OL § 17-4 second paragraph; before 1 August 2024 § 10-2 third)."""
        until = self.exempt_until.get(ground)
        return ground in self.exempt and (until is None or day < until)

    def cited(self, language: str) -> str:
        """`Opplæringslova § 17-4`; laws are cited in Norwegian in every language."""
        name = self.citation["nn" if language == "nn" else "nb"].replace("§ ", "§\u00a0")
        return f"{name[:1].upper()}{name[1:]}"


@dataclass(frozen=True, slots=True)
class Required:
    """Credits asked for in a subject at a stage. `is_confirmed`: the regulation was read, or the owner says so."""

    subject: str
    stage: str
    credits: Decimal
    source: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """An owner's own number; goes before the table. `valid_to` is the first day it no longer holds."""

    subject: str
    stage: str
    credits: Decimal
    valid_from: date
    valid_to: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Excuse:
    """A documented ground of a person; an empty `subject` means all subjects."""

    ground: str
    subject: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, subject: str, day: date) -> bool:
        return (
            self.subject in ("", subject)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person: the post, (subject, credits, obtained on) rows, grounds, and the decided deviations
    as (first year of the school year, subject, stage)."""

    employment: str = Employment.PERMANENT
    credits: Sequence[tuple[str, Decimal, date | None]] = ()
    excuses: Sequence[Excuse] = ()
    deviations: Collection[tuple[int, str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer, with what it rests on."""

    standing: Standing
    held: Decimal
    required: Required | None = None
    ground: str = ""
    rule: Rule | None = None


@cache
def _table(table: Path = TABLE) -> Mapping[str, object]:
    with table.open("rb") as file:
        return tomllib.load(file)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the table, oldest first."""
    return tuple(Rule(**row) for row in _table()["rules"])  # type: ignore[attr-defined]


def rule_on(day: date) -> Rule | None:
    """The rule that holds on `day`, if we know one."""
    return next(
        (r for r in rules() if r.valid_from <= day and (r.valid_to is None or day < r.valid_to)), None
    )


@cache
def subjects() -> Mapping[str, Mapping[str, str]]:
    """Key of a subject → its name by language."""
    found: Mapping[str, Mapping[str, str]] = _table()["subjects"]  # type: ignore[assignment]
    return found


def subject_name(key: str, language: str) -> str:
    """A key nobody knows is shown as it is."""
    names = subjects().get(key)
    return names.get(language, names["nb"]) if names else key


def required(subject: str, stage: str, day: date, settings: Sequence[Setting] = ()) -> Required | None:
    """What is asked on `day`; None when nothing is. The owner's own number goes before the table."""
    for own in settings:
        if (own.subject, own.stage) == (subject, stage) and own.holds_on(day):
            asked = Required(subject, stage, own.credits, own.source, is_confirmed=True)
            return asked if own.credits > 0 else None
    for row in _table()["credits"]:  # type: ignore[attr-defined]
        if row["stage"] == stage and subject in row["subjects"] and row["valid_from"] <= day:
            is_read = day < row["confirmed_until"]
            return Required(subject, stage, Decimal(row["credits"]), row["source"], is_confirmed=is_read)
    return None


def school_year(day: date) -> int:
    """First year of the school year, which begins on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def judge(
    facts: Facts, subject: str, stage: str | Stage, day: date, settings: Sequence[Setting] = ()
) -> Judged:
    """How the person stands to the requirement in the subject on `day`.

    In this order: no rule known for the day; nothing required; credits enough; a ground of the law; a deviation
    decided for the very school year; else a gap.
    """
    held = sum(
        (number for of, number, on in facts.credits if of == subject and (on is None or on <= day)),
        Decimal(0),
    )
    rule = rule_on(day)
    if rule is None:
        return Judged(Standing.UNKNOWN, held)
    asked = required(subject, stage, day, settings)
    if asked is None:
        return Judged(Standing.NO_REQUIREMENT, held, rule=rule)
    if held >= asked.credits:
        return Judged(Standing.MET, held, asked, rule=rule)
    ground = _ground(facts, rule, subject, day)
    if ground:
        return Judged(Standing.EXEMPT, held, asked, ground, rule)
    is_decided = (school_year(day), subject, str(stage)) in facts.deviations
    return Judged(Standing.DEVIATION if is_decided else Standing.GAP, held, asked, rule=rule)


def _ground(facts: Facts, rule: Rule, subject: str, day: date) -> str:
    if facts.employment != Employment.PERMANENT and rule.excuses(Ground.TEMPORARY, day):
        return str(Ground.TEMPORARY)
    for excuse in facts.excuses:
        if excuse.holds(subject, day) and rule.excuses(excuse.ground, day):
            return excuse.ground
    return ""


def end_of_school_year(day: date) -> date:
    """31 July of the school year the day is in: the last day of an unqualified post and of a deviation."""
    return date(school_year(day) + 1, 7, 31)


def post_fault(employment: str, *, is_educated: bool, starts_on: date, until: date | None) -> str:
    """What is wrong with a teaching post by OL § 17-3, as a key; empty when nothing is.

    `needs_education`: a permanent post without a finished teacher education. `needs_end`: a temporary post without
    an end. `too_long`: one without the condition of begun education that goes beyond 31 July.
    """
    if is_educated:
        return ""
    if employment == Employment.PERMANENT:
        return "needs_education"
    if until is None:
        return "needs_end"
    if employment == Employment.TEMPORARY and until > end_of_school_year(starts_on):
        return "too_long"
    return ""
