"""Chapter 11: what it all comes to, and the way on."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.blocks import completion, environment, results
from tettpaa.report.annual.boxes import PROPOSE, written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.findings import finding
from tettpaa.report.annual.golden import thread_figure
from tettpaa.report.annual.wording import Pair, lines_of, role_name, tell
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
    "priorities": Pair("Det kommunen selv skal gjøre", "Det kommunen sjølv skal gjere"),
    "priorities_note": Pair(
        "Kostnad og hvor det står i budsjettet, skriver kommunen over tabellen.",
        "Kostnad og kvar det står i budsjettet, skriv kommunen over tabellen.",
    ),
    "goal": Pair("Mål", "Mål"),
    "initiative": Pair("Tiltak", "Tiltak"),
    "who": Pair("Ansvar", "Ansvar"),
    "due": Pair("Frist", "Frist"),
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
    inside = (
        ("assessment", written(context, KEY, ASSESSMENT)),
        ("way", (*written(context, KEY, WAY), *_priorities(context))),
    )
    for key, contents in inside:
        if contents:
            parts.append(Section(f"11.{len(parts) + 1}", tell(TEXTS, key, language), contents, level=2))
    thread = thread_figure(context)
    drawn: tuple[Block, ...] = (thread,) if thread else ()
    blocks: tuple[Block, ...] = (Lead(tell(TEXTS, "lead", language)), table, *drawn)
    return Section("11", CHAPTER.title.in_language(language), blocks, subsections=tuple(parts))


def _priorities(context: Context) -> tuple[Block, ...]:
    """What the owner itself has decided to do, by goal; a school's initiatives are the school's to tell of."""
    language, rows = context.language, context.work.priorities
    if not rows:
        return ()
    heads = ("goal", "initiative", "who", "due")
    table = Table(
        tell(TEXTS, "priorities", language),
        tuple(tell(TEXTS, head, language) for head in heads),
        tuple(
            (
                Cell(row.goal),
                Cell(row.title),
                Cell(role_name(row.role, language)),
                Cell(f"{row.due_on:%d.%m.%Y}" if row.due_on else "–"),
            )
            for row in rows
        ),
        note=tell(TEXTS, "priorities_note", language),
    )
    return (table,)


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
