"""Chapter 6: the focus areas of the plan: goal, indicator, where it began, where it is, and how sure we are."""

from typing import Final

from tettpaa.data.indicators.definitions import Definition, Words, definitions
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.change import change
from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.numbers import quantity
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import certainty_word
from tettpaa.data.suppression.kinds import Gender
from tettpaa.report.annual.boxes import DONE, PROPOSE, optional, written
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import Context, shown_year
from tettpaa.report.annual.counting import few
from tettpaa.report.annual.readings import points, rule_of, shown_years, value_text
from tettpaa.report.annual.wording import Pair, listed, tell
from tettpaa.report.annual.work import AreaFacts, Followed, GoalFacts
from tettpaa.report.export.tree import Block, Cell, Lead, Note, Paragraph, Section, Table

KEY: Final = "satsinger"
TEXTS: Final[dict[str, Pair]] = {
    "lead_one": Pair("Planen har ett mål.", "Planen har eitt mål."),
    "lead": Pair("Planen har {goals} mål i {areas} områder.", "Planen har {goals} mål i {areas} område."),
    "support": Pair(
        "{plan}. Tabellene viser hvor vi begynte, hvor vi vil, og hvor vi er nå.",
        "{plan}. Tabellane viser kvar vi starta, kvar vi vil, og kvar vi er no.",
    ),
    "none": Pair("Kommunen har ingen plan i kraft her.", "Kommunen har ingen plan i kraft her."),
    "other": Pair("Andre mål", "Andre mål"),
    "table": Pair("{area}: mål og tall", "{area}: mål og tal"),
    "goal": Pair("Mål", "Mål"),
    "measure": Pair("Vi ser det på", "Vi ser det på"),
    "baseline": Pair("Begynte", "Starta"),
    "target": Pair("Mål for tallet", "Mål for talet"),
    "now": Pair("Nå", "No"),
    "sure": Pair("Er det endret?", "Er det endra?"),
    "no_measure": Pair("ingen tall, se egenvurderingen", "ingen tal, sjå eigenvurderinga"),
    "up": Pair("{mark} {word} opp", "{mark} {word} opp"),
    "down": Pair("{mark} {word} ned", "{mark} {word} ned"),
    "same": Pair("{mark} {word}", "{mark} {word}"),
    "counted": Pair("talt, ikke vurdert", "talt, ikkje vurdert"),
    "in_year": Pair("{value} ({year})", "{value} ({year})"),
    "by": Pair("{value} innen {year}", "{value} innan {year}"),
    "work_table": Pair("{area}: tiltak", "{area}: tiltak"),
    "initiatives": Pair("Tiltak, talt opp", "Tiltak, talde opp"),
    "no_initiatives": Pair("ingen ennå", "ingen enno"),
    "state": Pair("{count} {state}", "{count} {state}"),
    "assessed": Pair(
        "{count} skoler har gjort egenvurderingen dette skoleåret. Svarene er skolenes egne og vises ikke her.",
        "{count} skular har gjort eigenvurderinga dette skuleåret. Svara er skulane sine eigne og blir ikkje viste her.",
    ),
}
STATES: Final[dict[str, Pair]] = {
    "idea": Pair("idé", "idé"),
    "decided": Pair("bestemt", "avgjort"),
    "started": Pair("i gang", "i gang"),
    "paused": Pair("på pause", "på pause"),
    "done": Pair("gjennomført", "gjennomført"),
    "evaluated": Pair("vurdert", "vurdert"),
    "continued": Pair("videreført", "vidareført"),
    "scaled": Pair("utvidet", "utvida"),
    "stopped": Pair("avsluttet", "avslutta"),
}


def applies(context: Context) -> bool:
    """Without a plan there is nothing to say."""
    return bool(context.work.areas)


def build(context: Context) -> Section:
    """One part for each focus area, then what the owner adds."""
    language, areas = context.language, context.work.areas
    goals = sum(len(area.goals) for area in areas)
    key = "none" if not goals else "lead_one" if goals == 1 else "lead"
    lead = Lead(
        tell(TEXTS, key, language, goals=goals, areas=len(areas)),
        tell(TEXTS, "support", language, plan=context.work.plan) if goals else "",
    )
    schools = few(context.work.assessed_schools, language)
    blocks: list[Block] = [lead]
    if goals:
        blocks.append(Paragraph(tell(TEXTS, "assessed", language, count=schools)))
    for spec in CHAPTER.boxes:
        blocks.extend(written(context, KEY, spec))
    parts = tuple(_area(context, area, f"6.{i}") for i, area in enumerate(areas, start=1))
    return Section("6", CHAPTER.title.in_language(language), tuple(blocks), subsections=parts)


def told(context: Context) -> dict[str, str]:
    """The facts that the owner's words speak of, so that they can be marked when something has changed."""
    found: dict[str, str] = {}
    for area in context.work.areas:
        for goal in area.goals:
            found[goal.text] = _states(context, goal)
            for row in goal.followed:
                found[f"{goal.text}, {_name(context, row)}"] = _now(context, row)
    return found


