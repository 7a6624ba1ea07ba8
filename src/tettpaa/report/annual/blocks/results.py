"""Chapter 4: learning results: national tests, the same pupils over time, marks, and what the scales allow."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import FIVE, five_boxes
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.cohorts import cohort_blocks
from tettpaa.report.annual.context import Context, first_year, shown_year
from tettpaa.report.annual.evidence import (
    Bundle,
    Subject,
    missing,
    overview_table,
    subject_section,
    subjects,
    trend_figure,
)
from tettpaa.report.annual.findings import chapter_lead, generated_boxes, results_slide, subject_line
from tettpaa.report.annual.wording import Pair, listed, lower_first, tell
from tettpaa.report.export.tree import Block, Bullets, Paragraph, Section, Slide

KEY: Final = "laeringsresultater"
FIFTH: Final = ("np5_lesing", "np5_regning", "np5_engelsk")
EIGHTH: Final = ("np8_lesing", "np8_regning", "np8_engelsk")
NINTH: Final = ("np9_lesing", "np9_regning")
TESTS: Final = (*FIFTH, *EIGHTH, *NINTH)
TAKEN: Final = tuple(f"{test}_{what}" for test in TESTS for what in ("deltakelse", "fritak"))
MARKS: Final = (
    "gs_poeng",
    "gs_standpunkt_norsk",
    "gs_standpunkt_matematikk",
    "gs_standpunkt_engelsk",
    "gs_eksamen_norsk",
    "gs_eksamen_matematikk",
    "gs_eksamen_engelsk",
)
ADDED: Final = ("skolebidrag_1_4", "skolebidrag_5_7", "skolebidrag_8_10")
MAPPING: Final = tuple(f"kart{grade}_{what}" for grade in (1, 2, 3) for what in ("lesing", "regning"))

TEXTS: Final[dict[str, Pair]] = {
    "support": Pair(
        "Nasjonale prøver på 5., 8. og 9. trinn, karakterer og skolebidrag, der vi har tall.",
        "Nasjonale prøver på 5., 8. og 9. steg, karakterar og skulebidrag, der vi har tal.",
    ),
    "taken": Pair("Hvem har tatt prøvene?", "Kven har teke prøvene?"),
    "cohort": Pair("De samme elevene over tid", "Dei same elevane over tid"),
    "marks": Pair("Karakterer og grunnskolepoeng", "Karakterar og grunnskulepoeng"),
    "marks_text": Pair(
        "Karakterene er satt for alle elevene, så de har ingen utvalgsfeil. Små kull svinger likevel mye.",
        "Karakterane er sette for alle elevane, så dei har ingen utvalsfeil. Små kull svingar likevel mykje.",
    ),
    "added": Pair("Skolebidrag", "Skulebidrag"),
    "mapping": Pair("Kartleggingsprøver", "Kartleggingsprøver"),
    "mapping_public": Pair(
        "Kartleggingsprøvene skal hjelpe den enkelte eleven. Tallene er bare til bruk internt hos skoleeieren, "
        "og er ikke med i den offentlige utgaven.",
        "Kartleggingsprøvene skal hjelpe den einskilde eleven. Tala er berre til bruk internt hos skuleeigaren, "
        "og er ikkje med i den offentlege utgåva.",
    ),
    "absent": Pair("Det vi ikke har tall for", "Det vi ikkje har tal for"),
    "scales": Pair("Skalaene, og hva som kan sammenlignes", "Skalaene, og kva som kan samanliknast"),
    "scale_break": Pair(
        "{names}: ny skala fra {year}. Tall fra før og etter kan ikke sammenlignes, og de eldre er ikke med her.",
        "{names}: ny skala frå {year}. Tal frå før og etter kan ikkje samanliknast, og dei eldre er ikkje med her.",
    ),
    "scale_mean": Pair(
        "Skalaen fra 2022–23 er laget slik at landet fikk 50 poeng i snitt det første året. Omtrent to av tre elever "
        "ligger mellom 40 og 60.",
        "Skalaen frå 2022–23 er laga slik at landet fekk 50 poeng i snitt det første året. Omtrent to av tre elevar "
        "ligg mellom 40 og 60.",
    ),
    "scale_rounding": Pair(
        "Kilden runder av til hele poeng. En forskjell på ett poeng kan derfor være avrunding alene.",
        "Kjelda rundar av til heile poeng. Ein skilnad på eitt poeng kan difor vere avrunding aleine.",
    ),
    "scale_grades": Pair(
        "8. og 9. trinn tar samme prøve. 5. og 8. trinn tar hver sin, så vi sammenligner bare avstanden til landet.",
        "8. og 9. steg tek same prøve. 5. og 8. steg tek kvar si, så vi samanliknar berre avstanden til landet.",
    ),
    "slide_fifth": Pair("Nasjonale prøver på 5. trinn", "Nasjonale prøver på 5. steg"),
    "slide_lower": Pair("Nasjonale prøver på ungdomstrinnet", "Nasjonale prøver på ungdomssteget"),
}


BUNDLES: Final = (
    Bundle(
        Pair("hvem som deltok og var fritatt på prøvene", "kven som deltok og var fritekne på prøvene"), TAKEN
    ),
    Bundle(Pair("standpunktkarakterer", "standpunktkarakterar"), MARKS[1:4]),
    Bundle(Pair("eksamenskarakterer", "eksamenskarakterar"), MARKS[4:]),
    Bundle(Pair("skolebidrag", "skulebidrag"), ADDED),
)


def build(context: Context) -> Section:
    """The finding, all tests in one table, the five questions; then each test with its schools, and the rest."""
    found, title = told(context), CHAPTER.title.in_language(context.language)
    blocks: list[Block] = [chapter_lead(context, found, tell(TEXTS, "support", context.language))]
    if found:
        blocks.append(overview_table(context, found, title))
    see, sure = generated_boxes(context, found, TESTS, title)
    blocks.extend(five_boxes(context, KEY, see, sure))
    parts = [subject_section(context, subject, f"4.{i}") for i, subject in enumerate(found, start=1)]
    for key, inside in _rest(context, found):
        if inside:
            heading = tell(TEXTS, key, context.language)
            parts.append(Section(f"4.{len(parts) + 1}", heading, inside, level=2))
    return Section("4", title, tuple(blocks), subsections=tuple(parts))


def told(context: Context) -> tuple[Subject, ...]:
    """What the chapter's findings rest on."""
    return subjects(context, TESTS)


