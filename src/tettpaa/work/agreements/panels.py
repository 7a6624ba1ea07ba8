"""What the room shows on others' pages: its link of the thread, and its lines on the front pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Threads, Words, when_shown
from tettpaa.work.agreements.access import sides_of
from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.enums import ENDED, OPEN_WORDING, Side, Status, WordingState
from tettpaa.work.agreements.models import Agreement, Commitment, Wording
from tettpaa.work.agreements.pages import things
from tettpaa.work.agreements.queries.lists import AgreementLine, agreements_of

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Thread:
    """The thread an agreement's page lies in: its first goal at its school."""

    asked: Asked
    name: str
    address: str


def thread_of(viewer: Viewer, wording: Wording) -> Thread | None:
    """None when no goal of the plan is named in the text."""
    rows = wording.agreementgoals.select_related("goal").filter(goal__isnull=False)
    first = next((row.goal for row in rows), None)
    if first is None:
        promises = wording.commitments.select_related("why_goal").filter(why_goal__isnull=False)
        first = next((row.why_goal for row in promises), None)
    if first is None:
        return None
    agreement = wording.agreement
    asked = Asked(viewer, agreement.owner, timezone.localdate(), agreement.school, first.pk)
    try:
        place = {"owner": agreement.owner.code, "school": agreement.school.code, "goal": first.pk}
        address = reverse("workspace:thread", kwargs=place)
    except NoReverseMatch:
        address = ""
    return Thread(asked, first.text, address)


def agreement_knot(asked: Asked) -> Knot | None:
    """«Vi lovet hverandre seks ting»: the newest agreement about the goal that the viewer may read.

    A text that waits for a signature is what is missing; one that is still written is not due. Four queries.
    """
    if asked.goal is None:
        return None
    texts = Q(wordings__state__in=[*OPEN_WORDING, WordingState.IN_FORCE])
    about = Q(wordings__agreementgoals__goal=asked.goal) | Q(wordings__commitments__why_goal=asked.goal)
    rows = Agreement.objects.filter(texts & about, owner=asked.owner).select_related("owner", "school")
    if asked.school is not None:
        rows = rows.filter(school=asked.school)
    found = [one for one in rows.distinct() if _may(asked.viewer, one)]
    signed = sorted((one for one in found if one.is_signed), key=lambda one: (one.lives, one.begun_on))
    if signed:
        return _there(asked, signed[-1])
    written = [one for one in found if one.state not in ENDED]
    return _written(asked.viewer, written[-1]) if written else None


def agreement_states(asked: Asked) -> Threads:
    """The threads with an agreement that both have signed. One query."""
    rows = Wording.objects.filter(
        agreement__owner=asked.owner, agreement__in_force__gt=0, state=WordingState.IN_FORCE
    ).order_by()
    goals, reasons = (
        rows.filter(**{f"{name}__isnull": False}).values_list("agreement__school", name)
        for name in ("agreementgoals__goal", "commitments__why_goal")
    )
    return dict.fromkeys(goals.union(reasons).order_by(), "there")


def _may(viewer: Viewer, agreement: Agreement) -> bool:
    permission = Permission.AGREEMENTS_PUBLIC if agreement.is_signed else Permission.AGREEMENTS_READ
    return viewer.may(permission, agreement.school)


def _there(asked: Asked, agreement: Agreement) -> Knot:
    rows = list(Commitment.objects.filter(wording__agreement=agreement, wording__state=WordingState.IN_FORCE))
    states = [row.status_at(asked.today) for row in rows]
    late = sum(state is Status.LATE for state in states)
    facts = [
        _("Signert av begge"),
        _("%(done)s av %(all)s løfter er gjort")
        % {"done": sum(state is Status.DONE for state in states), "all": len(states)},
    ]
    if late:
        facts.append(ngettext("%(n)s løfte er sent", "%(n)s løfter er sene", late) % {"n": late})
    sentence = (
        Words(_("Vi lovet hverandre ")),
        Words(things(len(rows)), address_of(agreement)),
        Words("."),
    )
    return Knot(Link.AGREEMENT, "there", sentence, facts=tuple(facts))


def _written(viewer: Viewer, agreement: Agreement) -> Knot:
    text = agreement.wordings.filter(state__in=OPEN_WORDING).first()
    waiting = {WordingState.CONSULTED: _("Rektor"), WordingState.SIGNED_SCHOOL: _("Skoleeier")}
    whose = waiting.get(WordingState(text.state), "") if text else ""
    address = address_of(agreement)
    if not whose:
        sentence = (Words(_("Vi skriver på ")), Words(_("en avtale"), address), Words("."))
        return Knot(Link.AGREEMENT, "later", sentence)
    sentence = (Words(_("Avtalen er ferdig, men ")), Words(_("ikke signert av begge"), address), Words("."))
    signs = sides_of(viewer, Permission.AGREEMENTS_SIGN, agreement)
    act = Words(_("Les og signer"), f"{address}signer/") if signs else None
    return Knot(Link.AGREEMENT, "missing", sentence, whose=whose, act=act)


def agreement_items(asked: Asked) -> Iterable[Item]:
    """Signatures that are waited for, checkpoints within two weeks, and agreements that slip."""
    for line in agreements_of(asked.viewer, asked.owner, asked.school, today=asked.today):
        if line.whole:
            yield from _items(asked, line)


def _items(asked: Asked, line: AgreementLine) -> Iterable[Item]:
    agreement, place = line.agreement, line.agreement.school.label
    if line.waits_for is not None:
        mine = line.waits_for in sides_of(asked.viewer, Permission.AGREEMENTS_SIGN, agreement)
        yield Item(
            kind="waiting",
            title=_("Signer avtalen «%(title)s»") % {"title": agreement.title}
            if mine
            else _("Avtalen «%(title)s» venter på signatur") % {"title": agreement.title},
            address=f"{line.address}signer/" if mine else line.address,
            place=place,
            note="" if mine else _("Rektor") if line.waits_for is Side.SCHOOL else _("Skoleeier"),
            mine=mine,
        )
    due = line.next_checkpoint
    if agreement.lives and due is not None and due <= asked.today + SOON:
        yield Item(
            kind="late" if due < asked.today else "due",
            title=_("Sjekkpunkt for avtalen «%(title)s»") % {"title": agreement.title},
            address=when_shown(partial(address_of, agreement)),
            when=due,
            place=place,
            mine=bool(sides_of(asked.viewer, Permission.AGREEMENTS_EDIT, agreement)),
        )
    if agreement.lives and line.late_all:
        yield Item(
            kind="slipping",
            title=agreement.title,
            address=when_shown(partial(address_of, agreement)),
            place=place,
            note=late_words(line),
        )


def late_words(line: AgreementLine) -> str:
    """`2 løfter er sene: 1 av skolens, 1 av skoleeiers`."""
    words = {"n": line.late_all, "school": line.late.get("school", 0), "owner": line.late.get("owner", 0)}
    return (
        ngettext(
            "%(n)s løfte er sent: %(school)s av skolens, %(owner)s av skoleeiers",
            "%(n)s løfter er sene: %(school)s av skolens, %(owner)s av skoleeiers",
            line.late_all,
        )
        % words
    )


def day_words(line: AgreementLine) -> str:
    """The next checkpoint as the list writes it."""
    return formats.day(line.next_checkpoint, reader_language()) if line.next_checkpoint else ""