def _area(context: Context, area: AreaFacts, number: str) -> Section:
    language = context.language
    title = area.title or tell(TEXTS, "other", language)
    heads = ("goal", "measure", "baseline", "target", "now", "sure")
    table = Table(
        tell(TEXTS, "table", language, area=title),
        tuple(tell(TEXTS, head, language) for head in heads),
        tuple(row for goal in area.goals for row in _rows(context, goal)),
    )
    work = Table(
        tell(TEXTS, "work_table", language, area=title),
        (tell(TEXTS, "goal", language), tell(TEXTS, "initiatives", language)),
        tuple((Cell(goal.text), Cell(_states(context, goal))) for goal in area.goals),
    )
    why: tuple[Block, ...] = (Note(area.why),) if area.why else ()
    return Section(number, title, (*why, table, work), level=2)


def _rows(context: Context, goal: GoalFacts) -> list[tuple[Cell, ...]]:
    if not goal.followed:
        dash = Cell("–")
        return [(Cell(goal.text), Cell(tell(TEXTS, "no_measure", context.language)), dash, dash, dash, dash)]
    return [
        (
            Cell(goal.text),
            Cell(_name(context, row)),
            Cell(_baseline(context, row)),
            Cell(_target(context, row)),
            Cell(_now(context, row)),
            Cell(_change(context, row)),
        )
        for row in goal.followed
    ]


def _name(context: Context, row: Followed) -> str:
    definition = definitions().get(row.key)
    name = definition.short_names.in_language(context.language) if definition else row.key
    return name if not row.grade or f"{row.grade}. " in name else f"{name}, {row.grade}."


def _written(context: Context, definition: Definition, value: float) -> str:
    return quantity(value, counted_in(definition), definition.decimals, context.language)


def _baseline(context: Context, row: Followed) -> str:
    definition = definitions().get(row.key)
    if definition is None or row.baseline is None or row.baseline_period is None:
        return "–"
    value = _written(context, definition, row.baseline)
    return tell(TEXTS, "in_year", context.language, value=value, year=shown_year(row.baseline_period))


def _target(context: Context, row: Followed) -> str:
    definition = definitions().get(row.key)
    if definition is None or row.target is None:
        return "–"
    value = _written(context, definition, row.target)
    if row.target_on is None:
        return value
    return tell(TEXTS, "by", context.language, value=value, year=row.target_on.year)


def _now(context: Context, row: Followed) -> str:
    definition = definitions().get(row.key)
    line = context.line(context.owner, row.key, row.grade, Gender(row.gender))
    if definition is None or not line:
        return "–"
    value = value_text(definition, line[-1], context.language)
    return tell(TEXTS, "in_year", context.language, value=value, year=shown_year(line[-1].period))


def _change(context: Context, row: Followed) -> str:
    """Whether the figure has surely moved since the baseline; both have their own uncertainty."""
    definition = definitions().get(row.key)
    if definition is None or row.baseline is None or row.baseline_period is None:
        return "–"
    line = shown_years(context, context.owner, definition, row.grade)
    newer = [point for point in points(line) if point.year > row.baseline_period]
    language = context.language
    unknown = certainty_word(Certainty.UNKNOWN, language)
    if not newer or Gender(row.gender) is not Gender.ALL:
        return tell(TEXTS, "same", language, mark=Certainty.UNKNOWN.glyph, word=unknown)
    start = Point(row.baseline_period, row.baseline, row.baseline_n or None, half_width=row.half_width)
    rule = rule_of(definition, context.year).for_area(max(1, len(context.schools)))
    found = change(start, newer[-1], rule)
    if found.certainty is None:
        return tell(TEXTS, "counted", language)
    sure = found.certainty in (Certainty.CLEAR, Certainty.LIKELY)
    key = ("down" if found.side is Side.BELOW else "up") if sure else "same"
    return tell(
        TEXTS, key, language, mark=found.certainty.glyph, word=certainty_word(found.certainty, language)
    )


def _states(context: Context, goal: GoalFacts) -> str:
    language = context.language
    said = [
        tell(TEXTS, "state", language, count=count, state=tell(STATES, state, language))
        for state, count in goal.initiatives
    ]
    return listed(said, language) or tell(TEXTS, "no_initiatives", language)


CHAPTER: Final = Chapter(
    key=KEY,
    order=60,
    number="6",
    title=Words("Satsingsområdene", "Satsingsområda", "The focus areas"),
    about=Words(
        "Målene i planen: hvor vi begynte, og hvor vi er",
        "Måla i planen: kvar vi starta, og kvar vi er",
        "The goals of the plan: where we began, and where we are",
    ),
    boxes=(optional(DONE), optional(PROPOSE)),
    keys=(),
    build=build,
    applies=applies,
    told=told,
)
