"""The five steps of a file, and the page's first line."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.data.indicators.enums import State as ReleaseState
from tettpaa.data.sources.difference import changes_anything
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.queries import Work
from tettpaa.data.sources.screens.wording import count, listed, number, rows, sentence

UNMATCHED = frozenset({"unknown_school", "unknown_school_alone", "bad_mapping"})
DONE, NOW, FAILED, LATER = StepState.DONE, StepState.NOW, StepState.FAILED, StepState.LATER
STATES = {
    State.RECEIVED: (DONE, NOW, LATER, LATER, LATER),
    State.CHECKING: (DONE, NOW, LATER, LATER, LATER),
    State.REJECTED: (DONE, DONE, FAILED, LATER, LATER),
    State.COMPARED: (DONE, DONE, DONE, DONE, NOW),
    State.PUBLISHING: (DONE, DONE, DONE, DONE, NOW),
    State.PUBLISHED: (DONE, DONE, DONE, DONE, DONE),
    State.DISCARDED: (DONE, LATER, LATER, LATER, LATER),
    State.FAILED: (DONE, FAILED, LATER, LATER, LATER),
}


def steps(work: Work) -> list[Step]:
    """Mottatt · Lest · Kontrollert · Sammenlignet · Publisert, with what each gave."""
    item, state = work.item, work.state
    states = STATES[state]
    if state is State.REJECTED and is_unreadable(item):
        states = (DONE, FAILED, LATER, LATER, LATER)
    if state is State.COMPARED and not changes_anything(item.difference):
        states = (DONE, DONE, DONE, DONE, LATER)
    texts = (
        _received(item),
        _read(item, state, states[1]),
        _checked(item, states[2]),
        _("se forskjellen under") if states[3] is DONE else "",
        _published(item, state, states[4]),
    )
    titles = (_("Mottatt"), _("Lest"), _("Kontrollert"), _("Sammenlignet"), _("Publisert"))
    return [Step(*parts) for parts in zip(titles, texts, states, strict=True)]


def _received(item: Import) -> str:
    if item.file is None:
        return _("filen er slettet")
    return _("bare tallene er lagret") if item.profile_id else _("lagret uendret")


def _read(item: Import, state: State, step: StepState) -> str:
    if step is DONE:
        found = [rows(item.rows)]
        if item.columns:
            found.append(
                ngettext("%(n)s kolonne", "%(n)s kolonner", item.columns) % {"n": number(item.columns)}
            )
        return ", ".join(found)
    if step is FAILED:
        return _("stoppet") if state is State.FAILED else _("filen kan ikke leses")
    return {State.RECEIVED: _("venter på tur"), State.CHECKING: _("leses nå")}.get(state, "")


def _checked(item: Import, step: StepState) -> str:
    if step is FAILED:
        return ngettext("én ting må rettes", "%(n)s ting må rettes", item.problem_count) % {
            "n": count(item.problem_count)
        }
    return _("ingen feil") if step is DONE else ""


def _published(item: Import, state: State, step: StepState) -> str:
    if state is State.PUBLISHED and item.finished_at:
        return formats.moment(timezone.localtime(item.finished_at), reader_language())
    if state is State.PUBLISHING:
        return _("pågår nå")
    return _("venter på deg") if step is NOW else ""


def is_unreadable(item: Import) -> bool:
    """The file as a whole could not be read: no source knows it, or nothing in it has a row to point at."""
    return bool(item.problems) and (
        not item.source or all(problem["row"] is None for problem in item.problems)
    )


def lead(work: Work) -> tuple[str, str]:
    """The answer in two tones."""
    if work.state is State.REJECTED:
        return rejected_line(work.item), _("Ingenting er endret ennå.")
    if work.state is State.COMPARED:
        return _compared_line(work.item)
    if work.state is State.PUBLISHED:
        return _published_line(work.item)
    return {
        State.RECEIVED: (_("Filen er mottatt."), _("Kontrollen begynner straks.")),
        State.CHECKING: (_("Filen kontrolleres nå."), _("Du kan lukke siden og komme tilbake.")),
        State.PUBLISHING: (_("Tallene publiseres nå."), _("Du kan lukke siden og komme tilbake.")),
        State.DISCARDED: (_("Filen er forkastet."), _("Ingenting ble endret, og filen er slettet.")),
        State.FAILED: (_("Arbeidet med filen stoppet."), _("Ingenting er endret. Prøv igjen.")),
    }[work.state]


def rejected_line(item: Import) -> str:
    """«Filen har tre celler som må rettes.»"""
    total = item.problem_count
    codes = {problem["code"] for problem in item.problems}
    if codes == {"unknown_heading"}:
        return _("Vi kjenner ikke igjen tabellen i filen.")
    if is_unreadable(item):
        return _("Filen kan ikke leses.")
    if codes <= UNMATCHED:
        return ngettext("Ett skolenavn i filen er ukjent.", "%(n)s skolenavn i filen er ukjente.", total) % {
            "n": sentence(count(total))
        }
    if all(problem["row"] and problem["column"] for problem in item.problems) and not codes & UNMATCHED:
        return ngettext(
            "Filen har én celle som må rettes.", "Filen har %(n)s celler som må rettes.", total
        ) % {"n": count(total)}
    return ngettext("Filen har én feil som må rettes.", "Filen har %(n)s feil som må rettes.", total) % {
        "n": count(total)
    }


def _compared_line(item: Import) -> tuple[str, str]:
    if not changes_anything(item.difference):
        return _("Alle tallene i filen er publisert før."), _("Filen endrer ingenting.")
    if item.was_renewed:
        return _("Noe ble publisert i mellomtiden."), _("Se på forskjellen en gang til før du publiserer.")
    return _("Filen er i orden."), _("Se hva som endres, og publiser når du er klar.")


def _published_line(item: Import) -> tuple[str, str]:
    if item.release is not None and item.release.state == ReleaseState.WITHDRAWN:
        return _("Tallene er trukket tilbake."), _("Det som gjaldt før, gjelder igjen.")
    return _("Tallene er publisert."), sentence(counted(item.difference.get("counts", {}))) + "."


def counted(counts: dict[str, int]) -> str:
    """«18 nye tall, ett endret og tre skjult»; only what there is."""
    new, changed, gone = (counts.get(name, 0) for name in ("new", "changed", "gone"))
    hidden = counts.get("hidden_by_us", 0)
    parts: Sequence[str] = [
        text
        for amount, text in (
            (new, ngettext("ett nytt tall", "%(n)s nye tall", new)),
            (changed, ngettext("ett endret", "%(n)s endret", changed)),
            (gone, ngettext("ett borte", "%(n)s borte", gone)),
            (hidden, ngettext("ett skjult", "%(n)s skjult", hidden)),
        )
        if amount
    ]
    amounts = [amount for amount in (new, changed, gone, hidden) if amount]
    filled = [
        text % {"n": count(amount)} if "%" in text else text
        for text, amount in zip(parts, amounts, strict=True)
    ]
    if not filled and counts.get("internal"):
        return ngettext(
            "ett tall til intern bruk er endret", "%(n)s tall til intern bruk er endret", counts["internal"]
        ) % {"n": count(counts["internal"])}
    return listed(filled) or _("ingen tall endres")
