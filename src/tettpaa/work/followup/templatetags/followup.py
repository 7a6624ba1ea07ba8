"""Words of the room for its templates."""

from django import template

from tettpaa.work.followup import wording

register = template.Library()
register.filter("case_role", wording.role_name)
register.filter("signal_sentence", wording.signal_sentence)
register.filter("signal_doubt", wording.signal_doubt)
register.filter("case_line", wording.case_line)


@register.filter
def entry_title(entry: object) -> str:
    """`Opp et trinn: Støtteavtale`."""
    return wording.entry_title(entry.kind, entry.step)  # type: ignore[attr-defined]