def slides(context: Context) -> tuple[Slide, ...]:
    """Grade 5, grades 8 and 9, and the first test over time."""
    language = context.language
    made = [
        results_slide(context, tell(TEXTS, title, language), subjects(context, keys), keys)
        for title, keys in (("slide_fifth", FIFTH), ("slide_lower", (*EIGHTH, *NINTH)))
    ]
    found = told(context)
    chart = trend_figure(context, found[0], context.owner) if found else None
    if chart is not None:
        made.append(Slide(subject_line(context, found[0]), figure=chart, notes=chart.alt))
    return tuple(made)


def _rest(context: Context, found: tuple[Subject, ...]) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """What follows the tests, by title; a part without any figures is told of in the last one."""
    marks = _table(context, MARKS, "marks")
    told = (Paragraph(tell(TEXTS, "marks_text", context.language)),) if marks else ()
    return (
        ("cohort", cohort_blocks(context)),
        ("taken", _table(context, TAKEN, "taken")),
        ("marks", (*told, *marks)),
        ("added", _table(context, ADDED, "added")),
        ("mapping", _mapping(context)),
        ("scales", (Bullets(_scales(context, found)),)),
        ("absent", missing(context, (*TAKEN, *MARKS, *ADDED), BUNDLES)),
    )


def _table(context: Context, keys: tuple[str, ...], title: str) -> tuple[Block, ...]:
    found = subjects(context, keys)
    return (overview_table(context, found, tell(TEXTS, title, context.language)),) if found else ()


def _mapping(context: Context) -> tuple[Block, ...]:
    """Confidential figures: where there are any, both editions say so, and only the owner's own shows them."""
    if not any(map(context.has, MAPPING)):
        return ()
    rule = Paragraph(tell(TEXTS, "mapping_public", context.language))
    found = [s for s in subjects(context, MAPPING) if _is_shown(context, s)]
    title = tell(TEXTS, "mapping", context.language)
    return (rule, overview_table(context, found, title)) if found else (rule,)


def _is_shown(context: Context, subject: Subject) -> bool:
    return any(figure.is_shown for figure in context.recent(context.owner, subject.key, subject.grade))


def _scales(context: Context, found: tuple[Subject, ...]) -> tuple[str, ...]:
    """What can be compared with what; the tests with a new scale are named with the year it began."""
    language = context.language
    begun: dict[int, list[str]] = {}
    for subject in found:
        definition = context.definition(subject.key)
        year = first_year(definition, context.year)
        if any(cut.from_period == year and cut.kind == "scale" for cut in definition.breaks):
            begun.setdefault(year, []).append(lower_first(subject.label))
    breaks = (
        tell(TEXTS, "scale_break", language, names=_capital(listed(names, language)), year=shown_year(year))
        for year, names in sorted(begun.items())
    )
    rest = (tell(TEXTS, key, language) for key in ("scale_mean", "scale_rounding", "scale_grades"))
    return (*breaks, *rest)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


CHAPTER: Final = Chapter(
    key=KEY,
    order=40,
    number="4",
    title=Words("Læringsresultater", "Læringsresultat", "Learning results"),
    about=Words(
        "Nasjonale prøver, karakterer og skolebidrag",
        "Nasjonale prøver, karakterar og skulebidrag",
        "National tests, marks and value added",
    ),
    boxes=FIVE,
    keys=(*TESTS, *MARKS, *ADDED),
    build=build,
    slides=slides,
    is_about_schools=True,
)
