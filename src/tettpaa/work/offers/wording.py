"""What the room's states are called in sentences, and with which sign."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tettpaa.work.offers.enums import GONE, OfferState, Step
from tettpaa.work.offers.models import Registration
from tettpaa.work.offers.queries import OfferLine
from tettpaa.work.offers.standing import Standing

STEP_ICONS: Final[Mapping[str, str]] = {
    Step.APPLIED: "waiting",
    Step.WAITING: "waiting",
    Step.OFFERED: "waiting",
    Step.CONFIRMED: "running",
    Step.DECLINED: "withdrawn",
    Step.WITHDRAWN: "withdrawn",
    Step.LAPSED: "withdrawn",
    Step.MISSED: "withdrawn",
    Step.ATTENDED: "done",
    Step.ABSENT: "withdrawn",
    Step.COMPLETED: "done",
}
NOT_OPEN: Final[Mapping[str, Promise]] = {
    "owner": gettext_lazy("Kurset er for ansatte i en annen kommune."),
    "school": gettext_lazy("Kurset er for ansatte ved én skole."),
    "state": gettext_lazy("Kurset tar ikke imot påmeldinger."),
    "early": gettext_lazy("Påmeldingen har ikke åpnet ennå."),
    "late": gettext_lazy("Påmeldingen er stengt."),
    "survey": gettext_lazy("Evalueringen tar ikke imot svar."),
    "invited": gettext_lazy("Evalueringen er for dem som hadde plass på kurset."),
}
NOT_READY: Final[Mapping[str, Promise]] = {
    "gathering": gettext_lazy(
        "Legg inn minst én samling før du publiserer. Ellers kan ingen planlegge for den."
    ),
    "factors": gettext_lazy("Hold tilbudet opp mot hver nøkkelfaktor før du publiserer."),
    "factors_stay": gettext_lazy("Tilbudet er publisert. Da må hver nøkkelfaktor ha et svar."),
    "why": gettext_lazy("Skriv hvorfor. De som er påmeldt, leser det."),
    "reason": gettext_lazy("Skriv en begrunnelse. Den ansatte leser den."),
    "to_come": gettext_lazy("Det er ikke over ennå."),
    "attendance": gettext_lazy("Før oppmøtet på minst én samling først."),
    "held": gettext_lazy("Merk kurset som holdt først."),
    "leader": gettext_lazy("Nettverket trenger en leder."),
    "learnt": gettext_lazy("Skriv hva dere lærte."),
    "agenda": gettext_lazy("Et referat trenger minst én sak."),
    "said": gettext_lazy("Det er skrevet noe på saken. Slett teksten først."),
    "cancelled": gettext_lazy("Samlingen er avlyst."),
}


def is_called_off(row: Registration) -> bool:
    """Whether the offer that the person has or waits for is called off."""
    return row.offer.state == OfferState.CANCELLED and row.state not in GONE


def clock(at: time | None) -> str:
    """`09.00`."""
    return at.strftime("%H.%M") if at else ""


def seats_words(line: OfferLine) -> str:
    """How it stands with the seats, in a few words."""
    if line.standing == Standing.FULL:
        return (
            ngettext("Fullt, én på venteliste", "Fullt, %(n)s på venteliste", line.waiting)
            % {"n": line.waiting}
            if line.waiting
            else _("Fullt")
        )
    if line.free is None:
        return _("Plass til alle")
    return ngettext("Én ledig plass", "%(n)s ledige plasser", line.free) % {"n": line.free}


def standing_words(line: OfferLine) -> str:
    """Whether one can sign up, in a few words."""
    words = {
        Standing.DRAFT: _("Utkast"),
        Standing.EARLY: _("Påmeldingen har ikke åpnet"),
        Standing.CLOSED: _("Påmeldingen er stengt"),
        Standing.OVER: _("Er holdt"),
        Standing.CANCELLED: _("Avlyst"),
    }
    return words.get(line.standing) or seats_words(line)


def cost_words(cost: int | None, note: str) -> str:
    """What it costs, or that nobody has said."""
    if cost is None:
        return note or _("Ikke oppgitt")
    said = _("Gratis") if cost == 0 else _("%(n)s kroner") % {"n": f"{cost:,}".replace(",", "\u00a0")}
    return f"{said}. {note}" if note else said
