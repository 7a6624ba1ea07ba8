"""Chapter 1: why there is a report, what the law says, where the figures come from and how to read them."""

from typing import Final

from tettpaa.data.indicators.definitions import Words, definitions
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.sentences import certainty_meaning, certainty_word, school_year
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context, ReleaseFacts
from tettpaa.report.annual.wording import Pair, listed, tell
from tettpaa.report.export.tree import Block, Bullets, Cell, Lead, Note, Paragraph, Section, Slide, Table
from tettpaa.work.yearwheel.laws import law

KEY: Final = "om"
TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair(
        "Meldingen skal gi kommunestyret et grunnlag for å bestemme, ikke bare noe å ta til orientering.",
        "Meldinga skal gi kommunestyret eit grunnlag for å bestemme, ikkje berre noko å ta til orientering.",
    ),
    "purpose": Pair(
        "Den viser hvordan skolene i {owner} har det, hva elevene lærer, og hvordan det går med dem etterpå. "
        "Den sier også hvor sikre vi er.",
        "Ho viser korleis skulane i {owner} har det, kva elevane lærer, og korleis det går med dei etterpå. "
        "Ho seier òg kor sikre vi er.",
    ),
    "invented": Pair(
        "{owner} er en oppdiktet kommune. Alle tallene er laget for visning.",
        "{owner} er ein oppdikta kommune. Alle tala er laga for vising.",
    ),
    "law": Pair("Det rettslige grunnlaget", "Det rettslege grunnlaget"),
    "who": Pair("Hvem har deltatt?", "Kven har delteke?"),
    "who_text": Pair(
        "Skoleeieren har skrevet meldingen.",
        "Skuleeigaren har skrive meldinga.",
    ),
    "sources": Pair("Hvor tallene kommer fra", "Kvar tala kjem frå"),
    "sources_table": Pair("Kilder med dato og utgave", "Kjelder med dato og utgåve"),
    "no_sources": Pair(
        "Meldingen bygger ikke på noen publiserte tall.",
        "Meldinga byggjer ikkje på nokon publiserte tal.",
    ),
    "what": Pair("Hva", "Kva"),
    "more": Pair("{first} og mer", "{first} og meir"),
    "source": Pair("Kilde", "Kjelde"),
    "years": Pair("Skoleår", "Skuleår"),
    "published": Pair("Publisert her", "Publisert her"),
    "version": Pair("Utgave", "Utgåve"),
    "checksum_note": Pair(
        "Utgaven er nummeret i vårt register og de første tegnene i filens kontrollsum. "
        "Hvert tall kan følges tilbake til fil og rad.",
        "Utgåva er nummeret i registeret vårt og dei første teikna i kontrollsummen til fila. "
        "Kvart tal kan følgjast tilbake til fil og rad.",
    ),
    "read": Pair("Slik leser du usikkerheten", "Slik les du uvissa"),
    "read_text": Pair(
        "Et tall fra en liten gruppe kan svinge mye uten at noe har endret seg. Derfor slår vi sammen tre år, "
        "tegner hvor nivået trolig ligger, og bruker fire ord om forskjeller:",
        "Eit tal frå ei lita gruppe kan svinge mykje utan at noko har endra seg. Difor slår vi saman tre år, "
        "teiknar kvar nivået truleg ligg, og bruker fire ord om skilnader:",
    ),
    "drawn": Pair(
        "På små skoler er nivået trukket mot landet, fordi noe av avstanden trolig er tilfeldig.",
        "På små skular er nivået drege mot landet, fordi noko av avstanden truleg er tilfeldig.",
    ),
    "shield": Pair("Tall som ikke vises", "Tal som ikkje blir viste"),
    "shield_text": Pair(
        "Vi viser ikke tall for grupper som er så små at noen kan kjenne igjen en elev. "
        "For nasjonale prøver er grensen ti elever. Noen ganger skjuler vi også et tall som ikke er lite, for at "
        "det lille ikke skal kunne regnes ut. Et skjult tall står som en skravert rute, aldri som null eller tomt.",
        "Vi viser ikkje tal for grupper som er så små at nokon kan kjenne att ein elev. "
        "For nasjonale prøver er grensa ti elevar. Nokre gonger skjuler vi òg eit tal som ikkje er lite, for at "
        "det vesle ikkje skal kunne reknast ut. Eit skjult tal står som ei skravert rute, aldri som null eller tomt.",
    ),
    "limits": Pair("Hva tallene ikke kan si", "Kva tala ikkje kan seie"),
    "limit_1": Pair(
        "De sier ikke hvor god en skole er. Elevenes bakgrunn teller med i alle resultater.",
        "Dei seier ikkje kor god ein skule er. Bakgrunnen til elevane tel med i alle resultat.",
    ),
    "limit_2": Pair(
        "De sier ikke hvorfor. En forskjell har mange mulige årsaker, og tallene velger ikke mellom dem.",
        "Dei seier ikkje kvifor. Ein skilnad har mange moglege årsaker, og tala vel ikkje mellom dei.",
    ),
    "limit_3": Pair(
        "De egner seg ikke til å rangere skoler. Derfor står skolene alfabetisk.",
        "Dei eignar seg ikkje til å rangere skular. Difor står skulane alfabetisk.",
    ),
    "limit_4": Pair(
        "De dekker bare det som måles. Mye av det skolen skal gi elevene, finnes det ikke tall for.",
        "Dei dekkjer berre det som blir målt. Mykje av det skulen skal gi elevane, finst det ikkje tal for.",
    ),
    "slide": Pair("Slik leser du tallene", "Slik les du tala"),
}
WHO: Final = BoxSpec(
    "deltakere",
    Words("Hvem har deltatt?", "Kven har delteke?", "Who has taken part?"),
    Words(
        "hvilke skoler, elevråd, foreldre og ansatte som er hørt, når, og hva det førte til.",
        "kva skular, elevråd, foreldre og tilsette som er høyrde, når, og kva det førte til.",
        "which schools, pupil councils, parents and staff were heard, when, and what came of it.",
    ),
)
LIMITS: Final = ("limit_1", "limit_2", "limit_3", "limit_4")


