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
    """Who is held to the requirement in a subject, in the law of some days. `exempt_until`: the first day a ground is
    gone. `deviation`: the words of the law that let the owner deviate for a school year; empty when none do."""

    key: str
    valid_from: date
    citation: Mapping[str, str]
    source: str
    checked_on: date
    exempt: Collection[str]
    exempt_until: Mapping[str, date]
    deviation: str
    valid_to: date | None = None

    def excuses(self, ground: str, day: date) -> bool:
        """Whether the ground holds on `day` (OL § 17-4 second paragraph; before 1 August 2024 § 10-2 third)."""
        until = self.exempt_until.get(ground)
        return ground in self.exempt and (until is None or day < until)

    def cited(self, language: str) -> str:
        """`Opplæringslova § 17-4`; laws are cited in Norwegian in every language."""
        return _as_sentence(self.named(language))

    def named(self, language: str) -> str:
        """`opplæringslova § 17-4`, inside a sentence."""
        return self.citation["nn" if language == "nn" else "nb"].replace("§ ", "§\u00a0")


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who may have a teaching post, in the law of the posts that begin on some days. `citation`: by `Employment`."""

    key: str
    valid_from: date
    citation: Mapping[str, str]
    asks: str
    ends_31_july: Collection[str]
    source: str
    checked_on: date
    valid_to: date | None = None

    def last_day(self, employment: str, starts_on: date) -> date | None:
        """The last day of a post of somebody without what the law asks; None when it is for the two to agree."""
        return end_of_school_year(starts_on) if employment in self.ends_31_july else None


@dataclass(frozen=True, slots=True)
class PostFault:
    """What is wrong with a post, and the words of the law that say so.

    `needs_education` or `needs_competence`: a permanent post without what the law of its first day asks. `needs_end`:
    a temporary post without an end. `too_long`: one without the condition of begun education, beyond 31 July.
    """

    key: str
    law: str


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


@cache
def appointments() -> tuple[Appointment, ...]:
    """Every rule about posts, oldest first."""
    return tuple(Appointment(**row) for row in _table()["appointments"])  # type: ignore[attr-defined]


def _in_force[R: (Rule, Appointment)](known: Sequence[R], day: date) -> R | None:
    return next((r for r in known if r.valid_from <= day and (r.valid_to is None or day < r.valid_to)), None)


def rule_on(day: date) -> Rule | None:
    """The rule about teaching that holds on `day`, if we know one."""
    return _in_force(rules(), day)


def appointment_on(day: date) -> Appointment | None:
    """The rule for posts that begin on `day`, if we know one."""
    return _in_force(appointments(), day)


def deviation_law(year: int) -> str:
    """What a deviation for the school year rests on, however early or late it is decided; empty when not known."""
    rule = rule_on(date(year, 8, 1))
    return _as_sentence(rule.deviation) if rule else ""


def _as_sentence(law: str) -> str:
    return f"{law[:1].upper()}{law[1:]}".replace("§ ", "§\u00a0")


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
    is_decided = bool(rule.deviation) and (school_year(day), subject, str(stage)) in facts.deviations
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


def post_fault(
    employment: str, *, is_educated: bool, starts_on: date, until: date | None
) -> PostFault | None:
    """What is wrong with a teaching post by the law of its first day; None when nothing is, or that law is not known.

    `is_educated`: the person has what the law of that day asks for a permanent post.
    """
    rule = appointment_on(starts_on)
    if is_educated or rule is None:
        return None
    law = _as_sentence(rule.citation[employment])
    if employment == Employment.PERMANENT:
        return PostFault(f"needs_{rule.asks}", law)
    if until is None:
        return PostFault("needs_end", law)
    last = rule.last_day(employment, starts_on)
    return PostFault("too_long", law) if last is not None and until > last else None
