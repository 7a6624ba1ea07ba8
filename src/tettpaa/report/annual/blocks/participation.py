"""Chapter 9: who was heard, and what it changed."""

from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.counting import few
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Cell, Lead, Section, Table

KEY: Final = "medvirkning"
TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair(
        "Uttalelser mottatt: {count}. Her står hva hver av dem endret.",
        "Fråsegner mottekne: {count}. Her står kva kvar av dei endra.",
    ),
    "lead_none": Pair(
        "Ingen uttalelser om meldingen er kommet inn.", "Ingen fråsegner om meldinga er komne inn."
    ),
    "statements": Pair("Uttalelser, og hva de endret", "Fråsegner, og kva dei endra"),
    "body": Pair("Hvem", "Kven"),
    "question": Pair("Spurt om", "Spurt om"),
    "changed": Pair("Hva det endret", "Kva det endra"),
    "not_yet": Pair("ikke besvart ennå", "ikkje svart på enno"),
    "proposals": Pair(
        "Forslag til dialogmøtene, og hva som ble av dem", "Framlegg til dialogmøta, og kva som vart av dei"
    ),
    "received": Pair("Mottatt", "Mottekne"),
    "taken": Pair("På saklista", "På saklista"),
    "elsewhere": Pair("Tatt et annet sted", "Tekne ein annan stad"),
}
VOICES: Final = BoxSpec(
    "stemmer",
    Words("Det vi hørte", "Det vi høyrde", "What we heard"),
    Words(
        "det elevråd, foreldre og ansatte har sagt i løpet av året, etter tema.",
        "det elevråd, foreldre og tilsette har sagt i løpet av året, etter tema.",
        "what pupil councils, parents and staff have said during the year, by theme.",
    ),
    is_expected=False,
)


def applies(context: Context) -> bool:
    """Nothing to say before anybody has been asked or has proposed anything."""
    return bool(context.work.statements or context.work.proposals)


def build(context: Context) -> Section:
    """Statements with what they changed; proposals counted, with what became of them."""
    language, work = context.language, context.work
    key = "lead" if work.statements else "lead_none"
    blocks: list[Block] = [Lead(tell(TEXTS, key, language, count=len(work.statements)))]
    if work.statements:
        blocks.append(_statements(context))
    if work.proposals:
        blocks.append(_proposals(context))
    blocks.extend(written(context, KEY, VOICES))
    return Section("9", CHAPTER.title.in_language(language), tuple(blocks))


def told(context: Context) -> dict[str, str]:
    """What the owner's words speak of."""
    found = {f"{row.body}: {row.question}": row.changed for row in context.work.statements}
    for body, received, taken, elsewhere in context.work.proposals:
        found[body] = f"{received} {taken} {elsewhere}"
    return found


def _statements(context: Context) -> Table:
    language = context.language
    return Table(
        tell(TEXTS, "statements", language),
        tuple(tell(TEXTS, head, language) for head in ("body", "question", "changed")),
        tuple(
            (Cell(row.body), Cell(row.question), Cell(row.changed or tell(TEXTS, "not_yet", language)))
            for row in context.work.statements
        ),
    )


def _proposals(context: Context) -> Table:
    language = context.language
    return Table(
        tell(TEXTS, "proposals", language),
        tuple(tell(TEXTS, head, language) for head in ("body", "received", "taken", "elsewhere")),
        tuple(
            (Cell(body), *(Cell(few(count, language)) for count in counts))
            for body, *counts in context.work.proposals
        ),
        numeric=(1, 2, 3),
    )


CHAPTER: Final = Chapter(
    key=KEY,
    order=90,
    number="9",
    title=Words("Medvirkning", "Medverknad", "Participation"),
    about=Words(
        "Hvem som er hørt, og hva det endret",
        "Kven som er høyrde, og kva det endra",
        "Who was heard, and what it changed",
    ),
    boxes=(VOICES,),
    keys=(),
    build=build,
    applies=applies,
    told=told,
)
