"""What the room's pages say. A signal is not a verdict, and no sentence here calls a school weak."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.formats import day, number, school_year, short_day
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.numbers import Unit, distance
from tettpaa.data.stats.sentences import false_alarm_sentence, probability
from tettpaa.data.stats.verdicts import LIKELY_FROM
from tettpaa.work.followup.enums import CaseState, EntryKind
from tettpaa.work.followup.models import FollowUpCase, LadderStep, Signal
from tettpaa.work.followup.queries import Voices
from tettpaa.work.followup.screening import TOGETHER, LevelReading


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a page with one form says."""

    title: str
    first: str
    support: str
    button: str


def spoken() -> str:
    return get_language() or "nb"


def role_name(key: str) -> str:
    """A role in the reader's language."""
    role = roles().get(key)
    return key if role is None else role.names.get(spoken()) or role.names["nb"]


def indicator_name(signal: Signal) -> str:
    """`Lesing 5. trinn`, or all national tests together."""
    return (
        _("Nasjonale prøver samlet")
        if signal.indicator == TOGETHER
        else named(signal.indicator, signal.grade)
    )


def named(indicator: str, grade: int) -> str:
    """`Lesing 5. trinn`."""
    definition = definitions().get(indicator)
    name = definition.short_names.in_language(spoken()) if definition else indicator
    if not grade or f"{grade}. " in name:
        return name
    return _("%(name)s, %(grade)d. trinn") % {"name": name, "grade": grade}


def signal_sentence(signal: Signal) -> str:
    """What the system says: what was seen in which years, and how probable or how big it is."""
    kept = signal.evidence
    rule = kept.get("rule", "level")
    if rule == "fall":
        size = distance(kept["fall"], Unit.POINTS, 1, reader_language())
        return _(
            "Nasjonale prøver samlet: De siste tre årene ligger %(size)s lavere enn skolens tidligere år."
        ) % {"size": size}
    if rule == "early":
        return _(
            "Nasjonale prøver samlet: De nyeste tallene er lavere enn årene før tilsier. Det er et tidlig varsel."
        )
    return f"{_seen(signal)} {_how_sure(signal)}"


def _seen(signal: Signal) -> str:
    definition = definitions().get(signal.indicator)
    decimals = max(1, definition.decimals) if definition else 1
    return _("%(name)s, %(first)s til %(last)s sett sammen: %(mean)s mot %(reference)s i landet.") % {
        "name": indicator_name(signal),
        "first": school_year(signal.period_from, spoken()),
        "last": school_year(signal.period_to, spoken()),
        "mean": number(signal.evidence.get("mean"), decimals, spoken()),
        "reference": number(signal.evidence.get("reference"), decimals, spoken()),
    }


def _how_sure(signal: Signal) -> str:
    """A probability where there is a true one, else the word."""
    kept = signal.evidence
    if kept.get("p") is not None:
        parts = {"delta": _limit(signal), "p": probability(kept["p"], reader_language())}
        if kept.get("side") == "above":
            return (
                _("Sannsynligheten for at skolen egentlig ligger mer enn %(delta)s over, er %(p)s.") % parts
            )
        return _("Sannsynligheten for at skolen egentlig ligger mer enn %(delta)s under, er %(p)s.") % parts
    if signal.certainty == "clear":
        return _("Forskjellen er klart større enn tilfeldig.")
    return _("Forskjellen er trolig større enn tilfeldig.")


def _limit(signal: Signal) -> str:
    """The difference that matters: `2 poeng`, `3 prosentpoeng`."""
    definition = definitions().get(signal.indicator)
    value = float(signal.evidence.get("delta") or 0.0)
    decimals = 0 if value.is_integer() else 1
    return distance(value, counted_in(definition) if definition else Unit.POINTS, decimals, reader_language())


