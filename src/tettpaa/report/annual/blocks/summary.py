"""Chapter 0: one page for those who decide, and points that can be voted on one by one."""

from collections import Counter
from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.blocks import completion, environment, results
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.findings import finding
from tettpaa.report.annual.wording import Pair, lines_of, role_name, tell
from tettpaa.report.export.tree import Block, Bullets, Cell, Lead, Section, Slide, Table

KEY: Final = "sammendrag"
PARTS: Final = (environment, results, completion)

TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair("Hele meldingen på én side.", "Heile meldinga på éi side."),
    "support": Pair(
        "Hva tallene sier om skolene i {owner}, hvor sikre vi er, og hva kommunestyret blir bedt om å vedta.",
        "Kva tala seier om skulane i {owner}, kor sikre vi er, og kva kommunestyret blir bedt om å vedta.",
    ),
    "in_short": Pair("I korte trekk", "I korte trekk"),
    "point": Pair("{chapter}: {finding}", "{chapter}: {finding}"),
    "decide": Pair("Det kommunestyret blir bedt om", "Det kommunestyret blir bedt om"),
    "proposals": Pair("Forslag til vedtak", "Framlegg til vedtak"),
    "last_time": Pair(
        "Dette ble vedtatt sist, og dette ble gjort", "Dette vart vedteke sist, og dette vart gjort"
    ),
    "last_lead": Pair(
        "{done} av {total} vedtak er gjennomført.", "{done} av {total} vedtak er gjennomførte."
    ),
    "decision": Pair("Vedtak", "Vedtak"),
    "status": Pair("Status", "Status"),
    "who": Pair("Ansvar", "Ansvar"),
    "happened": Pair("Hva som skjedde", "Kva som skjedde"),
    "state_done": Pair("Gjort", "Gjort"),
    "state_started": Pair("I gang", "I gang"),
    "state_not_done": Pair("Ikke gjort", "Ikkje gjort"),
    "state_assigned": Pair("Ikke meldt tilbake", "Ikkje meldt tilbake"),
    "slide": Pair("Det viktigste", "Det viktigaste"),
    "slide_none": Pair("Ingen forslag er skrevet ennå.", "Ingen framlegg er skrivne enno."),
}
SUMMARY: Final = BoxSpec(
    "oppsummering",
    Words("Sammendrag for folkevalgte", "Samandrag for folkevalde", "Summary for council members"),
    Words(
        "det viktigste fra hele meldingen på en halv side, i vanlige ord.",
        "det viktigaste frå heile meldinga på ei halv side, i vanlege ord.",
        "the most important of the whole report on half a page, in ordinary words.",
    ),
)
PROPOSALS: Final = BoxSpec(
    "vedtak",
    Words("Forslag til vedtak", "Framlegg til vedtak", "Proposed decisions"),
    Words(
        "tre til seks punkter det går an å stemme over. Ett punkt på hver linje. Unngå «tas til orientering» alene.",
        "tre til seks punkt det går an å røyste over. Eitt punkt på kvar linje. Unngå «tas til orientering» aleine.",
        "three to six points that can be voted on. One point a line. Avoid “takes note” alone.",
    ),
    is_list=True,
)


def build(context: Context) -> Section:
    """The finding of each chapter of results, the owner's own summary, and the proposals."""
    language = context.language
    lead = Lead(
        tell(TEXTS, "lead", language),
        tell(TEXTS, "support", language, owner=context.owner.name),
    )
    blocks: tuple[Block, ...] = (lead, Bullets(points(context)), *written(context, KEY, SUMMARY))
    inside = (("last_time", _last_time(context)), ("decide", written(context, KEY, PROPOSALS)))
    parts: list[Section] = []
    for key, contents in inside:
        if contents:
            parts.append(Section(f"0.{len(parts) + 1}", tell(TEXTS, key, language), contents, level=2))
    return Section("0", CHAPTER.title.in_language(language), blocks, subsections=tuple(parts))


def _last_time(context: Context) -> tuple[Block, ...]:
    """What became of what was decided about the report before this one."""
    language, decided = context.language, context.work.decided
    if not decided:
        return ()
    heads = ("decision", "status", "who", "happened")
    rows = tuple(
        (
            Cell(row.text),
            Cell(tell(TEXTS, f"state_{row.state}", language)),
            Cell(role_name(row.role, language)),
            Cell(row.told or "–"),
        )
        for row in decided
    )
    table = Table(
        tell(TEXTS, "last_time", language), tuple(tell(TEXTS, head, language) for head in heads), rows
    )
    counts = Counter(row.state for row in decided)
    lead = Lead(tell(TEXTS, "last_lead", language, done=counts["done"], total=len(decided)))
    return (lead, table)


def points(context: Context) -> tuple[str, ...]:
    """One line for each chapter of results."""
    language = context.language
    return tuple(
        tell(
            TEXTS, "point", language,
            chapter=module.CHAPTER.title.in_language(language),
            finding=finding(context, module.told(context)),
        )
        for module in PARTS
    )  # fmt: skip


def slides(context: Context) -> tuple[Slide, ...]:
    """What matters most, first. The proposals come last in the deck (assembly.py)."""
    title = tell(TEXTS, "slide", context.language)
    return (Slide(title, bullets=points(context), notes=context.text(KEY, SUMMARY.key)),)


def proposal_slide(context: Context) -> tuple[Slide, ...]:
    """The points to vote on; none where nothing is proposed, except in a draft for those who write it."""
    language = context.language
    lines = lines_of(context.text(KEY, PROPOSALS.key))
    if not lines and context.hints:
        lines = (tell(TEXTS, "slide_none", language),)
    return (Slide(tell(TEXTS, "proposals", language), bullets=lines),) if lines else ()


CHAPTER: Final = Chapter(
    key=KEY,
    order=0,
    number="0",
    title=Words("Sammendrag for folkevalgte", "Samandrag for folkevalde", "Summary for council members"),
    about=Words(
        "Én side, og punktene kommunestyret stemmer over",
        "Éi side, og punkta kommunestyret røystar over",
        "One page, and the points the council votes on",
    ),
    boxes=(SUMMARY, PROPOSALS),
    keys=(*environment.KEYS, *results.TESTS, *completion.KEYS),
    build=build,
    slides=slides,
)
