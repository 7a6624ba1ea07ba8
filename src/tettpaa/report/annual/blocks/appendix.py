"""Appendix: method, definitions, what is hidden, one sheet for each school, glossary, credits."""

from collections import Counter
from typing import Final

from tettpaa.data.indicators.definitions import Definition, Words, definitions
from tettpaa.data.suppression.kinds import Gender, Status
from tettpaa.report.annual.blocks import environment, results, schools
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import Context, first_year, shown_year
from tettpaa.report.annual.school_sheets import sheets
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Bullets, Cell, Note, Paragraph, Section, Table

KEY: Final = "vedlegg"
TEXTS: Final[dict[str, Pair]] = {
    "method": Pair("Metode", "Metode"),
    "method_1": Pair(
        "Nivå: de siste tre årene slås sammen, og hvert år teller etter antall elever og hvor sikkert det er. Vi "
        "sammenligner år for år med landet, så en vanskelig prøve ikke ser ut som et svakt kull.",
        "Nivå: dei siste tre åra blir slått saman, og kvart år tel etter talet på elevar og kor sikkert det er. Vi "
        "samanliknar år for år med landet, så ei vanskeleg prøve ikkje ser ut som eit svakt kull.",
    ),
    "method_2": Pair(
        "Usikkerhet: vi regner med tilfeldigheter i utvalget av elever, at kull er ulike, og avrunding hos kilden. "
        "Streken viser hvor nivået ligger med 90 prosent sannsynlighet.",
        "Uvisse: vi reknar med tilfeldigheiter i utvalet av elevar, at kull er ulike, og avrunding hos kjelda. "
        "Streken viser kvar nivået ligg med 90 prosent sannsyn.",
    ),
    "method_3": Pair(
        "Skoler: på nasjonale prøver er nivået trukket mot landet, mer jo færre elever skolen har. Hvor mye, er målt på "
        "alle skoler i landet.",
        "Skular: på nasjonale prøver er nivået drege mot landet, meir jo færre elevar skulen har. Kor mykje, er målt på "
        "alle skular i landet.",
    ),
    "method_4": Pair(
        "Endring: vi kaller det en endring først når den er større enn det tilfeldigheter og ulike kull vanligvis gir.",
        "Endring: vi kallar det ei endring først når ho er større enn det tilfeldigheiter og ulike kull vanlegvis gir.",
    ),
    "method_5": Pair(
        "Vesentlig forskjell: for nasjonale prøver regner vi to poeng som det minste som betyr noe.",
        "Vesentleg skilnad: for nasjonale prøver reknar vi to poeng som det minste som betyr noko.",
    ),
    "definitions": Pair("Hva tallene måler", "Kva tala måler"),
    "definitions_table": Pair("Indikatorene i meldingen", "Indikatorane i meldinga"),
    "what": Pair("Indikator", "Indikator"),
    "why": Pair("Hvorfor vi ser på den", "Kvifor vi ser på han"),
    "not_for": Pair("Hva den ikke kan brukes til", "Kva han ikkje kan brukast til"),
    "no_definitions": Pair("Meldingen har ingen tall å forklare.", "Meldinga har ingen tal å forklare."),
    "shielding": Pair("Hva som er skjult", "Kva som er skjult"),
    "shielding_text": Pair(
        "Tabellen teller skoletallene i meldingen. Hvilke skoler det gjelder, ser du i tabellene i kapitlene.",
        "Tabellen tel skuletala i meldinga. Kva skular det gjeld, ser du i tabellane i kapitla.",
    ),
    "shielding_table": Pair("Skoletall etter om de vises", "Skuletal etter om dei blir viste"),
    "since": Pair("{name}, fra {year}", "{name}, frå {year}"),
    "shown": Pair("Vises", "Viste"),
    "by_source": Pair("Skjult hos kilden", "Skjult hos kjelda"),
    "by_us": Pair("Skjult av oss", "Skjult av oss"),
    "others": Pair("Mangler av andre grunner", "Manglar av andre grunnar"),
    "schools": Pair("Skolene, én for én", "Skulane, éin for éin"),
    "schools_text": Pair(
        "Hver skole er holdt opp mot landet (eller fylket), ikke mot naboskolen. Nivået er tre år samlet. I diagrammene er punktet til "
        "høyre siste tall, og den prikkede linjen er landet eller fylket. Skolene står alfabetisk.",
        "Kvar skule er halden opp mot landet (eller fylket), ikkje mot naboskulen. Nivået er tre år samla. I diagramma er punktet til "
        "høgre siste tal, og den prikka linja er landet eller fylket. Skulane står alfabetisk.",
    ),
    "no_schools": Pair("Vi har ingen tall for enkeltskoler.", "Vi har ingen tal for einskildskular."),
    "glossary": Pair("Ord i meldingen", "Ord i meldinga"),
    "term_1": Pair("Beregnet nivå: det mest sannsynlige nivået når tilfeldigheter er trukket fra.",
               "Utrekna nivå: det mest sannsynlege nivået når tilfeldigheiter er trekte frå."),
    "term_2": Pair("Kull: elevene som er født samme år og går på samme trinn.",
               "Kull: elevane som er fødde same år og går på same steg."),
    "term_3": Pair("Skjerming: å la være å vise et tall for å verne elevene bak det.",
               "Skjerming: å la vere å vise eit tal for å verne elevane bak det."),
    "term_4": Pair("Skalapoeng: måten resultatet på nasjonale prøver skrives på.",
               "Skalapoeng: måten resultatet på nasjonale prøver blir skrive på."),
    "term_5": Pair("Skoleår: 2024–25 er året som begynte høsten 2024.",
               "Skuleår: 2024–25 er året som tok til hausten 2024."),
    "credits": Pair("Kreditering og kontroll", "Kreditering og kontroll"),
    "nlod": Pair(
        "Inneholder data under Norsk lisens for offentlige data (NLOD) tilgjengeliggjort av Utdanningsdirektoratet.",
        "Inneheld data under Norsk lisens for offentlege data (NLOD) tilgjengeleggjorde av Utdanningsdirektoratet.",
    ),
    "ssb": Pair(
        "Inndelingen i kommuner og fylker er fra Statistisk sentralbyrå (CC BY 4.0).",
        "Inndelinga i kommunar og fylke er frå Statistisk sentralbyrå (CC BY 4.0).",
    ),
    "chain": Pair(
        "Endringsloggens siste kontrollsum da tallene ble frosset: {head}.",
        "Den siste kontrollsummen i endringsloggen då tala vart frosne: {head}.",
    ),
    "draft": Pair(
        "Dette er et utkast. Tallene er ikke frosset og kan endre seg.",
        "Dette er eit utkast. Tala er ikkje frosne og kan endre seg.",
    ),
}  # fmt: skip
METHOD: Final = ("method_1", "method_2", "method_3", "method_4", "method_5")
TERMS: Final = ("term_1", "term_2", "term_3", "term_4", "term_5")
_STATUSES: Final = {
    Status.OK: "shown",
    Status.HIDDEN_BY_SOURCE: "by_source",
    Status.HIDDEN_BY_US: "by_us",
    Status.CONFIDENTIAL: "by_us",
}
_COLUMNS: Final = ("shown", "by_source", "by_us", "others")