def signal_doubt(signal: Signal) -> str:
    """How unsure it is: the interval and the limit, or how often chance alone gives such a warning."""
    kept = signal.evidence
    if kept.get("rule") in ("fall", "early"):
        return _("Også skoler uten endring får slike varsler: omtrent 1 av 100 hvert år.")
    definition = definitions().get(signal.indicator)
    decimals = max(1, definition.decimals) if definition else 1
    ends = {name: number(kept.get(f"{name}90"), decimals, spoken()) for name in ("low", "high")}
    between = _("Nivået ligger trolig mellom %(low)s og %(high)s.") % ends
    if kept.get("p") is not None:
        if kept.get("others"):
            why = _(
                "Nivået er beregnet: Skolens andre prøver teller med, og noe av forskjellen er trolig tilfeldig."
            )
        else:
            why = _("Nivået er beregnet: Noe av forskjellen er trolig tilfeldig.")
        return f"{between} {why}"
    small = _("Vi regner en forskjell på mindre enn %(delta)s som for liten til å bety noe.")
    return f"{between} {small % {'delta': _limit(signal)}}"


def list_doubt(signals: Iterable[Signal]) -> str:
    """How many schools are marked, and how many of them to expect by chance; empty for none.

    A school marked more than once is wrongly marked only if all its marks are wrong, so its surest mark counts.
    """
    chances: dict[int, list[float | None]] = defaultdict(list)
    for signal in signals:
        chances[signal.school_id].append(signal.evidence.get("by_chance"))
    least = [min((c for c in some if c is not None), default=None) for some in chances.values()]
    known = [chance for chance in least if chance is not None]
    rest = len(least) - len(known)
    parts = [false_alarm_sentence(len(known), sum(known), reader_language())] if known else []
    if rest:
        text = ngettext(
            "Én skole er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig.",
            "%(n)d skoler er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig.",
            rest,
        )
        parts.append(text % {"n": rest})
    return " ".join(parts)


def reading_sentence(read: LevelReading) -> str:
    """One test of a school: where its level likely lies, beside the nation."""
    definition = definitions()[read.indicator]
    name, decimals = named(read.indicator, read.grade), max(1, definition.decimals)
    inner = read.curve.interval(0.90)
    text = _("%(name)s: trolig mellom %(low)s og %(high)s. Landet har %(reference)s.") % {
        "name": name,
        "low": number(inner.low, decimals, spoken()),
        "high": number(inner.high, decimals, spoken()),
        "reference": number(read.reference, decimals, spoken()),
    }
    if read.p_weak <= LIKELY_FROM:
        return text
    delta = distance(
        read.delta, counted_in(definition), 0 if read.delta.is_integer() else 1, reader_language()
    )
    more = _("Sannsynligheten for at skolen egentlig ligger mer enn %(delta)s under, er %(p)s.")
    return f"{text} {more % {'delta': delta, 'p': probability(read.p_weak, reader_language())}}"


def list_line(waiting: int, followed: int) -> tuple[str, str]:
    """The list's answer: counts, and no school first."""
    first = (
        ngettext("Én skole følges opp nå.", "%(n)d skoler følges opp nå.", followed) % {"n": followed}
        if followed
        else _("Ingen skoler følges opp nå.")
    )
    if not waiting:
        return first, _("Ingen signaler venter på en vurdering.")
    second = ngettext(
        "Ett signal venter på at noen vurderer det.",
        "%(n)d signaler venter på at noen vurderer dem.",
        waiting,
    )
    return first, second % {"n": waiting}


def school_line(school: str, signals: Sequence[Signal], cases: Sequence[FollowUpCase]) -> str:
    """A school's page: what waits, or where its newest case is."""
    if signals:
        text = ngettext(
            "Ett signal ved %(school)s er ikke vurdert.",
            "%(n)d signaler ved %(school)s er ikke vurdert.",
            len(signals),
        )
        return text % {"n": len(signals), "school": school}
    return case_line(cases[0]) if cases else _("Ingen signaler venter ved %(school)s.") % {"school": school}


