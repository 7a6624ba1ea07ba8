"""The room's sentences: what a meeting waits for, what state it is in, who owns what. In the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.formats import HARD, MONTHS, WEEKDAYS, day, known, short_day
from tettpaa.work.dialogue.enums import MeetingState, PartKey, PartState
from tettpaa.work.dialogue.models import Meeting


@dataclass(frozen=True)
class DutyWords:
    """A duty as a line, and as the words of the page's one button. `by_post`: the button does it."""

    title: str | Promise
    button: str | Promise
    note: str | Promise = ""
    by_post: bool = False


DUTIES: Final[Mapping[str, DutyWords]] = {
    "invite": DutyWords(
        gettext_lazy("Send innkallingen"),
        gettext_lazy("Send innkallingen"),
        gettext_lazy("Brev går til alle som skal være med. Elevråd og FAU kan foreslå saker fra da av."),
        by_post=True,
    ),
    "open": DutyWords(
        gettext_lazy("Åpne møtepakken"),
        gettext_lazy("Åpne møtepakken"),
        gettext_lazy("Den åpner av seg selv på dagen."),
        by_post=True,
    ),
    "answer": DutyWords(
        gettext_lazy("Svar på et forslag til sak"),
        gettext_lazy("Svar på forslagene"),
        gettext_lazy("De som foreslo, ser svaret med en gang."),
    ),
    "questions": DutyWords(
        gettext_lazy("Skriv spørsmålene til skolen"),
        gettext_lazy("Skriv spørsmålene"),
        gettext_lazy("Bare skoleeier ser dem til dere deler."),
    ),
    "freeze": DutyWords(
        gettext_lazy("Lås møtepakken"),
        gettext_lazy("Lås pakken nå"),
        gettext_lazy("Den låses av seg selv. Etterpå får alle den samme versjonen, og ingen kan endre den."),
        by_post=True,
    ),
    "send_agenda": DutyWords(
        gettext_lazy("Send saklista"),
        gettext_lazy("Send saklista"),
        gettext_lazy("Alle som møter, skal ha den minst sju dager før."),
        by_post=True,
    ),
    "in_meeting": DutyWords(
        gettext_lazy("Skriv i møtet"),
        gettext_lazy("Åpne møtet"),
        gettext_lazy("Flere kan skrive samtidig, også på telefon. Hver sak lagres for seg."),
    ),
    "write_minutes": DutyWords(
        gettext_lazy("Skriv ferdig referatet"),
        gettext_lazy("Skriv ferdig referatet"),
        gettext_lazy("Så går det ut til kommentar hos begge."),
    ),
    "comment": DutyWords(
        gettext_lazy("Les og kommenter referatet"),
        gettext_lazy("Les og kommenter referatet"),
        gettext_lazy("Begge sider ser det du skriver."),
    ),
    "close_comments": DutyWords(
        gettext_lazy("Ta inn kommentarene til referatet"),
        gettext_lazy("Les kommentarene"),
        gettext_lazy("Når teksten er ferdig, gjør du den klar for godkjenning."),
    ),
    "approve": DutyWords(
        gettext_lazy("Godkjenn referatet"),
        gettext_lazy("Les og godkjenn"),
        gettext_lazy("Du blir spurt om hvem du er en gang til."),
    ),
    "publish": DutyWords(
        gettext_lazy("Gjør referatet offentlig"),
        gettext_lazy("Se over og publiser"),
        gettext_lazy("Det som er unntatt, tas ut. Elevråd, FAU og tillitsvalgte får beskjed."),
    ),
    "agreement": DutyWords(
        gettext_lazy("Lag avtalen av løftene fra møtet"),
        gettext_lazy("Lag avtalen"),
        gettext_lazy("Linjene fra møtet blir utkastet. Ingen skriver dem på nytt."),
        by_post=True,
    ),
    "follow": DutyWords(
        gettext_lazy("Si at møtet er fulgt opp"), gettext_lazy("Møtet er fulgt opp"), by_post=True
    ),
    "close": DutyWords(gettext_lazy("Avslutt møtet"), gettext_lazy("Avslutt møtet"), by_post=True),
    "new_day": DutyWords(
        gettext_lazy("Finn en ny dag for møtet"),
        gettext_lazy("Sett ny dag"),
        gettext_lazy("Alle som skal være med, får beskjed."),
    ),
    "analysis": DutyWords(
        gettext_lazy("Skriv skolens egen analyse"),
        gettext_lazy("Skriv skolens analyse"),
        gettext_lazy("To sider er nok. Bare skolen ser den til du deler."),
    ),
    "voice": DutyWords(
        gettext_lazy("Skriv det dere vil si i møtet"),
        gettext_lazy("Skriv det dere vil si"),
        gettext_lazy("Bare dere ser det til dere deler."),
    ),
    "propose": DutyWords(
        gettext_lazy("Foreslå en sak til møtet"),
        gettext_lazy("Foreslå en sak"),
        gettext_lazy("Dere ser her hva som blir av forslaget."),
    ),
}


def duty_words(key: str) -> DutyWords:
    """Raises KeyError for a duty nobody has words for."""
    return DUTIES[key]


def state_words(meeting: Meeting) -> str:
    """`Pakken er åpen`."""
    return str(MeetingState(meeting.state).label)


def role_name(key: str) -> str:
    """A role by its name in the reader's language; a role that is gone is shown by its key."""
    found = roles().get(key)
    tongue = known(get_language())
    return found.names.get(tongue, found.names["nb"]) if found else key