def build(context: Context) -> Section:
    """Everything a careful reader wants to check."""
    language = context.language
    contents: tuple[tuple[str, tuple[Block, ...], tuple[Section, ...]], ...] = (
        ("method", (Bullets(tuple(tell(TEXTS, key, language) for key in METHOD)),), ()),
        ("definitions", _definitions(context), ()),
        ("shielding", _shielding(context), ()),
        ("schools", *_schools(context)),
        ("glossary", (Bullets(tuple(tell(TEXTS, key, language) for key in TERMS)),), ()),
        ("credits", _credits(context), ()),
    )
    parts = tuple(
        Section(f"V.{i}", tell(TEXTS, key, language), blocks, level=2, subsections=inside)
        for i, (key, blocks, inside) in enumerate(contents, start=1)
    )
    return Section("V", CHAPTER.title.in_language(language), (), subsections=parts)


def _used(context: Context) -> list[Definition]:
    """The indicators that the report has recent figures for, in the order of the catalogue."""
    return [definition for key, definition in definitions().items() if context.has(key) and _is_treated(key)]


def _is_treated(key: str) -> bool:
    treated = {
        *environment.CHAPTER.keys,
        *results.CHAPTER.keys,
        *results.TAKEN,
        *schools.CHAPTER.keys,
        "vgo_overgang",
        "vgo_gjennomforing",
        "vgo_sluttet",
    }
    return key in treated


