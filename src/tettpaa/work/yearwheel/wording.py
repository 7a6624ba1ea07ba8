"""Sentences of the pages: what a month holds, and how a task stands."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import MONTHS, known
from tettpaa.work.yearwheel.enums import Standing, Tag
from tettpaa.work.yearwheel.queries import Wheel

TAGS: Final[Mapping[str, Promise]] = {
    Tag.LAW: gettext_lazy("Lov"),
    Tag.LOCAL: gettext_lazy("Eget vedtak"),
    Tag.HABIT: gettext_lazy("Vane"),
}
STANDINGS: Final[Mapping[str, Promise]] = {
    Standing.UPCOMING: gettext_lazy("Kommer"),
    Standing.DUE: gettext_lazy("Snart frist"),
    Standing.OVERDUE: gettext_lazy("Over fristen"),
    Standing.PARTLY: gettext_lazy("Delvis gjort"),
    Standing.DONE: gettext_lazy("Gjort"),
    Standing.SKIPPED: gettext_lazy("Droppet"),
    Standing.NOT_APPLICABLE: gettext_lazy("Gjelder ikke"),
}
SIGNS: Final[Mapping[str, str]] = {
    Standing.UPCOMING: "○",
    Standing.DUE: "○",
    Standing.OVERDUE: "◆",
    Standing.PARTLY: "◐",
    Standing.DONE: "●",
    Standing.SKIPPED: "✕",
    Standing.NOT_APPLICABLE: "–",
}


def month_name(month: int) -> str:
    return MONTHS[known(get_language())][month - 1]


def wheel_answer(wheel: Wheel, month: int) -> str:
    """The first line of the wheel: what is late, else what the month holds."""
    late, now, name = len(wheel.late), len(wheel.now), month_name(month)
    if late:
        return ngettext("Ett gjøremål er over fristen.", "%(n)s gjøremål er over fristen.", late) % {
            "n": late
        }
    if now:
        return ngettext("Ett gjøremål i %(month)s.", "%(n)s gjøremål i %(month)s.", now) % {
            "n": now,
            "month": name,
        }
    return _("Ingenting står igjen i %(month)s.") % {"month": name}


def wheel_reasons(wheel: Wheel) -> str:
    """Why there is something to do: law, own decision, habit, and dates of meetings and agreements."""
    tags = wheel.tags
    said = [
        _counted(tags[Tag.LAW], _("Ett er lov"), _("%(n)s er lov")),
        _counted(tags[Tag.LOCAL], _("ett har dere vedtatt selv"), _("%(n)s har dere vedtatt selv")),
        _counted(tags[Tag.HABIT], _("ett gjør dere av vane"), _("%(n)s gjør dere av vane")),
    ]
    found = [part for part in said if part]
    together = _(", og ").join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
    sentence = f"{together[:1].upper()}{together[1:]}." if found else ""
    given = _counted(wheel.given, _("Ett er tilbudt noen andre."), _("%(n)s er tilbudt noen andre."))
    return f"{sentence} {given}".strip()


def _counted(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    return one if number == 1 else many % {"n": number}
