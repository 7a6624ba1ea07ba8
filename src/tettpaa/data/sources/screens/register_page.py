"""The school register's page: what it proposes, who people have said took over from whom."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.queries import all_schools_in, confirmed_successions
from tettpaa.core.ui.formats import day
from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.actions.register import proposals_for
from tettpaa.data.sources.queries import register_of
from tettpaa.data.sources.register.nsr import RegisterSchool
from tettpaa.data.sources.register.proposals import Successor
from tettpaa.data.sources.register_forms import LinkForm, TakeForm, UndoForm


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposed link with its form."""

    sentence: str
    reasons: str
    units: str
    form: LinkForm


@dataclass(frozen=True, slots=True)
class Linked:
    """A confirmed link: who said so, when, why."""

    row: Succession
    form: UndoForm


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Everything the page prints. `read_at` None: the register was never asked. `rows`: code and words of what may come in."""

    read_at: datetime | None
    rows: list[tuple[str, str]]
    take: TakeForm
    pairs: list[Pair]
    linked: list[Linked]
    form: LinkForm

    @property
    def first(self) -> str:
        if self.read_at is None:
            return _("Skoleregisteret er ikke hentet ennå.")
        many = len(self.rows) + len(self.pairs)
        if not many:
            return _("Skolene her stemmer med registeret.")
        return ngettext("Registeret har ett forslag.", "Registeret har %(n)s forslag.", many) % {"n": many}

    @property
    def second(self) -> str:
        return _("Ingenting endres før noen sier ja.")


def register_page(owner: Unit, form: LinkForm | None = None, *, may_write: bool = True) -> RegisterPage:
    """Make the page. `form`: what was sent and was wrong."""
    found, row, schools = proposals_for(owner), register_of(owner), all_schools_in(owner)
    rows = [
        *(_row(one, _new(one)) for one in found.missing),
        *(_row(one, _ended(one)) for one in found.ended),
        *(_row(one, _noted(one)) for one in found.differing),
    ]
    return RegisterPage(
        row.read_at if row else None,
        rows,
        TakeForm(rows, may_write=may_write),
        [_pair(pair, schools) for pair in found.successors],
        [Linked(link, UndoForm(auto_id=f"angre-{link.pk}-%s")) for link in confirmed_successions(owner)],
        form or LinkForm(schools, auto_id="kobling-%s"),
    )


def _row(school: RegisterSchool, text: str) -> tuple[str, str]:
    """A school to take in, end or note."""
    return school.code, f"{school.name} ({school.code}). {text}"


def _new(school: RegisterSchool) -> str:
    kind = _("Ny her. Privat skole.") if school.is_private else _("Ny her.")
    return f"{kind} {_grades(school)}".strip()


def _ended(school: RegisterSchool) -> str:
    text = _("Avsluttet i registeret %(day)s.") % {"day": day(school.end, reader_language())}
    if school.end_kind == "F":
        return f"{text} {_('Grunn: sammenslåing.')}"
    return text


def _noted(school: RegisterSchool) -> str:
    language = {"nb": _("Bokmål."), "nn": _("Nynorsk.")}.get(school.language, "")
    return f"{_('Registeret har andre opplysninger.')} {_grades(school)} {language}".strip()


def _grades(school: RegisterSchool) -> str:
    if school.grade_from is None or school.grade_to is None:
        return ""
    return _("%(first)s.–%(last)s. trinn.") % {"first": school.grade_from, "last": school.grade_to}


def _pair(pair: Successor, schools: list[Unit]) -> Pair:
    names = {"old": f"{pair.old.name} ({pair.old.code})", "new": f"{pair.new.name} ({pair.new.code})"}
    sentence = _("%(new)s kan ha tatt over etter %(old)s.") % names
    words = [_("samme navn")] if pair.same_name else []
    words += [_("samme adresse")] if pair.same_address else []
    days = {"old": day(pair.ended, reader_language()), "new": day(pair.on, reader_language())}
    reasons = _("Den gamle ble avsluttet %(old)s, den nye startet %(new)s.") % days
    initial = {"old": pair.old.code, "new": pair.new.code, "on": pair.on.isoformat()}
    form = LinkForm(
        schools, initial=initial, auto_id=f"forslag-{pair.old.code}-{pair.new.code}-%s", suggested=True
    )
    return Pair(sentence, f"{_('Grunnlag')}: {', '.join(words)}. {reasons}", _units(pair), form)


def _units(pair: Successor) -> str:
    """Whether the register of units says the same days."""
    old, new = pair.old, pair.new
    if not old.unit_ended or not new.unit_started:
        return ""
    if (old.unit_ended, new.unit_started) == (old.ended, new.started):
        return _("Enhetsregisteret har de samme datoene.")
    return _("Enhetsregisteret har andre datoer: %(old)s og %(new)s.") % {
        "old": old.unit_ended,
        "new": new.unit_started,
    }
