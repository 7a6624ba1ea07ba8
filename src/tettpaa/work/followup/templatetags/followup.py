"""Words of the room for its templates."""

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from tettpaa.work.followup import wording
from tettpaa.work.followup.screening import TOGETHER

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit
    from tettpaa.work.followup.models import Signal

register = template.Library()
register.filter("case_role", wording.role_name)
register.filter("signal_sentence", wording.signal_sentence)
register.filter("signal_doubt", wording.signal_doubt)
register.filter("case_line", wording.case_line)
register.filter("reading_sentence", wording.reading_sentence)


@register.filter
def figure_address(figure: int, owner: "Unit") -> str:
    """The way back to a figure's file and row."""
    return reverse("workspace:trace", kwargs={"owner": owner.code, "figure": figure})


@register.filter
def figures_address(signal: "Signal", owner: "Unit") -> str:
    """The school's page of the indicator, where each figure leads to its file; of the school for all tests together."""
    place = {"owner": owner.code, "school": signal.school.code}
    if signal.indicator == TOGETHER:
        return reverse("workspace:school", kwargs=place)
    return reverse("workspace:school_indicator", kwargs={**place, "indicator": signal.indicator})


@register.filter
def entry_title(entry: object) -> str:
    """`Opp et trinn: Støtteavtale`."""
    return wording.entry_title(entry.kind, entry.step)  # type: ignore[attr-defined]
