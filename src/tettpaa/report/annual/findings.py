"""What a chapter of results says first: its finding in a sentence, the generated answers, and its slide."""

from collections.abc import Sequence
from typing import Final

from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.numbers import number
from tettpaa.data.stats.sentences import change_phrase, level_phrase
from tettpaa.data.stats.verdicts import expected_false_alarms
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.evidence import Subject, against_name, missing, overview_table
from tettpaa.report.annual.readings import SchoolReading, about, area_reading, school_readings, tally
from tettpaa.report.annual.wording import Pair, listed, lower_first, tell
from tettpaa.report.export.tree import Block, Bullets, Cell, Lead, Paragraph, Slide, Table

MOST_ROWS: Final = 10  # of a table on a slide
TEXTS: Final[dict[str, Pair]] = {
    "none_differs": Pair(
        "{owner} skiller seg ikke sikkert fra {ref} på noen av de {count} målene.",
        "{owner} skil seg ikkje sikkert frå {ref} på nokon av dei {count} måla.",
    ),
    "one_same": Pair(
        "{owner} skiller seg ikke sikkert fra {ref} på det ene målet vi har tall for.",
        "{owner} skil seg ikkje sikkert frå {ref} på det eine målet vi har tal for.",
    ),
    "both": Pair(
        "{owner} ligger trolig eller klart over {ref} på {above} av {count} mål, og under på {below}.",
        "{owner} ligg truleg eller klart over {ref} på {above} av {count} mål, og under på {below}.",
    ),
    "above": Pair(
        "{owner} ligger trolig eller klart over {ref} på {above} av {count} mål.",
        "{owner} ligg truleg eller klart over {ref} på {above} av {count} mål.",
    ),
    "below": Pair(
        "{owner} ligger trolig eller klart under {ref} på {below} av {count} mål.",
        "{owner} ligg truleg eller klart under {ref} på {below} av {count} mål.",
    ),
    "rest": Pair(
        " På resten er forskjellen liten eller usikker.",
        " På resten er skilnaden liten eller usikker.",
    ),
    "slight_both": Pair(
        "{owner} ligger litt over {ref} på {above} av {count} mål og litt under på {below}.",
        "{owner} ligg litt over {ref} på {above} av {count} mål og litt under på {below}.",
    ),
    "slight_above": Pair(
        "{owner} ligger litt over {ref} på {above} av {count} mål.",
        "{owner} ligg litt over {ref} på {above} av {count} mål.",
    ),
    "slight_below": Pair(
        "{owner} ligger litt under {ref} på {below} av {count} mål.",
        "{owner} ligg litt under {ref} på {below} av {count} mål.",
    ),
    "small": Pair(
        " Forskjellene er trolig for små til å bety noe.",
        " Skilnadene er truleg for små til å bety noko.",
    ),
    "level": Pair("{owner} {phrase}: {names}.", "{owner} {phrase}: {names}."),
    "change": Pair(
        "Siden året før: {owner} {phrase} i {names}.", "Sidan året før: {owner} {phrase} i {names}."
    ),
    "sure_table": Pair("{title}: skolene mot {ref}, talt opp", "{title}: skulane mot {ref}, talde opp"),
    "measure": Pair("Mål", "Mål"),
    "schools": Pair("Skoler", "Skular"),
    "under": Pair("Under", "Under"),
    "over": Pair("Over", "Over"),
    "unsure": Pair("Usikkert", "Usikkert"),
    "hidden": Pair("Skjult", "Skjult"),
    "sure_text": Pair(
        "«Under» og «over» er skoler som trolig eller klart skiller seg fra {ref}. «Usikkert» er skoler der "
        "forskjellen ikke er sikker, eller der vi ikke kan si noe ennå.",
        "«Under» og «over» er skular som truleg eller klart skil seg frå {ref}. «Usikkert» er skular der "
        "skilnaden ikkje er sikker, eller der vi ikkje kan seie noko enno.",
    ),
    "marked": Pair(
        "Til sammen er {marked} skoletall merket som under eller over. Vi venter at omtrent {expected} av dem er "
        "merket ved en tilfeldighet.",
        "Til saman er {marked} skuletal merkte som under eller over. Vi ventar at omtrent {expected} av dei er "
        "merkte ved ei tilfeldigheit.",
    ),
    "area_sure": Pair(
        "Tallene for hele {owner} bygger på mange elever, så de er sikrere enn tallene for den enkelte skolen.",
        "Tala for heile {owner} byggjer på mange elevar, så dei er sikrare enn tala for den einskilde skulen.",
    ),
    "counted": Pair(
        "{names} er telt opp hos alle, så vi regner ikke ut noen usikkerhet. Små grupper svinger likevel fra år til år.",
        "{names} er talde opp hos alle, så vi reknar ikkje ut noka uvisse. Små grupper svingar likevel frå år til år.",
    ),
    "described": Pair(
        "{owner} og {ref} står side om side i tabellen. Tallene er telt opp, så vi kaller ingen forskjell sikker.",
        "{owner} og {ref} står side om side i tabellen. Tala er talte opp, så vi kallar ingen skilnad sikker.",
    ),
    "no_figures": Pair("Her har vi ikke tall ennå.", "Her har vi ikkje tal enno."),
    "nothing_sure": Pair(
        "Uten tall kan vi ikke si noe om hvor sikkert det er.",
        "Utan tal kan vi ikkje seie noko om kor sikkert det er.",
    ),
}


