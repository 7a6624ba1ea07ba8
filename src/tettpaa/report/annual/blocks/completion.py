"""Chapter 5: completion and transitions, the third thing the act names."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import FIVE, five_boxes
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.evidence import Subject, overview_table, subject_section, subjects
from tettpaa.report.annual.findings import chapter_lead, generated_boxes, results_slide
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Section, Slide

KEY: Final = "gjennomforing"
KEYS: Final = ("vgo_overgang", "vgo_gjennomforing", "vgo_sluttet")

TEXTS: Final[dict[str, Pair]] = {
    "support": Pair(
        "Hvor mange går rett over til videregående opplæring, og hvor mange fullfører? Tallene gjelder elever som "
        "bodde i kommunen da de gikk ut av grunnskolen.",
        "Kor mange går rett over til vidaregåande opplæring, og kor mange fullfører? Tala gjeld elevar som "
        "budde i kommunen då dei gjekk ut av grunnskulen.",
    ),
    "slide": Pair("Gjennomføring", "Gjennomføring"),
}


def build(context: Context) -> Section:
    """The finding, the municipality's table, the five questions; then each indicator over the years."""
    found, title = told(context), CHAPTER.title.in_language(context.language)
    blocks: list[Block] = [chapter_lead(context, found, tell(TEXTS, "support", context.language))]
    if found:
        blocks.append(overview_table(context, found, title))
    see, sure = generated_boxes(context, found, KEYS, title)
    blocks.extend(five_boxes(context, KEY, see, sure))
    parts = tuple(subject_section(context, subject, f"5.{i}") for i, subject in enumerate(found, start=1))
    return Section("5", title, tuple(blocks), subsections=parts)


def told(context: Context) -> tuple[Subject, ...]:
    """What the chapter's findings rest on."""
    return subjects(context, KEYS)


def slides(context: Context) -> tuple[Slide, ...]:
    """One slide."""
    return (results_slide(context, tell(TEXTS, "slide", context.language), told(context), KEYS),)


CHAPTER: Final = Chapter(
    key=KEY,
    order=50,
    number="5",
    title=Words("Gjennomføring og overganger", "Gjennomføring og overgangar", "Completion and transitions"),
    about=Words(
        "Veien til og gjennom videregående opplæring",
        "Vegen til og gjennom vidaregåande opplæring",
        "The way to and through upper secondary education",
    ),
    boxes=FIVE,
    keys=KEYS,
    build=build,
    slides=slides,
)
