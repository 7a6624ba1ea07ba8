"""What the room shows on others' pages: lines of the front pages, and dates in a person's calendar."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.formats import day as day_in_words
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, Item
from tettpaa.work.competence.models import Employee
from tettpaa.work.competence.queries import key_factors
from tettpaa.work.competence.shelves import OfferLine, OwnPart
from tettpaa.work.offers.access import is_leader_of_staff, own_record
from tettpaa.work.offers.enums import OfferState, Step
from tettpaa.work.offers.models import OfferFactor, Registration
from tettpaa.work.offers.queries.catalogue import offers_of
from tettpaa.work.offers.queries.mine import coming_of, mine, surveys_for
from tettpaa.work.offers.queries.people import waiting_for_leader

AHEAD: Final = 14
PAGES: Final = (
    "catalogue", "mine", "offer", "people", "evaluation", "owner_staff", "school_staff", "networks", "network", "members",
    "gathering", "attendance", "code", "check_in", "page_words",
)  # fmt: skip
ROUTES: Final = frozenset(f"offers:{name}" for name in PAGES)


def may_read(viewer: Viewer, owner: Unit) -> bool:
    """Whether the catalogue and the networks are open to the reader."""
    return viewer.may(Permission.OFFERS_READ, owner)


def front_items(asked: Asked) -> Iterable[Item]:
    """What waits for the reader: a seat to answer for, a gathering near, an evaluation, one's staff's registrations."""
    me = own_record(asked.viewer, asked.owner)
    if me is not None and asked.school in {None, me.school}:
        yield from _own(asked, me)
    yield from _staff(asked)


def _own(asked: Asked, me: Employee) -> Iterable[Item]:
    own_page = reverse("offers:mine", kwargs={"owner": asked.owner.code})
    offered = Registration.objects.filter(employee=me, state=Step.OFFERED).select_related("offer")
    for row in offered:
        title = _("Svar på plassen på «%(title)s»") % {"title": row.offer.title}
        yield Item("due", title, own_page, when=row.until, mine=True)
    for one in coming_of(me, asked.today, AHEAD):
        keys = {"owner": asked.owner.code, "gathering": one.gathering.pk}
        title = f"{one.gathering.offer or one.gathering.network}: {one.gathering.title}"
        note = "" if one.answer else _("Si om du kommer")
        yield Item(
            "due",
            title,
            reverse("offers:gathering", kwargs=keys),
            when=one.gathering.on,
            note=note,
            mine=True,
        )
    for survey in surveys_for(me, asked.today):
        keys = {"owner": asked.owner.code, "offer": survey.offer_id}
        title = _("Evaluer «%(title)s»") % {"title": survey.offer.title}
        yield Item(
            "waiting", title, reverse("offers:evaluation", kwargs=keys), when=survey.closes_on, mine=True
        )


def _staff(asked: Asked) -> Iterable[Item]:
    """A count and a link, for the leader; who it is stands on the page that writes the look down."""
    school = asked.school
    place = school or asked.owner
    if not asked.viewer.may(Permission.OFFERS_APPROVE, place) or not is_leader_of_staff(
        asked.viewer, asked.owner, school
    ):
        return
    rows = waiting_for_leader(asked.viewer, asked.owner, school)
    found = rows.aggregate(n=Count("pk"), first=Min("until"))
    if not found["n"]:
        return
    title = ngettext("Svar på én påmelding", "Svar på %(n)s påmeldinger", found["n"]) % {"n": found["n"]}
    keys = {"owner": asked.owner.code} | ({"school": school.code} if school else {})
    address = reverse("offers:school_staff" if school else "offers:owner_staff", kwargs=keys)
    when = found["first"] or asked.today + timedelta(days=AHEAD)
    yield Item("waiting", title, address, when=when, place=place.label, mine=True)


def plan_lines(viewer: Viewer | None, owner: Unit, year: int) -> Iterable[OfferLine]:
    """The year's published offers on the competence plan's page, with how far each meets the key factors, and why.

    Without a viewer, for the plan's open page: the same lines, and no way on to pages that ask for signing in.
    """
    names = {one.key: one.title for one in key_factors(owner)}
    rows = [
        one
        for one in offers_of(viewer, owner, year)
        if one.state not in {OfferState.DRAFT, OfferState.CANCELLED}
    ]
    said: dict[UUID, list[tuple[str, str]]] = {}
    for factor in OfferFactor.objects.filter(offer__in=rows):
        if factor.key in names:
            fit = f"{factor.get_fit_display()}. {factor.reason}".strip()
            said.setdefault(factor.offer_id, []).append((names[factor.key], fit))
    for one in rows:
        yield OfferLine(
            service=one.service,
            title=one.title,
            kind=str(one.get_kind_display()),
            address=reverse("offers:offer", kwargs={"owner": owner.code, "offer": one.pk}) if viewer else "",
            when=day_in_words(one.starts_on, reader_language()) if one.starts_on else "",
            area=one.area,
            goal=one.goal_id,
            factors=tuple(said.get(one.pk, ())),
        )


def own_part(viewer: Viewer, employee: Employee, today: date) -> OwnPart | None:
    """The reader's own courses and networks on the page of one's own competence; of nobody else's."""
    me = own_record(viewer, employee.owner)
    if me is None or me.pk != employee.pk:
        return None
    found = mine(me, today)
    content = {
        "owner": employee.owner.code,
        "offered": found.offered,
        "coming": found.coming[:3],
        "networks": found.networks,
        "completed": len(found.certificates),
    }
    return OwnPart("offers", 20, "offers/own_part.html", content)
