"""A release: what it published, from which file, and whether it still holds."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.queries import may_have_original
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.screens.steps import counted
from tettpaa.data.sources.screens.wording import indicator_name, listed, number, sentence

SHOWN_INDICATORS = 12


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """What the template shows. `facts` are (name, text) pairs."""

    release: Release
    first: str
    second: str
    facts: list[tuple[str, str]]
    counts: list[tuple[str, str]]
    credit: str
    can_withdraw: bool
    can_download: bool


def release_page(release: Release, owner: Unit) -> ReleasePage:
    """Put the page together."""
    source = sources().get(release.source)
    is_withdrawn = release.state == State.WITHDRAWN
    first = _("Tallene er trukket tilbake.") if is_withdrawn else sentence(counted(release.counts)) + "."
    second = release.withdrawn_reason if is_withdrawn else _published(release)
    return ReleasePage(
        release=release,
        first=first,
        second=second,
        facts=_facts(release, source.name.in_language(reader_language()) if source else release.source),
        counts=list(_counts(release.counts)),
        credit=source.credit.in_language(reader_language()) if source else "",
        can_withdraw=not is_withdrawn and release.owner_id == owner.pk,
        can_download=may_have_original(owner, release),
    )


def _published(release: Release) -> str:
    if release.published_at is None:
        return ""
    moment = formats.moment(timezone.localtime(release.published_at), reader_language())
    return _("Publisert %(moment)s.") % {"moment": moment}


def _facts(release: Release, source: str) -> list[tuple[str, str]]:
    names = [indicator_name(key) for key in release.indicators]
    more = len(names) - SHOWN_INDICATORS
    if more > 0:
        names = [*names[:SHOWN_INDICATORS], ngettext("%(n)s til", "%(n)s til", more) % {"n": number(more)}]
    years = [formats.school_year(period, reader_language()) for period in sorted(release.periods)]
    facts = [
        (_("Kilde"), source),
        (_("Fil"), release.file_name),
        (
            _("Publisert av"),
            _("driften, for hele installasjonen") if release.owner is None else release.published_by,
        ),
        (_("Skoleår"), years[0] if len(years) == 1 else f"{years[0]} – {years[-1]}" if years else "–"),
        (_("Indikatorer"), listed(names)),
    ]
    if release.withdrawn_at:
        moment = formats.moment(timezone.localtime(release.withdrawn_at), reader_language())
        facts.append((_("Trukket tilbake"), f"{moment}, {release.withdrawn_by}"))
    return facts


def _counts(counts: dict[str, int]) -> list[tuple[str, str]]:
    names = (
        ("new", _("nye tall")),
        ("changed", _("endret")),
        ("gone", _("borte")),
        ("same", _("uendret")),
        ("hidden_by_us", _("skjult av oss for å verne elevene")),
        ("hidden_by_source", _("skjult hos kilden")),
        ("internal", _("bare til intern bruk")),
        ("left_alone", _("gjelder andre eiere og er ikke rørt")),
    )
    return [(text, number(counts[name])) for name, text in names if counts.get(name)]
