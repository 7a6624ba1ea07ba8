"""The golden thread as one picture: the ten links with how many there are of each, for the last chapter."""

from typing import Final

from tettpaa.report.annual.context import Context
from tettpaa.report.annual.counting import few
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.wording import Pair, listed, lower_first, tell
from tettpaa.report.export.tree import Figure

WIDTH: Final = 660
RED, GREY, INK = "#b3213b", "#c9d0d5", "#0b2a3a"
TEXTS: Final[dict[str, Pair]] = {
    "title": Pair("Den røde tråden, talt opp", "Den raude tråden, talt opp"),
    "goal": Pair("Mål", "Mål"),
    "indicator": Pair("Indikator", "Indikator"),
    "assessment": Pair("Egenvurdering", "Eigenvurdering"),
    "meeting": Pair("Dialogmøte", "Dialogmøte"),
    "agreement": Pair("Avtale", "Avtale"),
    "initiative": Pair("Tiltak", "Tiltak"),
    "effect": Pair("Vurdert", "Vurdert"),
    "report": Pair("Melding", "Melding"),
    "decision": Pair("Vedtak", "Vedtak"),
    "one": Pair("{count} {name}", "{count} {name}"),
    "alt": Pair("Den røde tråden: {links}.", "Den raude tråden: {links}."),
}


def thread_figure(context: Context) -> Figure | None:
    """A line with a knot for each link that the report can count; None without a plan."""
    if not context.work.areas:
        return None
    counts = _counts(context)
    language = context.language
    said = [
        tell(TEXTS, "one", language, count=lower_first(text), name=lower_first(tell(TEXTS, key, language)))
        for key, _count, text in counts
    ]
    caption = Caption(
        tell(TEXTS, "alt", language, links=listed(said, language)), tell(TEXTS, "title", language)
    )
    names = [(tell(TEXTS, key, language), count, text) for key, count, text in counts]
    return context.drawer.picture(_svg(names), caption)


def _counts(context: Context) -> list[tuple[str, int, str]]:
    """Key, count, and the count as it may be told."""
    work, language = context.work, context.language
    goals = [goal for area in work.areas for goal in area.goals]
    states = [(state, count) for goal in goals for state, count in goal.initiatives]
    judged = sum(count for state, count in states if state in ("evaluated", "continued", "scaled"))
    agreements = work.agreements.signed if work.agreements else 0
    plain = (
        ("goal", len(goals)),
        ("indicator", sum(len(goal.followed) for goal in goals)),
        ("initiative", sum(count for _state, count in states)),
        ("effect", judged),
        ("report", 1),
        ("decision", len(work.decided)),
    )
    shown = {key: (count, str(count)) for key, count in plain}
    for key, count in (
        ("assessment", work.assessed_schools),
        ("meeting", work.meetings[1]),
        ("agreement", agreements),
    ):
        shown[key] = (count, few(count, language))
    order = (
        "goal",
        "indicator",
        "assessment",
        "meeting",
        "agreement",
        "initiative",
        "effect",
        "report",
        "decision",
    )
    return [(key, *shown[key]) for key in order]


def _svg(links: list[tuple[str, int, str]]) -> str:
    """Nothing but shapes and text; the names and counts are the product's own words and digits."""
    step = WIDTH / len(links)
    parts = []
    for place, (name, count, text) in enumerate(links):
        x = step * (place + 0.5)
        if place:
            dash = "" if count else ' stroke-dasharray="2 4"'
            colour = RED if count else GREY
            parts.append(
                f'<line x1="{x - step + 6:g}" y1="20" x2="{x - 6:g}" y2="20" stroke="{colour}" stroke-width="2"{dash}/>'
            )
        fill = RED if count else "#ffffff"
        edge = RED if count else GREY
        parts.append(f'<circle cx="{x:g}" cy="20" r="6" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>')
        font = 'font-family="Inter, sans-serif" text-anchor="middle"'
        parts.append(
            f'<text x="{x:g}" y="44" {font} font-size="10" font-weight="600" fill="{INK}">{name}</text>'
        )
        parts.append(f'<text x="{x:g}" y="59" {font} font-size="10" fill="#5b5d60">{text}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="68" viewBox="0 0 {WIDTH} 68" role="img">'
        f"{''.join(parts)}</svg>"
    )
