"""What the room's pages say. A signal is not a verdict, and no sentence here calls a school weak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.formats import day, number, school_year, short_day
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.data.indicators.definitions import definitions
from tettpaa.work.followup.enums import CaseState, EntryKind
from tettpaa.work.followup.models import FollowUpCase, LadderStep, Signal
from tettpaa.work.followup.queries import Voices


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
    """`Lesing 5. trinn`."""
    definition = definitions().get(signal.indicator)
    name = definition.short_names.in_language(spoken()) if definition else signal.indicator
    if not signal.grade or f"{signal.grade}. " in name:
        return name
    return _("%(name)s, %(grade)d. trinn") % {"name": name, "grade": signal.grade}


def signal_sentence(signal: Signal) -> str:
    """What the system says, as a sentence with the years it rests on."""
    definition = definitions().get(signal.indicator)
    decimals = max(1, definition.decimals) if definition else 1
    kept = signal.evidence
    slots = {
        "name": indicator_name(signal),
        "first": school_year(signal.period_from, spoken()),
        "last": school_year(signal.period_to, spoken()),
        "mean": number(kept.get("mean"), decimals, spoken()),
        "reference": number(kept.get("reference"), decimals, spoken()),
    }
    if signal.certainty == "clear":
        return (
            _(
                "%(name)s, %(first)s til %(last)s sett sammen: %(mean)s mot %(reference)s i landet. Forskjellen er klart større enn tilfeldig."
            )
            % slots
        )
    return (
        _(
            "%(name)s, %(first)s til %(last)s sett sammen: %(mean)s mot %(reference)s i landet. Forskjellen er trolig større enn tilfeldig."
        )
        % slots
    )


def signal_doubt(signal: Signal) -> str:
    """How unsure it is: the interval, and the limit it was held against."""
    kept = signal.evidence
    definition = definitions().get(signal.indicator)
    decimals = max(1, definition.decimals) if definition else 1
    return _(
        "Nivået ligger trolig mellom %(low)s og %(high)s. Vi regner en forskjell på mindre enn %(delta)s som for liten til å bety noe."
    ) % {
        "low": number(kept.get("low90"), decimals, spoken()),
        "high": number(kept.get("high90"), decimals, spoken()),
        "delta": number(kept.get("delta"), decimals, spoken()),
    }


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
