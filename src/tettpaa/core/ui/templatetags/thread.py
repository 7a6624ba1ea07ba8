"""The thread bar: where the reader is between a goal and a decision."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from tettpaa.core.ui.panels import Asked, Link, thread

register = template.Library()

NAMES = {
    Link.GOAL: _("Mål"),
    Link.INDICATOR: _("Indikator"),
    Link.ASSESSMENT: _("Egenvurdering"),
    Link.MEETING: _("Dialogmøte"),
    Link.AGREEMENT: _("Avtale"),
    Link.INITIATIVE: _("Tiltak"),
    Link.COMPETENCE: _("Kompetanse"),
    Link.EFFECT: _("Effekt"),
    Link.REPORT: _("Melding"),
    Link.DECISION: _("Vedtak"),
}


@register.inclusion_tag("thread_bar.html")
def thread_bar(asked: Asked, here: str, name: str = "", address: str = "") -> dict[str, Any]:
    """`{% thread_bar asked here="meeting" name=goal.text address=thread_url %}`. `asked` names school and goal."""
    steps = [
        {
            "name": NAMES[knot.link],
            "state": knot.state,
            "is_here": knot.link == here,
            "address": next((words.address for words in knot.sentence if words.address), ""),
        }
        for knot in thread(asked)
    ]
    number = next((place for place, step in enumerate(steps, start=1) if step["is_here"]), 0)
    return {"steps": steps, "number": number, "name": name, "address": address, "here": NAMES[Link(here)]}