def build(context: Context) -> Section:
    """Purpose, law, who took part, sources, how to read uncertainty, shielding, and what figures cannot say."""
    language, owner = context.language, context.owner.name
    blocks: list[Block] = [
        Lead(tell(TEXTS, "lead", language)),
        Paragraph(tell(TEXTS, "purpose", language, owner=owner)),
    ]
    if context.is_invented:
        blocks.append(Note(tell(TEXTS, "invented", language, owner=owner)))
    contents = (
        ("law", _law(context)),
        ("who", _who(context)),
        ("sources", _sources(context)),
        ("read", _reading(context)),
        ("shield", (Paragraph(tell(TEXTS, "shield_text", language)),)),
        ("limits", (Bullets(tuple(tell(TEXTS, key, language) for key in LIMITS)),)),
    )
    parts: list[Section] = []
    for key, inside in contents:
        if inside:
            parts.append(Section(f"1.{len(parts) + 1}", tell(TEXTS, key, language), inside, level=2))
    return Section("1", CHAPTER.title.in_language(language), tuple(blocks), subsections=tuple(parts))


def slides(context: Context) -> tuple[Slide, ...]:
    """How to read the figures, on one slide."""
    language = context.language
    meanings = tuple(_meaning(certainty, context) for certainty in Certainty)
    limits = (tell(TEXTS, key, language) for key in LIMITS[:2])
    return (Slide(tell(TEXTS, "slide", language), bullets=(*meanings, *limits)),)


def _law(context: Context) -> tuple[Block, ...]:
    """Only rules that hold on the day the report is made."""
    found = (law(key, context.today) for key in ("yearly_information", "participation"))
    return tuple(Paragraph(rule.sentence(context.language)) for rule in found if rule is not None)


def _who(context: Context) -> tuple[Block, ...]:
    return (Paragraph(tell(TEXTS, "who_text", context.language)), *written(context, KEY, WHO))


def _sources(context: Context) -> tuple[Block, ...]:
    language = context.language
    if not context.releases:
        return (Paragraph(tell(TEXTS, "no_sources", language)),)
    heads = ("what", "source", "years", "published", "version")
    table = Table(
        caption=tell(TEXTS, "sources_table", language),
        header=tuple(tell(TEXTS, head, language) for head in heads),
        rows=tuple(_source_row(context, release) for release in context.releases),
        note=tell(TEXTS, "checksum_note", language),
    )
    return (table,)


def _source_row(context: Context, release: ReleaseFacts) -> tuple[Cell, ...]:
    years = sorted(release.periods)
    span = school_year(years[0]) if years else "–"
    if len(years) > 1:
        span = f"{span} – {school_year(years[-1])}"
    return (
        Cell(_contents(context, release)),
        Cell(SOURCES.get(release.source, release.source)),
        Cell(span),
        Cell(f"{release.published_on:%d.%m.%Y}"),
        Cell(f"{release.id} · {release.file_sha256[:8]}"),
    )


def _contents(context: Context, release: ReleaseFacts) -> str:
    """What the file is about: the part that its indicators' names have in common, `Nasjonale prøver 5. trinn`."""
    known = (context.definition(key) for key in release.indicators if key in definitions())
    parts = list(dict.fromkeys(d.names.in_language(context.language).split(" – ")[0] for d in known))
    if len(parts) > 2:
        return tell(TEXTS, "more", context.language, first=parts[0])
    return listed(parts, context.language) or release.file_name


SOURCES: Final = {
    "udir_statistikkbank": "Udir, Statistikkbanken",
    "skoleporten": "Udir, Skoleporten",
    "open_template": "Kommunens egen mal",
}


def _reading(context: Context) -> tuple[Block, ...]:
    language = context.language
    return (
        Paragraph(tell(TEXTS, "read_text", language)),
        Bullets(tuple(_meaning(certainty, context) for certainty in Certainty)),
        Paragraph(tell(TEXTS, "drawn", language)),
    )


def _meaning(certainty: Certainty, context: Context) -> str:
    word = certainty_word(certainty, context.language)
    return f"{certainty.glyph} {word}: {certainty_meaning(certainty, context.language)}"


CHAPTER: Final = Chapter(
    key=KEY,
    order=10,
    number="1",
    title=Words("Om meldingen", "Om meldinga", "About this report"),
    about=Words(
        "Formål, lov, kilder, usikkerhet og skjerming",
        "Formål, lov, kjelder, uvisse og skjerming",
        "Purpose, law, sources, uncertainty and shielding",
    ),
    boxes=(WHO,),
    keys=(),
    build=build,
    slides=slides,
)