def _definitions(context: Context) -> tuple[Block, ...]:
    language = context.language
    found = _used(context)
    if not found:
        return (Paragraph(tell(TEXTS, "no_definitions", language)),)
    rows = tuple(
        (
            Cell(definition.names.in_language(language)),
            Cell(definition.why.in_language(language)),
            Cell(definition.not_for.in_language(language)),
        )
        for definition in found
    )
    heads = tuple(tell(TEXTS, key, language) for key in ("what", "why", "not_for"))
    return (Table(tell(TEXTS, "definitions_table", language), heads, rows),)


def _shielding(context: Context) -> tuple[Block, ...]:
    """The public form of the shielding log: how many figures of each indicator are shown and hidden, and by whom."""
    language = context.language
    codes = {school.code for school in context.schools}
    counts: dict[str, Counter[str]] = {definition.key: Counter() for definition in _used(context)}
    for line, figures in context.lines.items():
        if line.unit in codes and line.indicator in counts and line.gender is Gender.ALL:
            first = first_year(context.definition(line.indicator), context.year)
            statuses = (figure.status for figure in figures if figure.period >= first)
            counts[line.indicator].update(_STATUSES.get(status, "others") for status in statuses)
    rows = tuple(
        (Cell(_name(context, key)), *(Cell(str(count[column])) for column in _COLUMNS))
        for key, count in counts.items()
        if count
    )
    told = Paragraph(tell(TEXTS, "shielding_text", language))
    if not rows:
        return (Paragraph(tell(TEXTS, "no_schools", language)),)
    heads = (tell(TEXTS, "what", language), *(tell(TEXTS, column, language) for column in _COLUMNS))
    return told, Table(tell(TEXTS, "shielding_table", language), heads, rows, numeric=(1, 2, 3, 4))


def _name(context: Context, key: str) -> str:
    definition = context.definition(key)
    first = shown_year(first_year(definition, context.year))
    name = definition.short_names.in_language(context.language)
    return tell(TEXTS, "since", context.language, name=name, year=first)


def _schools(context: Context) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    made = sheets(context)
    key = "schools_text" if made else "no_schools"
    return (Paragraph(tell(TEXTS, key, context.language)),), made


def _credits(context: Context) -> tuple[Block, ...]:
    language = context.language
    blocks: list[Block] = [Paragraph(tell(TEXTS, "nlod", language)), Paragraph(tell(TEXTS, "ssb", language))]
    if context.chain_head:
        blocks.append(Note(tell(TEXTS, "chain", language, head=context.chain_head)))
    else:
        blocks.append(Note(tell(TEXTS, "draft", language)))
    return tuple(blocks)


CHAPTER: Final = Chapter(
    key=KEY,
    order=200,
    number="V",
    title=Words("Vedlegg", "Vedlegg", "Appendix"),
    about=Words(
        "Metode, definisjoner, skjerming og ett ark for hver skole",
        "Metode, definisjonar, skjerming og eitt ark for kvar skule",
        "Method, definitions, shielding and a sheet for each school",
    ),
    boxes=(),
    keys=(),
    build=build,
)
