"""What the room's pages say: reasons, words for where a point stands, and the sentences that answer first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.formats import day, short_day
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.report.decisions import paper
from tettpaa.report.decisions.checking import CheckPoint
from tettpaa.report.decisions.enums import BODIES, CaseState, ItemKind, ItemState
from tettpaa.report.decisions.models import CaseStep, PoliticalCase
from tettpaa.report.decisions.queries import ItemLine, counts_of

REASONS: Final[Mapping[str, object]] = {
    "only_noted": gettext_lazy(
        "Innstillingen sier bare at noe tas til orientering. Da har ingen noe å gjøre."
    ),
    "not_frozen": gettext_lazy("Rapporten må fryses først, så alle leser det samme."),
    "not_public": gettext_lazy("Rapporten må være publisert: det som legges ved en sak, er offentlig."),
    "sent": gettext_lazy("Saken er sendt. Saksframlegget kan ikke endres."),
    "open_items": gettext_lazy("Alle vedtakspunkter må være meldt tilbake som gjort eller ikke gjort."),
}
CHECKS: Final[Mapping[str, tuple[object, object]]] = {
    "frozen": (
        gettext_lazy("Rapporten er frosset"),
        gettext_lazy("Det som publiseres, er akkurat det dere frøs."),
    ),
    "stale": (
        gettext_lazy("Ingen tekst står ved tall som har endret seg"),
        gettext_lazy("Skriv om teksten, eller bekreft at den fortsatt stemmer."),
    ),
    "clean": (
        gettext_lazy("Ingen navn eller adresser funnet i teksten"),
        gettext_lazy("Vi leter etter e-postadresser, fødselsnummer og navn på folk med en rolle her."),
    ),
    "hidden": (
        gettext_lazy("Skjulte tall er sett over"),
        gettext_lazy("Les tabellene og se at ingen tekst røper et tall som er skjult."),
    ),
    "names": (
        gettext_lazy("Ingen kan kjennes igjen"),
        gettext_lazy("Les tekstene og se at ingen elev, forelder eller ansatt kan kjennes igjen."),
    ),
    "approved": (
        gettext_lazy("Kommunedirektøren har godkjent rapporten"),
        gettext_lazy("Kommunedirektøren svarer for det som legges fram."),
    ),
}


def reason_texts(reasons: Sequence[str]) -> list[str]:
    """Why something cannot be done yet, in words."""
    language = get_language() or "nb"
    titles = {f"part_{spec.key}": spec.title.in_language(language) for spec in paper.PARTS}
    return [
        _("«%(part)s» er ikke skrevet.") % {"part": titles[key]} if key in titles else str(REASONS[key])
        for key in reasons
    ]


def check_words(point: CheckPoint) -> tuple[str, str]:
    """A point of the checklist and what it means."""
    title, text = CHECKS[point.key]
    return str(title), str(text)


def role_name(key: str) -> str:
    """A role in the reader's language; what nobody knows any more stands as it is."""
    role = roles().get(key)
    return key if role is None else role.names.get(get_language() or "nb") or role.names["nb"]


def item_status(line: ItemLine, today: date) -> tuple[str, str]:
    """Icon and words for where a point stands: shape and word, never colour alone."""
    if line.state == ItemState.DONE:
        return "done", _("Gjort")
    if line.state == ItemState.NOT_DONE:
        return "late", _("Ikke gjort")
    if line.is_late(today):
        return "late", _("Fristen var %(day)s") % {"day": short_day(line.item.due_on, _spoken())}
    if line.state == ItemState.STARTED:
        when = line.item.due_on
        return "running", _("I gang, til %(day)s") % {"day": short_day(when, _spoken())} if when else _(
            "I gang"
        )
    if line.kind != ItemKind.DECISION:
        return "planned", str(ItemKind(line.kind).label)
    return "planned", _("Frist %(day)s") % {"day": short_day(line.item.due_on, _spoken())}


def _spoken() -> str:
    return get_language() or "nb"


