"""Chapter 2: our schools: pupils, teachers and frames."""

from typing import Final

from tettpaa.data.charts import bars
from tettpaa.data.charts.words import NumberStyle
from tettpaa.data.indicators.definitions import Words
from tettpaa.data.stats.numbers import number
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.evidence import Bundle, Subject, figure_at, missing, overview_table, subjects
from tettpaa.report.annual.school_tables import years_table
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Figure, Lead, Paragraph, Section, Slide

KEY: Final = "skolene"
PUPILS: Final = "elever"
TEACHERS: Final = (
    "laerertetthet_2_1_4",
    "laerertetthet_2_5_7",
    "laerertetthet_2_8_10",
    "laerernorm_oppfylt",
    "undervisningstimer_elev",
    "kompetanse_norsk_barne",
    "kompetanse_mat_barne",
    "kompetanse_eng_barne",
    "kompetanse_norsk_ungdom",
    "kompetanse_mat_ungdom",
    "kompetanse_eng_ungdom",
    "vid_utd",
    "sykefravaer",
)
FRAMES: Final = ("netto_elev", "norsk_andel", "ito_andel")
KEYS: Final = (PUPILS, *TEACHERS, *FRAMES)

TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair("{count} skoler i {owner}.", "{count} skular i {owner}."),
    "lead_pupils": Pair(
        "{pupils} elever på {count} skoler i {owner}.",
        "{pupils} elevar på {count} skular i {owner}.",
    ),
    "support": Pair(
        "Her står rammene som resultatene må leses i lys av. Tall for hele kommunen gjelder alle elevene som går på "
        "skole her, der kilden regner slik.",
        "Her står rammene som resultata må lesast i lys av. Tal for heile kommunen gjeld alle elevane som går på "
        "skule her, der kjelda reknar slik.",
    ),
    "pupils": Pair("Elever", "Elevar"),
    "pupils_table": Pair("Elever på hver skole", "Elevar på kvar skule"),
    "pupils_chart": Pair("Elever per skole, {year}", "Elevar per skule, {year}"),
    "list": Pair("Skolene i kommunen", "Skulane i kommunen"),
    "list_text": Pair("Skolene er {names}.", "Skulane er {names}."),
    "teachers": Pair("Lærere", "Lærarar"),
    "norm": Pair("Lærernormen, skole for skole", "Lærarnorma, skule for skule"),
    "frames": Pair("Ressurser og tilpasning", "Ressursar og tilpassing"),
    "municipality_only": Pair(
        "Særskilt språkopplæring og individuelt tilrettelagt opplæring vises bare for hele kommunen.",
        "Særskild språkopplæring og individuelt tilrettelagd opplæring blir berre vist for heile kommunen.",
    ),
    "own": Pair("Kommunens egne ord", "Kommunen sine eigne ord"),
    "slide": Pair("Skolene våre", "Skulane våre"),
}
OWN: Final = BoxSpec(
    "tillegg",
    Words("Eget tillegg om skolene", "Eige tillegg om skulane", "Your addition about the schools"),
    Words(
        "endringer i skolestrukturen, bygg eller bemanning som leseren må vite om.",
        "endringar i skulestrukturen, bygg eller bemanning som lesaren må vite om.",
        "changes in schools, buildings or staffing that the reader must know of.",
    ),
    is_expected=False,
)


BUNDLES: Final = (
    Bundle(Pair("lærertetthet", "lærartettleik"), TEACHERS[:3]),
    Bundle(Pair("lærernes kompetanse i fagene", "lærarane sin kompetanse i faga"), TEACHERS[5:11]),
)


def build(context: Context) -> Section:
    """Pupils, teachers, resources; each table only where there are figures, and in words where there are none."""
    language = context.language
    contents = (("pupils", _pupils(context)), ("teachers", _teachers(context)), ("frames", _frames(context)))
    parts = [
        Section(f"2.{i}", tell(TEXTS, key, language), inside, level=2)
        for i, (key, inside) in enumerate(contents, start=1)
    ]
    own = written(context, KEY, OWN)
    if own:
        parts.append(Section(f"2.{len(parts) + 1}", tell(TEXTS, "own", language), own, level=2))
    lead = Lead(_lead(context), tell(TEXTS, "support", language))
    return Section("2", CHAPTER.title.in_language(language), (lead,), subsections=tuple(parts))