def roles_text(keys: Sequence[str]) -> str:
    """`Rektor, skolesjef og FAU`: role names in a row, each once."""
    names = [role_name(key) for key in dict.fromkeys(keys)]
    names = [
        name if number == 0 or name.isupper() else name[:1].lower() + name[1:]
        for number, name in enumerate(names)
    ]
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s og %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def moment_words(meeting: Meeting) -> str:
    """`torsdag 3. desember kl. 9` or `kl. 9.30`; English `Thursday 3 December at 9:30`."""
    at = timezone.localtime(meeting.starts_at)
    tongue = known(get_language())
    dot, clock, sign = ("", "at", ":") if tongue == "en" else (".", "kl.", ".")
    minutes = f"{sign}{at:%M}" if at.minute else ""
    return (
        f"{WEEKDAYS[tongue][at.weekday()]} {at.day}{dot}{HARD}{MONTHS[tongue][at.month - 1]} "
        f"{clock}{HARD}{at.hour}{minutes}"
    )


def first_line(meeting: Meeting) -> str:
    """The page's answer, as a sentence."""
    at = timezone.localtime(meeting.starts_at)
    on = day(at, get_language() or "nb")
    said = {
        MeetingState.POSTPONED: _("Møtet er utsatt"),
        MeetingState.CANCELLED: _("Møtet er avlyst"),
        MeetingState.HELD: _("Møtet er holdt. Referatet skrives."),
        MeetingState.DRAFT: _("Referatet er ute til kommentar"),
        MeetingState.COMMENTED: _("Referatet venter på godkjenning"),
        MeetingState.APPROVED: _("Begge har godkjent referatet"),
        MeetingState.PUBLISHED: _("Referatet fra møtet %(day)s er offentlig") % {"day": on},
        MeetingState.FOLLOWED: _("Møtet %(day)s er fulgt opp") % {"day": on},
        MeetingState.CLOSED: _("Møtet %(day)s er avsluttet") % {"day": on},
    }
    return said.get(MeetingState(meeting.state), _("Møtet er %(when)s") % {"when": moment_words(meeting)})


PART_ABOUT: Final[Mapping[str, str | Promise]] = {
    PartKey.ANALYSIS: gettext_lazy("Stolte av, bekymret for, hvorfor, hva vi gjør."),
    PartKey.PUPILS: gettext_lazy("Det elevene vil at møtet skal vite."),
    PartKey.PARENTS: gettext_lazy("Det foreldrene vil at møtet skal vite."),
    PartKey.STAFF: gettext_lazy("Det de ansatte vil at møtet skal vite."),
    PartKey.LAST: gettext_lazy("Løftene fra sist, og hvordan det går med dem. Begge sider eier dem."),
    PartKey.ASSESSMENT: gettext_lazy("Skolens egenvurdering. Skolen bestemmer om den deles."),
    PartKey.DATA: gettext_lazy("Fem år, med setninger om hvor sikre vi er. Skoleeier eier dem."),
    PartKey.QUESTIONS: gettext_lazy("Det skoleeier vil snakke om."),
}


def part_status(
    state: PartState, *, mine: bool, side: str, withdrawn: datetime | None = None
) -> tuple[str, str]:
    """(kind of the status component, words): who can see the part now."""
    if state == PartState.SHARED:
        return "running", _("Delt med alle i møtet")
    if state == PartState.WITHDRAWN:
        on = short_day(timezone.localtime(withdrawn), get_language() or "nb") if withdrawn else ""
        return "withdrawn", _("Trukket tilbake %(day)s") % {"day": on}
    if state == PartState.PRIVATE and mine:
        return "locked", {
            "school": _("Bare skolen ser den"),
            "owner": _("Bare skoleeier ser den"),
        }.get(side, _("Bare dere ser den"))
    return "waiting", _("Ikke kommet")


BOX_WORDS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "proud": (
        gettext_lazy("Dette er vi stolte av"),
        gettext_lazy("Det som går bra, og hvordan dere ser det."),
    ),
    "worried": (gettext_lazy("Dette bekymrer oss"), gettext_lazy("Det dere ikke får til, sagt rett ut.")),
    "why": (
        gettext_lazy("Slik tror vi det henger sammen"),
        gettext_lazy("Mulige grunner, også de dere er usikre på."),
    ),
    "doing": (gettext_lazy("Dette gjør vi"), gettext_lazy("Det dere alt gjør, og det dere vil prøve.")),
    "text": (gettext_lazy("Det vi vil si"), ""),
}


STEP_DONE: Final[Mapping[str, str | Promise]] = {
    "innkall": gettext_lazy("Innkallingen er sendt."),
    "apne": gettext_lazy("Pakken er åpen."),
    "las": gettext_lazy("Pakken er låst. Alle har nå den samme versjonen."),
    "send-saklista": gettext_lazy("Saklista er sendt."),
    "send-referat": gettext_lazy("Referatet er ute til kommentar."),
    "klart": gettext_lazy("Referatet er klart til godkjenning."),
    "publiser": gettext_lazy("Det offentlige referatet er ute."),
    "lag-avtale": gettext_lazy("Avtalen er laget av løftene fra møtet."),
    "fulgt-opp": gettext_lazy("Møtet er fulgt opp."),
    "avslutt": gettext_lazy("Møtet er avsluttet."),
}
STEP_OF: Final[Mapping[str, str]] = {
    "invite": "innkall",
    "open": "apne",
    "freeze": "las",
    "send_agenda": "send-saklista",
    "agreement": "lag-avtale",
    "follow": "fulgt-opp",
    "close": "avslutt",
}
OFF: Final = frozenset({MeetingState.POSTPONED, MeetingState.CANCELLED})


def step_done(key: str) -> str:
    """What the page says after a step."""
    return str(STEP_DONE[key])