def decided_line(lines: Sequence[ItemLine]) -> str:
    """`Tre av fem vedtak er gjennomført. Ett er i gang. Ett er ikke gjort.`"""
    counts = counts_of(lines)
    total = sum(counts.values())
    if not total:
        return _("Ingen vedtak er registrert ennå.")
    said = _("%(done)d av %(total)d vedtak er gjennomført.") % {
        "done": counts[ItemState.DONE],
        "total": total,
    }
    return " ".join([said, *left_undone(counts)])


def left_undone(counts: Mapping[str, int]) -> list[str]:
    """A sentence for each state short of done that any decision is in."""
    tails: tuple[tuple[str, Callable[[int], str]], ...] = (
        (ItemState.STARTED, lambda n: ngettext("%(n)d er i gang.", "%(n)d er i gang.", n)),
        (ItemState.NOT_DONE, lambda n: ngettext("%(n)d er ikke gjort.", "%(n)d er ikke gjort.", n)),
        (
            ItemState.ASSIGNED,
            lambda n: ngettext("%(n)d er ikke meldt tilbake.", "%(n)d er ikke meldt tilbake.", n),
        ),
    )
    return [tail(counts[state]) % {"n": counts[state]} for state, tail in tails if counts[state]]


def bars_of(lines: Sequence[ItemLine]) -> list[str]:
    """One bar a decision, the done first."""
    counts = counts_of(lines)
    open_ones = counts[ItemState.ASSIGNED] + counts[ItemState.NOT_DONE]
    return ["done"] * counts[ItemState.DONE] + ["now"] * counts[ItemState.STARTED] + ["later"] * open_ones


def case_line(case: PoliticalCase, steps: Sequence[CaseStep]) -> tuple[str, str]:
    """The case page's answer: where it is, and what comes next."""
    ahead = next((step for step in steps if step.held_on is None and step.planned_on), None)
    after = ""
    if ahead is not None and case.state not in (CaseState.DECIDED, CaseState.CLOSED):
        after = _("Neste er %(step)s %(day)s.") % {
            "step": ahead.name,
            "day": day(ahead.planned_on, _spoken()),
        }
    words = {
        CaseState.PREPARED: _("Saken forberedes."),
        CaseState.SUBMITTED: _("Saken er sendt."),
        CaseState.COMMITTEE: _("Saken er i utvalget."),
        CaseState.EXECUTIVE: _("Saken er i formannskapet."),
        CaseState.COUNCIL: _("Saken er i kommunestyret."),
        CaseState.POSTPONED: _("Saken er utsatt."),
        CaseState.SENT_BACK: _("Saken er sendt tilbake."),
        CaseState.DECIDED: _("Saken er vedtatt %(day)s.") % {"day": day(case.decided_on, _spoken())},
        CaseState.CLOSED: _("Saken er avsluttet. Hvert vedtak er svart for."),
    }
    return words[CaseState(case.state)], after


def road_of(case: PoliticalCase, steps: Sequence[CaseStep]) -> list[Step]:
    """The state line: what is held, where the case is, what is planned."""
    made = []
    ahead = next((step for step in steps if step.held_on is None), None)
    for step in steps:
        where = [step.body_name] if step.body_name and step.body_name != step.name else []
        if step.held_on:
            state, when = StepState.DONE, short_day(step.held_on, _spoken())
        elif step is ahead:
            state, when = StepState.NOW, _when(step)
            if case.state in (CaseState.POSTPONED, CaseState.SENT_BACK):
                when = str(CaseState(case.state).label)
        else:
            state, when = StepState.LATER, _when(step)
        made.append(Step(step.name, " · ".join([*where, when]), state))
    return made


def _when(step: CaseStep) -> str:
    if step.planned_on is None:
        return _("dato ikke satt")
    return short_day(step.planned_on, _spoken())


def needs_protocol(step: CaseStep) -> bool:
    """Whether a body holds the step."""
    return step.kind in BODIES