def slides(context: Context) -> tuple[Slide, ...]:
    """The frames of the owner beside county and nation, where there are figures."""
    found = subjects(context, (*TEACHERS, *FRAMES))
    if not found:
        told = (block.text for block in missing(context, KEYS, BUNDLES) if isinstance(block, Paragraph))
        return (Slide(tell(TEXTS, "slide", context.language), bullets=(_lead(context), *told)),)
    return (
        Slide(
            _lead(context), table=overview_table(context, found[:8], tell(TEXTS, "slide", context.language))
        ),
    )


def _lead(context: Context) -> str:
    count, owner = len(context.schools), context.owner.name
    found = subjects(context, (PUPILS,))
    figure = figure_at(context, context.owner, found[0], context.year) if found else None
    if figure is None or figure.value is None:
        return tell(TEXTS, "lead", context.language, count=count, owner=owner)
    pupils = number(figure.value, 0, context.language)
    return tell(TEXTS, "lead_pupils", context.language, pupils=pupils, count=count, owner=owner)


def _pupils(context: Context) -> tuple[Block, ...]:
    language = context.language
    found = [s for s in subjects(context, (PUPILS,)) if s.grade == 0] or list(subjects(context, (PUPILS,)))[
        :1
    ]
    blocks: list[Block] = []
    for subject in found:
        chart = _chart(context, subject)
        table = years_table(context, subject, tell(TEXTS, "pupils_table", language))
        blocks.extend(block for block in (chart, table) if block is not None)
    if not found:
        names = ", ".join(school.name for school in context.schools)
        blocks.append(Paragraph(tell(TEXTS, "list_text", language, names=names)))
    blocks.extend(missing(context, (PUPILS,)))
    return tuple(blocks)


def _chart(context: Context, subject: Subject) -> Figure | None:
    """Bars of school size, alphabetically."""
    language = context.language
    figures = ((school, figure_at(context, school, subject, context.year)) for school in context.schools)
    shown = tuple(bars.Bar(figure, school.name) for school, figure in figures if figure is not None)
    if len(shown) < 2 or len(shown) > 20:  # more than twenty bars are read better in the table
        return None
    title = tell(TEXTS, "pupils_chart", language, year=context.school_year)
    chart = bars.BarsInput(title, shown, across="schools", style=NumberStyle(decimals=0))
    caption = Caption(bars.alt(chart, language), title, context.definition(subject.key).publisher)
    return context.drawer.figure(bars.spec(chart, size="page", language=language), caption)


def _teachers(context: Context) -> tuple[Block, ...]:
    found = subjects(context, TEACHERS)
    title = tell(TEXTS, "teachers", context.language)
    blocks: list[Block] = [overview_table(context, found, title)] if found else []
    norm = [subject for subject in found if subject.key == "laerernorm_oppfylt"]
    for subject in norm[:1]:
        table = years_table(context, subject, tell(TEXTS, "norm", context.language))
        if table is not None:
            blocks.append(table)
    return (*blocks, *missing(context, TEACHERS, BUNDLES))


def _frames(context: Context) -> tuple[Block, ...]:
    found = subjects(context, FRAMES)
    title = tell(TEXTS, "frames", context.language)
    blocks: list[Block] = [overview_table(context, found, title)] if found else []
    blocks.extend(missing(context, FRAMES))
    blocks.append(Paragraph(tell(TEXTS, "municipality_only", context.language)))
    return tuple(blocks)


CHAPTER: Final = Chapter(
    key=KEY,
    order=20,
    number="2",
    title=Words("Skolene våre", "Skulane våre", "Our schools"),
    about=Words("Elever, lærere og rammer", "Elevar, lærarar og rammer", "Pupils, teachers and frames"),
    boxes=(OWN,),
    keys=KEYS,
    build=build,
    slides=slides,
    is_about_schools=True,
)
