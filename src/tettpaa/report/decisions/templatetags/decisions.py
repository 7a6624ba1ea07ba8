"""Words of the room for its templates."""

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from tettpaa.report.decisions.wording import role_name

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit
    from tettpaa.report.decisions.models import DecisionItem

register = template.Library()
register.filter("role_name", role_name)


@register.filter
def indicator_address(key: str, owner: "Unit") -> str:
    """Where the figures of an answer are shown."""
    return reverse("workspace:indicator", kwargs={"owner": owner.code, "indicator": key})


@register.filter
def thread_address(item: "DecisionItem") -> str:
    """The thread of a point that is about a goal at a school; else nowhere."""
    if item.school is None or item.goal_id is None:
        return ""
    place = {"owner": item.owner.code, "school": item.school.code, "goal": item.goal_id}
    return reverse("workspace:thread", kwargs=place)
