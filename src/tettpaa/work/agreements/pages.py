"""The words of the pages: the first lines, what is lacking, what two people wrote at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.enums import LineKind, Side, State, Status
from tettpaa.work.agreements.queries.choices import counterpart
from tettpaa.work.agreements.queries.lists import AgreementLine
from tettpaa.work.agreements.queries.page import Page


def things(number: int) -> str:
    """`seks ting`: small numbers are words."""
    words = {
        1: _("én ting"), 2: _("to ting"), 3: _("tre ting"), 4: _("fire ting"), 5: _("fem ting"),
        6: _("seks ting"), 7: _("sju ting"), 8: _("åtte ting"), 9: _("ni ting"), 10: _("ti ting"),
    }  # fmt: skip
    return words.get(number) or _("%(number)s ting") % {"number": number}


def lede(page: Page) -> str:
    """Under the title: what the two have promised each other, how it goes, and what comes next."""
    words = {"school": page.agreement.school.label, "things": things(len(page.promises))}
    if not page.agreement.is_signed:
        return _draft_lede(page, words)
    first = _("%(school)s og skoleeier har lovet hverandre %(things)s.") % words
    if page.agreement.ended_on:
        day = formats.day(page.agreement.ended_on, reader_language())
        return f"{first} " + _("Avtalen ble avsluttet %(day)s.") % {"day": day}
    return " ".join(one for one in (first, _how(page), _next(page)) if one)


def _draft_lede(page: Page, words: dict[str, str]) -> str:
    if not page.promises:
        return _("Avtalen er et utkast. Begge sider skriver i den, og begge lover noe.")
    first = _("Utkastet har %(things)s som skolen og skoleeier lover hverandre.") % words
    rest = {
        State.DRAFT: _("Det er ikke forhandlet ferdig."),
        State.NEGOTIATED: _("Nå skal de som er berørt bli hørt."),
        State.CONSULTED: _("Nå signerer rektor, og så skoleeier."),
        State.SIGNED_SCHOOL: _("Rektor har signert. Nå signerer skoleeier."),
        State.TERMINATED: _("Det ble ikke noe av avtalen."),
    }.get(page.state, "")
    return f"{first} {rest}"


def _how(page: Page) -> str:
    late = page.late
    if not late:
        return _("Alle er gjort eller i rute.") if page.well == len(page.promises) else ""
    owners = sum(one.row.side == Side.OWNER for one in late)
    words = {"late": len(late), "school": len(late) - owners, "owner": owners}
    if not owners:
        return (
            ngettext("Ett er sent, og det er skolens.", "%(late)s er sene, alle skolens.", len(late)) % words
        )
    if owners == len(late):
        return (
            ngettext("Ett er sent, og det er skoleeiers.", "%(late)s er sene, alle skoleeiers.", len(late))
            % words
        )
    return _("%(late)s er sene: %(school)s av skolens og %(owner)s av skoleeiers.") % words


def _next(page: Page) -> str:
    point = page.next_point
    if point is None:
        return _("Alle sjekkpunktene er holdt.")
    return _("Neste sjekkpunkt er %(day)s.") % {"day": formats.day(point.due_on, reader_language())}


def list_first(lines: Sequence[AgreementLine]) -> str:
    """The list's answer in a sentence."""
    living = [line for line in lines if line.agreement.lives]
    late = [line for line in living if line.late_all]
    if not lines:
        return _("Ingen avtaler ennå")
    if not living:
        return _("Ingen avtaler er i kraft ennå")
    count = ngettext("Én avtale er i kraft", "%(n)s avtaler er i kraft", len(living)) % {"n": len(living)}
    if not late:
        return _("%(count)s, og ingen løfter er sene") % {"count": count}
    if len(living) == 1:
        return _("%(count)s, og den har løfter som er sene") % {"count": count}
    return ngettext(
        "%(count)s, og én har løfter som er sene", "%(count)s, og %(n)s har løfter som er sene", len(late)
    ) % {"count": count, "n": len(late)}


def goals_title(number: int) -> str:
    """The heading over the goals."""
    words = {1: _("Ett mål"), 2: _("To mål"), 3: _("Tre mål")}
    if not number:
        return _("Mål, og hvor sikre vi kan bli")
    counted = words.get(number) or _("%(number)s mål") % {"number": number}
    return _("%(goals)s, og hvor sikre vi kan bli") % {"goals": counted}


