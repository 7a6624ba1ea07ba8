"""What loading a pack would do, line by line, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.packs.merging import PLAIN, Change, Kind
from tettpaa.core.ui import formats

KINDS: Final[Mapping[Kind, Promise]] = {
    Kind.ADDED: gettext_lazy("Nytt"),
    Kind.CHANGED: gettext_lazy("Endres"),
    Kind.KEPT: gettext_lazy("Deres egen tekst beholdes"),
    Kind.GONE: gettext_lazy("Avsluttes"),
    Kind.KEPT_ENTRY: gettext_lazy("Deres eget beholdes, pakken har det ikke lenger"),
    Kind.STAYS_AWAY: gettext_lazy("Dere har tatt det bort, og det blir borte"),
}
PARTS: Final[Mapping[str, Promise]] = {
    "owner": gettext_lazy("Skoleeierens valg"),
    "plan": gettext_lazy("Kvalitetsplan"),
    "procedures": gettext_lazy("Årshjul og rutiner"),
    "assessment": gettext_lazy("Egenvurdering"),
    "meetings": gettext_lazy("Dialogmøter"),
    "agreements": gettext_lazy("Avtaler"),
    "ladder": gettext_lazy("Oppfølgingstrapp"),
    "road": gettext_lazy("Politisk vei"),
}
FIELDS: Final[Mapping[str, Promise]] = {
    "report_name": gettext_lazy("rapportens navn"),
    "language_form": gettext_lazy("målform"),
    "wheel_profile": gettext_lazy("når rapporten behandles"),
    "name": gettext_lazy("navn"),
    "title": gettext_lazy("tittel"),
    "text": gettext_lazy("tekst"),
    "level": gettext_lazy("hvor"),
    "role": gettext_lazy("rolle"),
    "voice": gettext_lazy("hvem sin stemme"),
    "decides": gettext_lazy("vedtar"),
    "meaning": gettext_lazy("hva det betyr"),
    "number": gettext_lazy("nummer"),
    "question": gettext_lazy("spørsmål"),
    "signs": gettext_lazy("tegn på god praksis"),
    "tools": gettext_lazy("verktøy"),
    "indicators": gettext_lazy("indikatorer"),
    "body": gettext_lazy("organ"),
    "month": gettext_lazy("måned"),
    "why": gettext_lazy("hvorfor"),
    "kind": gettext_lazy("slag"),
    "starts_on": gettext_lazy("fra"),
    "ends_on": gettext_lazy("til"),
    "adopted_on": gettext_lazy("vedtatt"),
    "case_reference": gettext_lazy("sak"),
    "background": gettext_lazy("bakgrunn"),
    "source": gettext_lazy("kilde"),
    "state": gettext_lazy("tilstand"),
    "about": gettext_lazy("om"),
    "day": gettext_lazy("dag"),
    "roles": gettext_lazy("roller"),
    "bodies": gettext_lazy("organer"),
    "items": gettext_lazy("saksliste"),
    "steps_before": gettext_lazy("steg før"),
    "steps_after": gettext_lazy("steg etter"),
    "up_needs": gettext_lazy("hva som skal til for å gå opp"),
    "down_needs": gettext_lazy("hva som skal til for å gå ned"),
    "needs_meeting": gettext_lazy("trenger et møte"),
    "needs_agreement": gettext_lazy("trenger en avtale"),
    "weeks": gettext_lazy("uker fra vedtaket, minus for før"),
    "use": gettext_lazy("når den brukes"),
    "key": gettext_lazy("slag"),
}
# What a choice is called; a choice stands in a file by its key.
CHOICES: Final[Mapping[tuple[str, str], Promise]] = {
    ("wheel_profile", "autumn"): gettext_lazy("om høsten"),
    ("wheel_profile", "early_spring"): gettext_lazy("tidlig på våren"),
    ("wheel_profile", "before_summer"): gettext_lazy("før sommeren"),
    ("language_form", "nb"): gettext_lazy("bokmål"),
    ("language_form", "nn"): gettext_lazy("nynorsk"),
    ("state", "draft"): gettext_lazy("utkast"),
    ("state", "adopted"): gettext_lazy("vedtatt"),
    ("state", "in_force"): gettext_lazy("i kraft"),
    ("state", "expired"): gettext_lazy("utløpt"),
    ("level", "school"): gettext_lazy("ved hver skole"),
    ("level", "owner"): gettext_lazy("i kommunen"),
    ("voice", "pupils"): gettext_lazy("elevene"),
    ("voice", "parents"): gettext_lazy("foreldrene"),
    ("voice", "staff"): gettext_lazy("de ansatte"),
    ("kind", "sketch"): gettext_lazy("skisse"),
    ("kind", "dialogue"): gettext_lazy("dialogmøte"),
    ("kind", "consultation"): gettext_lazy("høring"),
    ("kind", "committee"): gettext_lazy("utvalg"),
    ("kind", "executive"): gettext_lazy("formannskap"),
    ("kind", "council"): gettext_lazy("kommunestyre"),
    ("kind", "aftermath"): gettext_lazy("etterarbeid"),
    ("key", "follow_up"): gettext_lazy("oppfølgingsavtale"),
    ("key", "support"): gettext_lazy("støtteavtale"),
    ("key", "binding"): gettext_lazy("forpliktende avtale"),
    ("key", "corrective"): gettext_lazy("avtale om korrigerende tiltak"),
    ("tag", "law"): gettext_lazy("lov"),
    ("tag", "local"): gettext_lazy("eget vedtak"),
    ("tag", "habit"): gettext_lazy("vane"),
}
_LONGEST: Final = 80
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def kind_words(kind: Kind) -> str:
    """What becomes of it, in words."""
    return str(KINDS[kind])


def part_words(part: str) -> str:
    """What a part of a pack is about; a part without words keeps its name."""
    return str(PARTS.get(part, part))


def field_words(field: str) -> str:
    """What a field says, for people; one without words keeps its name."""
    return str(FIELDS.get(field, field))


def place_words(change: Change) -> str:
    """Where: the file, what the entry is called, the field."""
    name = "" if change.path == PLAIN else change.title or change.path[-1]
    return " · ".join(part for part in (f"{change.part}.toml", name, change.field) if part)


def value_words(value: Any, field: str = "", *, longest: int = _LONGEST) -> str:
    """A value for a line of text; the field says which choices it is one of."""
    if isinstance(value, str) and (field, value) in CHOICES:
        return str(CHOICES[field, value])
    if isinstance(value, str) and _DATE.fullmatch(value):
        return formats.day(date.fromisoformat(value), get_language() or "nb")
    if value is None or value in ("", [], {}):
        return _("ingenting")
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, list | dict):
        return _("%(number)s ledd") % {"number": len(value)}
    text = " ".join(str(value).split())
    return text if len(text) <= longest else f"{text[:longest]}…"


def change_line(change: Change) -> str:
    """One change as one line."""
    line = f"{kind_words(change.kind)}: {place_words(change)}"
    if change.kind == Kind.CHANGED:
        return f"{line}: «{value_words(change.mine)}» → «{value_words(change.new)}»"
    if change.kind == Kind.KEPT:
        return f"{line}: «{value_words(change.mine)}»"
    return line


def summary(found: Iterable[Change]) -> str:
    """How much loading does, and how much of people's own it leaves."""
    changes = list(found)
    written = sum(1 for change in changes if change.does_something)
    left = len(changes) - written
    if not changes:
        return _("Ingenting er annerledes enn i pakken.")
    did = ngettext("%(n)s endring.", "%(n)s endringer.", written) % {"n": written}
    return f"{did} " + _("%(left)s av deres egne valg beholdes.") % {"left": left}
