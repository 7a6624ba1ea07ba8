"""The room's own words in templates."""

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import day, known
from tettpaa.work.dialogue import pages, wording
from tettpaa.work.dialogue.enums import PartKey, PartState

register = template.Library()


@register.filter
def clock(value: datetime) -> str:
    """`9.05`; English `9:05`."""
    at = timezone.localtime(value)
    return f"{at.hour}{':' if known(get_language()) == 'en' else '.'}{at:%M}"


@register.filter
def bar(minutes: int) -> int:
    """The height of an item's bar in pixels."""
    return pages.bar_height(minutes)


@register.filter
def waited(sent_at: datetime, today: date) -> int:
    return pages.waited_days(timezone.localdate(sent_at), today)


@register.filter
def role(key: str) -> str:
    return wording.role_name(key)


@register.filter
def roles(keys: list[str]) -> str:
    return wording.roles_text(keys)


@register.filter
def joined_characters(content: dict[str, str]) -> int:
    return sum(len(str(text)) for text in content.values())


@register.simple_tag
def duty_title(key: str) -> str:
    return str(wording.duty_words(key).title)


@register.simple_tag
def step_of(key: str) -> str:
    return wording.STEP_OF.get(key, "")


@register.simple_tag
def state_of(meeting: Any) -> str:
    return wording.state_words(meeting)


@register.simple_tag
def part_state(part: Any) -> tuple[str, str]:
    """(kind, words) for the status component."""
    side = part.row.side if part.row else ""
    return wording.part_status(part.state, mine=part.is_mine, side=side, withdrawn=part.withdrawn_at)


@register.simple_tag
def part_owner(part: Any) -> str:
    """`FAU eier den.` or `Dere eier den.`; nothing for what is reckoned."""
    if part.row is None:
        return ""
    if part.is_mine:
        return _("Dere eier den.")
    if part.row.body:
        return _("%(body)s eier den.") % {"body": part.row.body.name}
    return _("Skolen eier den.") if part.row.side == "school" else _("Skoleeier eier den.")


@register.simple_tag
def part_about(part: Any) -> str:
    if part.state == PartState.WITHDRAWN and part.seen_by and part.is_mine:
        return _("Lest av %(roles)s før den ble trukket.") % {"roles": wording.roles_text(part.seen_by)}
    if part.key == PartKey.DATA and part.content:
        hidden = part.content["hidden"]
        count = len(part.content["lines"])
        text = ngettext("%(count)s tall.", "%(count)s tall.", count) % {"count": count}
        if hidden:
            text += " " + _("%(hidden)s er skjermet, med grunn.") % {"hidden": hidden}
        return text
    return str(wording.PART_ABOUT.get(part.key, ""))


@register.simple_tag
def participants_text(participants: Any) -> str:
    """All roles that are invited."""
    return wording.roles_text([row.role for row in participants]) + "."


@register.simple_tag
def agreement_address(meeting: Any) -> str:
    places = {"owner": meeting.owner.code, "school": meeting.school.code, "agreement": meeting.agreement_id}
    return reverse("agreements:agreement", kwargs=places)


@register.simple_tag
def lede(meeting: Any, who: Any, package: Any, waiting: int) -> str:
    """The second line of the page: what is ready, and what waits."""
    if meeting.off_reason:
        return str(meeting.off_reason)
    said = []
    if package.parts and who.reads_all and not package.frozen:
        said.append(
            _("%(ready)s av %(total)s deler av pakken er delt.")
            % {"ready": package.ready, "total": package.total}
        )
    if who.writes and waiting:
        said.append(
            ngettext("%(count)s forslag venter på svar.", "%(count)s forslag venter på svar.", waiting)
            % {"count": waiting}
        )
    if not said and meeting.place:
        said.append(_("Sted: %(place)s.") % {"place": meeting.place})
    return " ".join(said)


@register.inclusion_tag("dialogue/promise.html")
def promise(row: Any) -> dict[str, Any]:
    """A promise as a sentence to be read aloud. `row` is a row, or the same as sealed content."""
    if isinstance(row, dict):
        return {**row, "due_on": date.fromisoformat(row["due_on"])}
    names = ("side", "what", "indicator", "why", "who", "due_on", "sign")
    return {name: getattr(row, name) for name in names} | {"goal": row.goal.text if row.goal else ""}


@register.inclusion_tag("ui/status.html")
def promise_state(line: dict[str, Any]) -> dict[str, str]:
    """How an earlier promise goes, with the same words for both sides."""
    kind, text = {
        "done": ("done", _("Gjort")),
        "on_track": ("running", _("I rute")),
        "late": ("late", _("Sen")),
        "not_done": ("withdrawn", _("Ikke gjort")),
    }.get(line["status"], ("planned", _("Planlagt")))
    return {"kind": kind, "text": text}


@register.simple_tag
def iso_day(value: str) -> str:
    """A date of sealed content in words."""
    return day(date.fromisoformat(value), get_language() or "nb")


@register.filter
def present(rows: list[dict[str, str]]) -> str:
    """Who was there, from sealed content."""
    return wording.roles_text([row["role"] for row in rows])


@register.simple_tag
def minutes_line(meeting: Any) -> str:
    """The answer of the minutes' page."""
    if meeting.state == "agenda":
        return _("Skriv mens dere snakker")
    if meeting.state == "held":
        return _("Skriv ferdig, og send referatet til begge")
    return wording.first_line(meeting)