def finding(context: Context, found: Sequence[Subject]) -> str:
    """One or two sentences on the owner against the nation over all the subjects. Counts, never a rank."""
    readings = [area_reading(context, subject.key, subject.grade) for subject in found]
    slots = {"owner": context.owner.name, "ref": against_name(context, readings)}
    if not readings:
        return tell(TEXTS, "no_figures", context.language)
    judged = [r.level for r in readings if r.level.certainty not in (None, Certainty.UNKNOWN)]
    if not judged:
        return tell(TEXTS, "described", context.language, **slots)
    sure = [e.side for e in judged if e.certainty in (Certainty.CLEAR, Certainty.LIKELY)]
    sides = sure or [estimate.side for estimate in judged]
    above, below = sides.count(Side.ABOVE), sides.count(Side.BELOW)
    slots |= {"above": str(above), "below": str(below), "count": str(len(judged))}
    text = tell(
        TEXTS,
        _key(is_sure=bool(sure), above=above, below=below, count=len(judged)),
        context.language,
        **slots,
    )
    if sure:
        return text + (tell(TEXTS, "rest", context.language) if len(sure) < len(judged) else "")
    return text + (tell(TEXTS, "small", context.language) if above or below else "")


def _key(*, is_sure: bool, above: int, below: int, count: int) -> str:
    """Which sentence. What is surely small is told as small; what is unsure is not made into a difference."""
    if not above and not below:
        return "none_differs" if count > 1 else "one_same"
    key = "both" if above and below else "above" if above else "below"
    return key if is_sure else f"slight_{key}"


def chapter_lead(context: Context, found: Sequence[Subject], support: str) -> Lead:
    """The chapter's first line is its answer; `support` says where the figures come from."""
    return Lead(finding(context, found), support)