def lacking(key: str) -> str:
    """What must be there before the step can be taken."""
    return {
        "both_sides": _("Begge sider må love noe før avtalen er forhandlet."),
        "goal": _("Avtalen trenger minst ett mål."),
        "heard": _("Skriv hvem som er hørt og hva det endret, eller hvorfor ingen er hørt."),
        "period": _("Skriv fra når og til når avtalen gjelder."),
        "checkpoint": _("Avtalen trenger minst ett sjekkpunkt."),
        "changes": _("Skriv hva som er nytt i denne versjonen, og hvorfor."),
        "both_say": _("Begge sider må ha skrevet noe før sjekkpunktet er holdt."),
        "promises": _("Noen løfter er ikke gjort ennå, så avtalen er ikke oppfylt."),
        "evaluation": _("Skriv en vurdering før avtalen avsluttes."),
        "reason": _("Skriv en begrunnelse."),
    }[key]


@dataclass(frozen=True)
class Clash:
    """A field that two people wrote at once."""

    label: str
    theirs: str
    mine: str


def clashes(form: Any, theirs: Versioned, mine: Versioned) -> list[Clash]:
    """What differs between what stands there now and what the person wrote, by the form's labels."""
    found = []
    for name, field in form.fields.items():
        then, now = getattr(theirs, name, None), getattr(mine, name, None)
        if then != now:
            found.append(Clash(str(field.label or name), _shown(then), _shown(now)))
    return found


def _shown(value: object) -> str:
    return "" if value is None else str(value)


STATUS_ICONS = {
    Status.PLANNED: "planned",
    Status.ON_TRACK: "running",
    Status.LATE: "late",
    Status.DONE: "done",
    Status.NOT_DONE: "withdrawn",
}


def how_proved(records: Sequence[dict[str, Any]]) -> str:
    """The method of the last proof, from the sign-in records of the session."""
    last = records[-1] if records else {}
    if last.get("method") == "mfa":
        return "passkey" if last.get("type") == "webauthn" else "second_factor"
    return "password" if last.get("method") == "password" else "session"


def initial_of(row: Any) -> dict[str, Any]:
    """A line's values as its form takes them."""
    found = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if "why_goal" in found:
        found["why_goal"] = str(found["why_goal"] or "")
        found["answers"] = counterpart(row)
    if "goal" in found:
        found["goal"] = str(found["goal"] or "")
        found["measure"] = f"{row.indicator}:{row.grade}" if row.indicator else ""
    if "body" in found:
        found["body"] = str(found["body"] or "")
    return found


def form_title(kind: LineKind, *, is_new: bool) -> str:
    """What the form of a line is called."""
    fresh = {
        LineKind.COMMITMENT: _("Et nytt løfte"),
        LineKind.GOAL: _("Et nytt mål"),
        LineKind.COMPETENCE: _("Et nytt behov for kompetanse"),
        LineKind.CHECKPOINT: _("Et nytt sjekkpunkt"),
        LineKind.CONSULTATION: _("Hvem er hørt?"),
        LineKind.ANNEX: _("Et nytt avsnitt i vedlegget"),
    }
    known = {
        LineKind.COMMITMENT: _("Endre løftet"),
        LineKind.GOAL: _("Endre målet"),
        LineKind.COMPETENCE: _("Endre behovet for kompetanse"),
        LineKind.CHECKPOINT: _("Endre sjekkpunktet"),
        LineKind.CONSULTATION: _("Hva sa de, og hva endret det?"),
        LineKind.ANNEX: _("Endre avsnittet i vedlegget"),
    }
    return (fresh if is_new else known)[kind]


def difference_title(number: int, now: int, before: int) -> str:
    """`Seks ting skiller versjon 2 fra versjon 1`."""
    if not number:
        return _("Versjon %(now)s sier det samme som versjon %(then)s") % {"now": now, "then": before}
    words = things(number)
    said = {"things": f"{words[:1].upper()}{words[1:]}", "now": now, "then": before}
    return _("%(things)s skiller versjon %(now)s fra versjon %(then)s") % said