def case_line(case: FollowUpCase) -> str:
    """The case's answer in one sentence."""
    school = case.school.label
    slots = {"school": school, "day": day(case.review_on, spoken()), "by": day(case.answer_by, spoken())}
    if case.state == CaseState.ASSESSED:
        return _("Rektor ved %(school)s er spurt og svarer innen %(by)s.") % slots
    if case.state == CaseState.COMMENTED:
        return _("Rektor ved %(school)s har svart. Nå skal det besluttes.") % slots
    if case.state == CaseState.NO_CASE:
        return _("Det ble ingen oppfølgingssak ved %(school)s.") % slots
    if case.state == CaseState.OPEN:
        return _("%(school)s får støtte, og vi ser på saken igjen %(day)s.") % slots
    if case.state == CaseState.REVIEWED:
        return _("Saken ved %(school)s er gjennomgått. Nå skal trinnet besluttes.") % slots
    return _("Oppfølgingen ved %(school)s er avsluttet.") % slots


def case_lede(voices: Voices) -> str:
    """Where the two sides stand with each other."""
    if voices.is_disagreed:
        return _(
            "Et menneske har vurdert signalet. Rektor har svart og ser det annerledes. Begge deler står her."
        )
    if voices.comments:
        return _("Et menneske har vurdert signalet. Rektor har svart og er enig.")
    return _("Et menneske har vurdert signalet. Ingenting er besluttet.")


def state_line(case: FollowUpCase, first_signal: date | None) -> list[Step]:
    """Six stretches: signal, judged, answered, support, review, down, up or closed."""
    is_ended = case.state in (CaseState.CLOSED, CaseState.NO_CASE)
    step = _("trinn %(number)d") % {"number": case.step.number} if case.step else ""
    opened = " · ".join(filter(None, (step, _day(case.opened_on))))
    stretches = [
        (_("Signal"), _day(first_signal), True),
        (_("Vurdert"), _day(case.assessed_on), True),
        (_("Rektor har svart"), _day(case.commented_on) or _by(case), case.commented_on is not None),
        (_("Støtte i gang"), opened or _("ikke besluttet"), case.opened_on is not None),
        (_("Gjennomgang"), _day(case.review_on), case.state in (CaseState.REVIEWED, CaseState.CLOSED)),
        (_("Ned, opp eller avsluttet"), _day(case.closed_on) or _("besluttes med grunn"), is_ended),
    ]
    last = max(i for i, (_title, _text, is_done) in enumerate(stretches) if is_done)
    now = last if case.state == CaseState.OPEN or is_ended else last + 1
    return [
        Step(title, text, _at(i, now, is_done=i < now or is_ended))
        for i, (title, text, _done) in enumerate(stretches)
    ]


def _at(place: int, now: int, *, is_done: bool) -> StepState:
    if place == now:
        return StepState.NOW
    return StepState.DONE if is_done else StepState.LATER


def _day(value: date | None) -> str:
    return short_day(value, spoken()) if value else ""


def _by(case: FollowUpCase) -> str:
    return _("innen %(day)s") % {"day": short_day(case.answer_by, spoken())}


def stair(steps: Sequence[LadderStep], here: LadderStep | None) -> list[tuple[LadderStep, int, bool]]:
    """The ladder as stairs: step, its height 0-100 in the picture, and whether the case is there."""
    top = max(1, len(steps) - 1)
    return [
        (step, 18 + round(62 * place / top), here is not None and step.pk == here.pk)
        for place, step in enumerate(steps)
    ]


def entry_title(kind: str, step: LadderStep | None) -> str:
    """What a later entry is."""
    label = str(EntryKind(kind).label).capitalize()
    return f"{label}: {step.name}" if step is not None else label


def missing_line(missing: Sequence[str]) -> str:
    """What the step calls for."""
    words = {"meeting": _("et møte"), "agreement": _("en avtale")}
    return _("Trinnet krever %(what)s, og det er ikke knyttet til saken ennå.") % {
        "what": _(" og ").join(words[key] for key in missing)
    }
