"""Reading the catalogue: lists by page, one offer, what readers did not find. A constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.models import Employee
from tettpaa.work.competence.queries import areas, key_factors, services
from tettpaa.work.offers.access import may_edit
from tettpaa.work.offers.enums import SHOWN, Fit, Step
from tettpaa.work.offers.models import Gathering, Network, Offer, PageWord, Registration
from tettpaa.work.offers.standing import Standing, standing_of
from tettpaa.work.yearwheel.rules import school_year_of

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader has chosen. `year` is a school year by the year it begins in; empty words choose all."""

    year: int
    service: str = ""
    kind: str = ""
    text: str = ""
    side: int = 1


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer in a list. `free` is None where there is room for all; `mine` is where the reader's registration is."""

    offer: Offer
    service: str
    gatherings: int
    taken: int
    waiting: int
    standing: Standing
    mine: Registration | None = None

    @property
    def free(self) -> int | None:
        return None if self.offer.seats is None else max(0, self.offer.seats - self.taken)


def offers_of(viewer: Viewer | None, owner: Unit, year: int) -> list[Offer]:
    """The offers of a school year that the reader may see, by first day; for other rooms. One query.

    Without a viewer: those that are shown to everybody.
    """
    return list(_visible(viewer, owner).filter(year=year).select_related("goal", "school"))


def _visible(viewer: Viewer | None, owner: Unit):  # type: ignore[no-untyped-def]
    if viewer is None:
        return Offer.objects.filter(owner=owner, state__in=SHOWN)
    if not viewer.may(Permission.OFFERS_READ, owner):
        return Offer.objects.none()
    rows = Offer.objects.filter(owner=owner)
    return rows if may_edit(viewer, owner) else rows.filter(state__in=SHOWN)


def catalogue(
    viewer: Viewer, owner: Unit, wanted: Wanted, me: Employee | None, today: date
) -> tuple[Page[Offer], list[OfferLine]]:
    """One page of the catalogue, and its lines."""
    rows = _chosen(viewer, owner, wanted).select_related("school")
    page = Paginator(rows, PAGE).get_page(wanted.side)
    return page, lines_of(owner, list(page.object_list), me, today)


def _chosen(viewer: Viewer, owner: Unit, wanted: Wanted):  # type: ignore[no-untyped-def]
    rows = _visible(viewer, owner).filter(year=wanted.year)
    if wanted.service:
        rows = rows.filter(service=wanted.service)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.text:
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(target_group__icontains=wanted.text))
    return rows


def every_line(viewer: Viewer, owner: Unit, wanted: Wanted, today: date) -> list[OfferLine]:
    """All that the choices leave, for a file."""
    rows = _chosen(viewer, owner, wanted).select_related("goal", "school")
    return lines_of(owner, list(rows), None, today)


def lines_of(owner: Unit, offers: Sequence[Offer], me: Employee | None, today: date) -> list[OfferLine]:
    """The offers with what is reckoned of each. Four queries however many they are."""
    keys = [one.pk for one in offers]
    counts = {row["offer"]: row for row in _counts(keys)}
    days = (
        Gathering.objects.filter(offer__in=keys, is_cancelled=False).values("offer").annotate(n=Count("pk"))
    )
    gatherings = {row["offer"]: row["n"] for row in days}
    names = {one.key: one.title for one in services(owner)}
    mine = (
        {row.offer_id: row for row in Registration.objects.filter(offer__in=keys, employee=me)} if me else {}
    )
    found = []
    for one in offers:
        row = mine.get(one.pk)
        if row is not None:
            row.offer = one
        count = counts.get(one.pk, {"taken": 0, "waiting": 0})
        found.append(
            OfferLine(
                offer=one,
                service=names.get(one.service, one.service),
                gatherings=gatherings.get(one.pk, 0),
                taken=count["taken"],
                waiting=count["waiting"],
                standing=standing_of(one, count["taken"], today),
                mine=row,
            )
        )
    return found


def _counts(keys: Sequence[UUID]):  # type: ignore[no-untyped-def]
    return (
        Registration.objects.filter(offer__in=keys)
        .values("offer")
        .annotate(
            taken=Count("pk", filter=Q(seat__isnull=False)),
            waiting=Count("pk", filter=Q(seat=None, state__in=[Step.APPLIED, Step.WAITING])),
        )
    )


@dataclass(frozen=True, slots=True)
class Dates:
    """When the catalogue was first published and last changed."""

    published: date | None
    changed: date | None


def dates_of(owner: Unit, year: int) -> Dates:
    """Of the published part of a year's catalogue."""
    rows = Offer.objects.filter(owner=owner, year=year, state__in=SHOWN)
    return Dates(**rows.aggregate(published=Min("published_on"), changed=Max("changed_on")))


def years_of(viewer: Viewer, owner: Unit, today: date) -> list[int]:
    """The school years that have offers, and this one, newest first."""
    known = _visible(viewer, owner).order_by().values_list("year", flat=True).distinct()
    return sorted({*known, school_year_of(today)}, reverse=True)


@dataclass(frozen=True, slots=True)
class FactorLine:
    """A key factor of the pack and how far the offer meets it; `fit` is empty where nobody has said."""

    key: str
    name: str
    about: str
    fit: str
    reason: str

    @property
    def said(self) -> str:
        return str(Fit(self.fit).label) if self.fit else ""


def factors_of(offer: Offer) -> list[FactorLine]:
    """All the owner's key factors in their order, each with the word on this offer. Two queries."""
    said = {row.key: row for row in offer.factors.all()}
    return [
        FactorLine(
            one.key,
            one.title,
            one.text,
            said[one.key].fit if one.key in said else "",
            said[one.key].reason if one.key in said else "",
        )
        for one in key_factors(offer.owner)
    ]


def service_choices(owner: Unit) -> list[tuple[str, str]]:
    """The plan's services as choices."""
    return [(one.key, one.title) for one in services(owner)]


def area_choices(owner: Unit) -> list[tuple[str, str]]:
    """The plan's competence areas as choices."""
    return [(one.key, one.title) for one in areas(owner)]


def networks_to_offer(owner: Unit) -> list[Network]:
    """Networks that a learning network of the catalogue can be a year of."""
    return list(Network.objects.filter(owner=owner))


def page_words(owner: Unit) -> tuple[int, int, list[PageWord]]:
    """How many found what they looked for, how many did not, and what they missed, newest first (fifty)."""
    rows = PageWord.objects.filter(owner=owner)
    counts = rows.aggregate(yes=Count("pk", filter=Q(found=True)), no=Count("pk", filter=Q(found=False)))
    missed = rows.filter(found=False).exclude(missed="").select_related("offer")
    return counts["yes"], counts["no"], list(missed[:50])
