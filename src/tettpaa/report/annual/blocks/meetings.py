"""Chapter 7: the schools' own work on quality and the meetings: counts and themes, no agreement's text, no list."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.counting import few, share
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Cell, Lead, Note, Paragraph, Section, Table

KEY: Final = "dialog"
MOST_THEMES: Final = 8
TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair(
        "{held} dialogmøter er holdt dette skoleåret.", "{held} dialogmøte er haldne dette skuleåret."
    ),
    "support": Pair(
        "Her står bare antall og temaer. Hva den enkelte skolen har avtalt, står i avtalen.",
        "Her står berre tal og tema. Kva den einskilde skulen har avtalt, står i avtalen.",
    ),
    "meetings": Pair("Dialogmøtene", "Dialogmøta"),
    "count": Pair("Antall", "Tal"),
    "planned": Pair("Planlagt", "Planlagde"),
    "held": Pair("Holdt", "Haldne"),
    "approved": Pair("Referat godkjent av begge", "Referat godkjent av begge"),
    "themes": Pair("Det møtene handlet om", "Det møta handla om"),
    "theme": Pair("Mål", "Mål"),
    "times": Pair("Møter", "Møte"),
    "agreements": Pair("Avtaler og løfter", "Avtalar og lovnader"),
    "signed": Pair("Avtaler som er signert av begge", "Avtalar som er signerte av begge"),
    "fulfilled": Pair("Oppfylt", "Oppfylte"),
    "school": Pair("Skolenes løfter med frist i år, holdt", "Lovnadene til skulane med frist i år, haldne"),
    "owner": Pair(
        "Skoleeierens egne løfter med frist i år, holdt", "Skuleeigaren sine lovnader med frist i år, haldne"
    ),
    "small": Pair(
        "Et lite antall står som ord, så ingen skole kan kjennes igjen.",
        "Eit lite tal står som ord, så ingen skule kan kjennast att.",
    ),
    "no_themes": Pair(
        "Ingen av løftene i møtene er knyttet til et mål i planen ennå.",
        "Ingen av lovnadene i møta er knytte til eit mål i planen enno.",
    ),
}
ASK: Final = BoxSpec(
    "onsker",
    Words(
        "Hva ber skolene skoleeieren om?",
        "Kva ber skulane skuleeigaren om?",
        "What do the schools ask of the owner?",
    ),
    Words(
        "det flere skoler har bedt om i møtene, og hva dere har svart. Nevn ingen skole.",
        "det fleire skular har bede om i møta, og kva de har svart. Nemn ingen skule.",
        "what several schools have asked for in the meetings, and your answer. Name no school.",
    ),
    is_expected=False,
)


def applies(context: Context) -> bool:
    """Nothing to say before meetings or agreements are in use."""
    agreements = context.work.agreements
    return bool(context.work.meetings[0] or (agreements and agreements.signed))


def build(context: Context) -> Section:
    """How many meetings, what about, and how the promises went on both sides."""
    language = context.language
    lead = Lead(
        tell(TEXTS, "lead", language, held=few(context.work.meetings[1], language)),
        tell(TEXTS, "support", language),
    )
    blocks: tuple[Block, ...] = (
        lead,
        _meetings(context),
        _themes(context),
        _agreements(context),
        Note(tell(TEXTS, "small", language)),
        *written(context, KEY, ASK),
    )
    return Section("7", CHAPTER.title.in_language(language), blocks)


def told(context: Context) -> dict[str, str]:
    """The counts that the owner's words speak of."""
    rows = [*_meetings(context).rows, *_agreements(context).rows]
    return {row[0].text: row[1].text for row in rows}


def _meetings(context: Context) -> Table:
    return _counts(
        context, "meetings", tuple(zip(("planned", "held", "approved"), context.work.meetings, strict=True))
    )


def _counts(context: Context, title: str, rows: tuple[tuple[str, int], ...]) -> Table:
    language = context.language
    return Table(
        tell(TEXTS, title, language),
        (tell(TEXTS, title, language), tell(TEXTS, "count", language)),
        tuple((Cell(tell(TEXTS, key, language)), Cell(few(count, language))) for key, count in rows),
        numeric=(1,),
    )


def _themes(context: Context) -> Block:
    language = context.language
    themes = context.work.themes[:MOST_THEMES]
    if not themes:
        return Paragraph(tell(TEXTS, "no_themes", language))
    return Table(
        tell(TEXTS, "themes", language),
        (tell(TEXTS, "theme", language), tell(TEXTS, "times", language)),
        tuple((Cell(text), Cell(few(count, language))) for text, count in themes),
        numeric=(1,),
    )


def _agreements(context: Context) -> Table:
    language, found = context.language, context.work.agreements
    signed, fulfilled = (found.signed, found.fulfilled) if found else (0, 0)
    made = (found.school_kept, found.school_promises) if found else (0, 0)
    own = (found.owner_kept, found.owner_promises) if found else (0, 0)
    rows = (
        ("signed", few(signed, language)),
        ("fulfilled", few(fulfilled, language)),
        ("school", share(*made, language)),
        ("owner", share(*own, language)),
    )
    return Table(
        tell(TEXTS, "agreements", language),
        (tell(TEXTS, "agreements", language), tell(TEXTS, "count", language)),
        tuple((Cell(tell(TEXTS, key, language)), Cell(text)) for key, text in rows),
        numeric=(1,),
    )


CHAPTER: Final = Chapter(
    key=KEY,
    order=70,
    number="7",
    title=Words(
        "Skolenes eget kvalitetsarbeid og dialogmøtene",
        "Skulane sitt eige kvalitetsarbeid og dialogmøta",
        "The schools' own work on quality and the dialogue meetings",
    ),
    about=Words(
        "Møter, temaer og løfter, talt opp",
        "Møte, tema og lovnader, talde opp",
        "Meetings, themes and promises, counted",
    ),
    boxes=(ASK,),
    keys=(),
    build=build,
    applies=applies,
    told=told,
)