def generated_boxes(
    context: Context, found: Sequence[Subject], keys: Sequence[str], title: str
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The answers to «Hva ser vi?» and «Hvor sikkert er det?», from the figures alone."""
    absent = missing(context, keys)
    if not found:
        return absent, (Paragraph(tell(TEXTS, "nothing_sure", context.language)),)
    return (Bullets(see_points(context, found)), *absent), sure_blocks(context, found, title)


def see_points(context: Context, found: Sequence[Subject]) -> tuple[str, ...]:
    """One line for each thing there is to say of levels and of changes, with the indicators it holds for."""
    language, owner = context.language, context.owner.name
    levels: dict[str, list[str]] = {}
    changes: dict[str, list[str]] = {}
    for subject in found:
        reading = area_reading(context, subject.key, subject.grade)
        words = about(context, reading.definition, owner, reading.beside.against)
        levels.setdefault(level_phrase(reading.level, words, language), []).append(subject.label)
        if reading.change is not None:
            changes.setdefault(change_phrase(reading.change, words, language), []).append(subject.label)
    said = [("level", phrase, names) for phrase, names in levels.items()]
    said += [("change", phrase, names) for phrase, names in changes.items()]
    return tuple(
        tell(
            TEXTS,
            key,
            language,
            owner=owner,
            phrase=phrase,
            names=listed(list(map(lower_first, names)), language),
        )
        for key, phrase, names in said
    )


def sure_blocks(context: Context, found: Sequence[Subject], title: str) -> tuple[Block, ...]:
    """How many schools lie where, how many marks to expect wrong, and what is hidden. Counts; nobody is named."""
    language = context.language
    readings = [(subject, school_readings(context, subject.key, subject.grade)) for subject in found]
    judged = [(subject, schools) for subject, schools in readings if _is_judged(schools)]
    counted = [subject.label for subject, schools in readings if schools and not _is_judged(schools)]
    blocks: list[Block] = [Paragraph(tell(TEXTS, "area_sure", language, owner=context.owner.name))]
    if judged:
        blocks.extend((_sure_table(context, judged, title), Paragraph(_sure_text(context, judged))))
    if counted:
        names = listed(counted, language)
        blocks.append(Paragraph(tell(TEXTS, "counted", language, names=names)))
    return tuple(blocks)


type Judged = Sequence[tuple[Subject, tuple[SchoolReading, ...]]]


def _is_judged(schools: Sequence[SchoolReading]) -> bool:
    return any(reading.level.certainty is not None for reading in schools if reading.missing is None)


def _sure_table(context: Context, judged: Judged, title: str) -> Table:
    language = context.language
    rows = []
    for subject, schools in judged:
        count = tally(schools)
        numbers = (count.schools, count.below, count.above, count.none + count.unknown, count.hidden)
        rows.append((Cell(subject.label), *(Cell(str(number)) for number in numbers)))
    heads = ("measure", "schools", "under", "over", "unsure", "hidden")
    readings = [area_reading(context, subject.key, subject.grade) for subject, _ in judged]
    return Table(
        tell(TEXTS, "sure_table", language, title=title, ref=against_name(context, readings)),
        tuple(tell(TEXTS, head, language) for head in heads),
        tuple(rows),
        numeric=(1, 2, 3, 4, 5),
    )


def _sure_text(context: Context, judged: Judged) -> str:
    language = context.language
    readings = [area_reading(context, subject.key, subject.grade) for subject, _ in judged]
    text = tell(TEXTS, "sure_text", language, ref=against_name(context, readings))
    counts = [tally(schools) for _, schools in judged]
    marked = sum(count.below + count.above for count in counts)
    expected = expected_false_alarms(reading.level for _, schools in judged for reading in schools)
    if expected is None or not marked:
        return text
    told = tell(TEXTS, "marked", language, marked=marked, expected=number(max(1.0, expected), 0, language))
    return f"{text} {told}"


def results_slide(context: Context, title: str, found: Sequence[Subject], keys: Sequence[str]) -> Slide:
    """The finding's first sentence over the municipality's table; without figures, that there are none."""
    if not found:
        told = [block.text for block in missing(context, keys) if isinstance(block, Paragraph)]
        return Slide(title, bullets=(tell(TEXTS, "no_figures", context.language), *told))
    first, _, rest = finding(context, found).partition(". ")
    table = overview_table(context, found[:MOST_ROWS], title)
    return Slide(first.rstrip(".") + ".", table=table, notes=rest)


def subject_line(context: Context, subject: Subject) -> str:
    """One indicator in a sentence, for a slide's title."""
    reading = area_reading(context, subject.key, subject.grade)
    owner = context.owner.name
    words = about(context, reading.definition, owner, reading.beside.against)
    return f"{subject.label}: {owner} {level_phrase(reading.level, words, context.language)}."
