"""Chapter 3: the learning environment, which the act names first."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import FIVE, five_boxes
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.evidence import Subject, missing, overview_table, subjects
from tettpaa.report.annual.findings import chapter_lead, generated_boxes, results_slide
from tettpaa.report.annual.several_grades import by_key, grades_section
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Paragraph, Section, Slide

KEY: Final = "laeringsmiljo"
MAIN: Final = ("eu_trivsel", "eu_stotte_laerer", "eu_medvirkning", "eu_mestring", "eu_mobbing")
KEYS: Final = (
    *MAIN,
    "eu_laeringskultur",
    "eu_motivasjon",
    "eu_vfl",
    "eu_felles_regler",
    "eu_utfordring",
    "eu_stotte_hjemme",
    "eu_radgivning",
    "fravaer10_dager",
    "fravaer10_timer",
)
ANSWERS: Final = ("eu_deltakelse", "foreldre_svarprosent", "laerer_svarprosent")

TEXTS: Final[dict[str, Pair]] = {
    "support": Pair(
        "Tallene kommer fra elevenes egne svar i Elevundersøkelsen, og fra skolenes føring av fravær.",
        "Tala kjem frå svara til elevane i Elevundersøkinga, og frå skulane si føring av fråvær.",
    ),
    "rest": Pair("Flere mål", "Fleire mål"),
    "answers": Pair("Hvem har svart?", "Kven har svart?"),
    "answers_text": Pair(
        "Få svar gjør tallene usikre. De som ikke svarer, kan ha det annerledes enn de som svarer.",
        "Få svar gjer tala usikre. Dei som ikkje svarer, kan ha det annleis enn dei som svarer.",
    ),
    "slide": Pair("Læringsmiljø", "Læringsmiljø"),
}


def build(context: Context) -> Section:
    """The finding, the municipality's table, the five questions; then the main indicators with their schools."""
    language = context.language
    found, main = subjects(context, KEYS), told(context)
    heading = CHAPTER.title.in_language(language)
    blocks: list[Block] = [chapter_lead(context, main, tell(TEXTS, "support", language))]
    if main:
        blocks.append(overview_table(context, main, heading))
    see, sure = generated_boxes(context, main, KEYS, heading)
    blocks.extend(five_boxes(context, KEY, see, sure))
    parts = [grades_section(context, group, f"3.{i}") for i, group in enumerate(by_key(main), start=1)]
    rest = [subject for subject in found if subject not in main]
    if rest:
        number, title = f"3.{len(parts) + 1}", tell(TEXTS, "rest", language)
        parts.append(Section(number, title, (overview_table(context, rest, title),), level=2))
    parts.append(_answers(context, f"3.{len(parts) + 1}"))
    return Section("3", heading, tuple(blocks), subsections=tuple(parts))


def _answers(context: Context, number: str) -> Section:
    """Who has answered, where we know it."""
    language = context.language
    found = subjects(context, ANSWERS)
    blocks: list[Block] = [Paragraph(tell(TEXTS, "answers_text", language))]
    if found:
        blocks.append(overview_table(context, found, tell(TEXTS, "answers", language)))
    blocks.extend(missing(context, ANSWERS))
    return Section(number, tell(TEXTS, "answers", language), tuple(blocks), level=2)


def told(context: Context) -> tuple[Subject, ...]:
    """What the chapter's findings rest on: the main indicators, or all when none of those has figures."""
    return subjects(context, MAIN) or subjects(context, KEYS)


def slides(context: Context) -> tuple[Slide, ...]:
    """One slide."""
    return (results_slide(context, tell(TEXTS, "slide", context.language), told(context), KEYS),)


CHAPTER: Final = Chapter(
    key=KEY,
    order=30,
    number="3",
    title=Words("Læringsmiljø", "Læringsmiljø", "Learning environment"),
    about=Words(
        "Trivsel, støtte, mobbing og fravær",
        "Trivsel, støtte, mobbing og fråvær",
        "Well-being, support, bullying and absence",
    ),
    boxes=FIVE,
    keys=(*KEYS, *ANSWERS),
    build=build,
    slides=slides,
    is_about_schools=True,
)
