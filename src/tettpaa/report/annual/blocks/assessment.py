"""Chapter 11: what it all comes to, and the way on."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.blocks import completion, environment, results
from tettpaa.report.annual.boxes import PROPOSE, written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.findings import finding
from tettpaa.report.annual.wording import Pair, lines_of, tell
from tettpaa.report.export.tree import Block, Cell, Lead, Section, Slide, Table

KEY: Final = "vurdering"
PARTS: Final = (environment, results, completion)

TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair(
        "Hva tallene sier samlet, og hva vi vil gjøre.", "Kva tala seier samla, og kva vi vil gjere."
    ),
    "table": Pair("Kapitlene side om side", "Kapitla side om side"),
    "chapter": Pair("Kapittel", "Kapittel"),
    "see": Pair("Hva ser vi?", "Kva ser vi?"),
    "proposes": Pair("Hva foreslår vi?", "Kva foreslår vi?"),
    "in_chapter": Pair("Se kapittel {number}", "Sjå kapittel {number}"),
    "assessment": Pair("Samlet vurdering", "Samla vurdering"),
    "way": Pair("Veien videre", "Vegen vidare"),
    "slide": Pair("Veien videre", "Vegen vidare"),
}
ASSESSMENT: Final = BoxSpec(
    "samlet",
    Words("Samlet vurdering", "Samla vurdering", "Overall assessment"),
    Words(
        "hva tallene, skolene og elevene sier til sammen, og hva dere fortsatt ikke vet.",
        "kva tala, skulane og elevane seier til saman, og kva de framleis ikkje veit.",
        "what figures, schools and pupils say together, and what you still do not know.",
    ),
)
WAY: Final = BoxSpec(
    "veien",
    Words("Veien videre", "Vegen vidare", "The way forward"),
    Words(
        "prioriteringene neste år: mål, tiltak, hvem som har ansvaret, hva det koster, og hvor det står i budsjettet.",
        "prioriteringane neste år: mål, tiltak, kven som har ansvaret, kva det kostar, og kvar det står i budsjettet.",
        "next year's priorities: goal, initiative, who is responsible, the cost, and where it stands in the budget.",
    ),
)


def build(context: Context) -> Section:
    """The chapters in one table, the owner's assessment and the way on."""
    language = context.language
    table = _table(context)
    parts: list[Section] = []
    for key, spec in (("assessment", ASSESSMENT), ("way", WAY)):
        inside = written(context, KEY, spec)
        if inside:
            parts.append(Section(f"11.{len(parts) + 1}", tell(TEXTS, key, language), inside, level=2))
    blocks: tuple[Block, ...] = (Lead(tell(TEXTS, "lead", language)), table)
    return Section("11", CHAPTER.title.in_language(language), blocks, subsections=tuple(parts))


def slides(context: Context) -> tuple[Slide, ...]:
    """The way on, if it is written."""
    text = context.text(KEY, WAY.key)
    return (Slide(tell(TEXTS, "slide", context.language), bullets=lines_of(text)),) if text else ()


def _table(context: Context) -> Table:
    language = context.language
    rows = []
    for module in PARTS:
        chapter = module.CHAPTER
        is_written = bool(context.text(chapter.key, PROPOSE.key))
        proposes = tell(TEXTS, "in_chapter", language, number=chapter.number)
        rows.append(
            (
                Cell(f"{chapter.number} {chapter.title.in_language(language)}"),
                Cell(finding(context, module.told(context))),
                Cell(proposes if is_written else "–"),
            )
        )
    heads = tuple(tell(TEXTS, key, language) for key in ("chapter", "see", "proposes"))
    return Table(tell(TEXTS, "table", language), heads, tuple(rows))


CHAPTER: Final = Chapter(
    key=KEY,
    order=110,
    number="11",
    title=Words(
        "Samlet vurdering og veien videre",
        "Samla vurdering og vegen vidare",
        "Overall assessment and the way forward",
    ),
    about=Words(
        "Hva det samlet betyr, og hva som skal prioriteres",
        "Kva det samla betyr, og kva som skal prioriterast",
        "What it all means, and what comes first",
    ),
    boxes=(ASSESSMENT, WAY),
    keys=(*environment.KEYS, *results.TESTS, *completion.KEYS),
    build=build,
    slides=slides,
)
