"""The same pupils over time: grade 8 to grade 9 on the same test, grade 5 to grade 8 against the nation."""

from dataclasses import dataclass, replace
from typing import Final

from tettpaa.data.charts import cohort
from tettpaa.data.charts.inputs import ReferenceLevel
from tettpaa.data.stats.change import ChangeEstimate, cohort_change
from tettpaa.data.stats.points import Point, figure_variance
from tettpaa.data.stats.sentences import change_sentence
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.report.annual.context import Context, Place, shown_year
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.evidence import school_count, value_cell
from tettpaa.report.annual.readings import about, points, rule_of, style_of
from tettpaa.report.annual.wording import Pair, say, tell
from tettpaa.report.export.tree import Block, Bullets, Cell, Figure, Paragraph, Table

SUBJECTS: Final = ("lesing", "regning", "engelsk")
COHORTS: Final = 3  # lines in a chart

TEXTS: Final[dict[str, Pair]] = {
    "how": Pair(
        "Her følger vi et kull, ikke enkeltelever. Noen flytter inn og ut, så kullet er ikke helt det samme.",
        "Her følgjer vi eit kull, ikkje einskildelevar. Nokre flyttar inn og ut, så kullet er ikkje heilt det same.",
    ),
    "born": Pair("født {year}", "fødde {year}"),
    "title": Pair("{name}, kull for kull", "{name}, kull for kull"),
    "table": Pair(
        "Kullet født {year}: fra {start}. til {end}. trinn",
        "Kullet født {year}: frå {start}. til {end}. steg",
    ),
    "subject": Pair("Fag", "Fag"),
    "grade": Pair("{grade}. trinn, {year}", "{grade}. steg, {year}"),
    "nation": Pair("Landet: {first} og {last}", "Landet: {first} og {last}"),
    "nation_head": Pair("Landet", "Landet"),
    "no_8_9": Pair(
        "Vi har ikke tall for det samme kullet på både 8. og 9. trinn for {year}.",
        "Vi har ikkje tal for det same kullet på både 8. og 9. steg for {year}.",
    ),
    "no_5_8": Pair(
        "Kullet på 8. trinn i {year} tok prøven på 5. trinn i {before}. {why}",
        "Kullet på 8. steg i {year} tok prøva på 5. steg i {before}. {why}",
    ),
    "break": Pair(
        "Da var prøven på en annen skala, så vi kan ikke følge dem derfra. Den første sammenligningen på den nye "
        "skalaen kommer i {first}.",
        "Då var prøva på ein annan skala, så vi kan ikkje følgje dei derifrå. Den første samanlikninga på den nye "
        "skalaen kjem i {first}.",
    ),
    "absent": Pair("Vi har ikke tall fra det året.", "Vi har ikkje tal frå det året."),
    "against": Pair("{name}: {sentence}", "{name}: {sentence}"),
}
_NAMES: Final[dict[str, Pair]] = {
    "lesing": Pair("Lesing", "Lesing"),
    "regning": Pair("Regning", "Rekning"),
    "engelsk": Pair("Engelsk", "Engelsk"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A cohort from one grade to a later one in one school subject, at the owner and in the nation."""

    subject: str
    start: int
    end: int
    own: tuple[SafeFigure | None, SafeFigure | None]
    nation: tuple[SafeFigure | None, SafeFigure | None]

    @property
    def is_whole(self) -> bool:
        return all(figure is not None and figure.is_shown for figure in self.own)


def cohort_blocks(context: Context) -> tuple[Block, ...]:
    """What can be said of the same pupils: a table for 8 → 9, sentences for 5 → 8, a chart where there is one."""
    language = context.language
    blocks: list[Block] = [Paragraph(tell(TEXTS, "how", language))]
    later = [step for step in (_step(context, name, 8, 9) for name in SUBJECTS[:2]) if step.is_whole]
    if later:
        blocks.extend((_table(context, later), Bullets(tuple(_sentence(context, step) for step in later))))
    else:
        blocks.append(Paragraph(tell(TEXTS, "no_8_9", language, year=context.school_year)))
    earlier = [_step(context, name, 5, 8) for name in SUBJECTS]
    whole = [step for step in earlier if step.is_whole and not _is_broken(context, step)]
    if whole:
        blocks.append(Bullets(tuple(_sentence(context, step) for step in whole)))
    else:
        blocks.append(_why_not(context, earlier))
    blocks.extend(figure for name in SUBJECTS[:2] if (figure := _chart(context, name)) is not None)
    return tuple(blocks)


def _key(subject: str, grade: int) -> str:
    return f"np{grade}_{subject}"


def _at(context: Context, place: Place | None, subject: str, grade: int, period: int) -> SafeFigure | None:
    line = context.line(place, _key(subject, grade), grade)
    return next((figure for figure in line if figure.period == period), None)


def _step(context: Context, subject: str, start: int, end: int) -> Step:
    """The cohort that is in grade `end` in the report's year."""
    before = context.year - (end - start)
    pairs = (
        (_at(context, place, subject, start, before), _at(context, place, subject, end, context.year))
        for place in (context.owner, context.nation)
    )
    return Step(subject, start, end, *pairs)


def _is_broken(context: Context, step: Step) -> bool:
    rule = rule_of(context.definition(_key(step.subject, step.end)), context.year)
    return rule.break_between(context.year - (step.end - step.start), context.year) is not None


def _why_not(context: Context, steps: list[Step]) -> Paragraph:
    """Why grade 5 and grade 8 cannot be joined this year, and when they can."""
    language = context.language
    before = context.year - 3
    rule = rule_of(context.definition(_key("lesing", 8)), context.year)
    broken = rule.break_between(before, context.year)
    why = (
        tell(TEXTS, "absent", language)
        if broken is None or not steps
        else tell(TEXTS, "break", language, first=shown_year(broken + 3))
    )
    return Paragraph(
        tell(TEXTS, "no_5_8", language, year=context.school_year, before=shown_year(before), why=why)
    )


def _estimate(context: Context, step: Step) -> ChangeEstimate:
    """The cohort's change, less the nation's. Different tests bring their own variance each (stats.change)."""
    definitions = [context.definition(_key(step.subject, grade)) for grade in (step.start, step.end)]
    schools = school_count(context, _key(step.subject, step.end), step.end)
    rules = [rule_of(definition, context.year).for_area(schools) for definition in definitions]
    own = [_whole(figure, rule) for figure, rule in zip(step.own, rules, strict=True)]
    nation = [_whole(figure, rule) for figure, rule in zip(step.nation, rules, strict=True)]
    known = [point for point in nation if point is not None]
    reference = (known[0], known[1]) if len(known) == 2 else None
    earlier, later = (point for point in own if point is not None)
    return cohort_change(earlier, later, rules[1], reference=reference)


def _whole(figure: SafeFigure | None, rule: object) -> Point | None:
    if figure is None or not figure.is_shown:
        return None
    point = points((figure,))[0]
    return replace(point, variance=figure_variance(point, rule.kind, rule.components))  # type: ignore[attr-defined]


def _sentence(context: Context, step: Step) -> str:
    language = context.language
    definition = context.definition(_key(step.subject, step.end))
    words = about(context, definition, context.owner.name)
    told = change_sentence(_estimate(context, step), words, language)
    return tell(TEXTS, "against", language, name=tell(_NAMES, step.subject, language), sentence=told)


def _table(context: Context, steps: list[Step]) -> Table:
    """The cohort's two figures beside the nation's, where the nation has them."""
    language, start, end = context.language, steps[0].start, steps[0].end
    before = context.year - (end - start)
    has_nation = any(figure is not None for step in steps for figure in step.nation)
    rows = []
    for step in steps:
        definitions = [context.definition(_key(step.subject, grade)) for grade in (start, end)]
        figures = (*step.own, *(step.nation if has_nation else ()))
        cells = (value_cell(context, definitions[i % 2], figure) for i, figure in enumerate(figures))
        rows.append((Cell(tell(_NAMES, step.subject, language)), *cells))
    heads = [
        tell(TEXTS, "grade", language, grade=grade, year=shown_year(year))
        for grade, year in ((start, before), (end, context.year))
    ]
    nation = [f"{say('nation', language)}, {head}" for head in heads] if has_nation else []
    return Table(
        caption=tell(TEXTS, "table", language, year=context.year - end - 5, start=start, end=end),
        header=(tell(TEXTS, "subject", language), *heads, *nation),
        rows=tuple(rows),
        numeric=tuple(range(1, 3 + len(nation))),
    )


def _chart(context: Context, subject: str) -> Figure | None:
    """The last cohorts through the grades on the present scale; None unless one has two grades."""
    language = context.language
    definition = context.definition(_key(subject, 8))
    rule = rule_of(definition, context.year)
    found = []
    for leaving in range(context.year - COHORTS + 1, context.year + 1):
        figures = _cohort(context, subject, leaving, rule.breaks)
        if len(figures) > 1:
            # Grade 9 in autumn is the year a pupil turns 14.
            found.append(cohort.Cohort(tell(TEXTS, "born", language, year=leaving - 14), figures))
    if not found:
        return None
    nation = _at(context, context.nation, subject, 9, context.year)
    level = (
        ReferenceLevel(say("nation", language), "landet", nation.value) if nation and nation.value else None
    )
    title = tell(TEXTS, "title", language, name=tell(_NAMES, subject, language))
    chart = cohort.CohortInput(title, tuple(found), style_of(definition), level)
    caption = Caption(cohort.alt(chart, language), title, definition.publisher)
    return context.drawer.figure(cohort.spec(chart, size="page", language=language), caption)


def _cohort(context: Context, subject: str, leaving: int, breaks: tuple[int, ...]) -> tuple[SafeFigure, ...]:
    """One cohort's shown figures in grades 5, 8 and 9, none from before the last break."""
    begun = max((year for year in breaks if year <= context.year), default=0)
    stops = ((5, leaving - 4), (8, leaving - 1), (9, leaving))
    figures = (_at(context, context.owner, subject, grade, period) for grade, period in stops)
    return tuple(f for f in figures if f is not None and f.is_shown and f.period >= begun)
