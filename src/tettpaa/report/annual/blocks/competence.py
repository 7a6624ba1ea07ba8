"""Chapter 8: competence and leadership. Counts over the municipality; a small one is told in words, and nobody named."""

from datetime import date
from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.boxes import written
from tettpaa.report.annual.chapters import BoxSpec, Chapter
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.counting import few
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.annual.work import FEWEST
from tettpaa.report.export.tree import Block, Bullets, Cell, Language, Lead, Note, Paragraph, Section, Table
from tettpaa.work.competence.counts import Shown
from tettpaa.work.competence.requirements import rule_on, subject_name

KEY: Final = "kompetanse"
TEXTS: Final[dict[str, Pair]] = {
    "lead": Pair("Slik bygger vi kompetanse.", "Slik byggjer vi kompetanse."),
    "lead_plan": Pair("Vi følger {plan}.", "Vi følgjer {plan}."),
    "support": Pair(
        "Her står bare antall. Ingen enkeltperson kan kjennes igjen.",
        "Her står berre tal. Ingen einskildperson kan kjennast att.",
    ),
    "areas": Pair("Områdene i planen:", "Områda i planen:"),
    "requirements": Pair("Lærere og kompetansekravet", "Lærarar og kompetansekravet"),
    "subject": Pair("Fag og trinn", "Fag og steg"),
    "met": Pair(
        "Oppfyller kravet, eller omfattes ikke av det", "Oppfyller kravet, eller er ikkje omfatta av det"
    ),
    "primary": Pair("barnetrinnet", "barnesteget"),
    "lower_secondary": Pair("ungdomstrinnet", "ungdomssteget"),
    "unconfirmed": Pair(
        "Studiepoengene som kreves, er fra forskriften før 1. august 2024, og ikke bekreftet for dette skoleåret.",
        "Studiepoenga som er kravde, er frå forskrifta før 1. august 2024, og ikkje stadfesta for dette skuleåret.",
    ),
    "exempt": Pair(
        "Hvem kravet ikke omfatter, står i {law}.",
        "Kven kravet ikkje omfattar, står i {law}.",
    ),
    "people": Pair("Nyutdannede, ledere og assistenter", "Nyutdanna, leiarar og assistentar"),
    "count": Pair("Antall", "Tal"),
    "deviations": Pair("Fravik vedtatt for skoleåret", "Fråvik vedtekne for skuleåret"),
    "mentored": Pair("Nyutdannede som får veiledning", "Nyutdanna som får rettleiing"),
    "principals": Pair("Rektorer med rektorutdanning", "Rektorar med rektorutdanning"),
    "studying": Pair("I gang med rektorutdanning", "I gang med rektorutdanning"),
    "experience": Pair("Praksiskandidater på vei til fagbrev", "Praksiskandidatar på veg til fagbrev"),
    "on_the_job": Pair("Fagbrev på jobb, på vei", "Fagbrev på jobb, på veg"),
    "passed": Pair("Assistenter som har bestått fagprøven", "Assistentar som har greidd fagprøva"),
    "roles": Pair("Ressursroller på skolene", "Ressursroller på skulane"),
    "role": Pair("Rolle", "Rolle"),
    "schools": Pair("Skoler", "Skular"),
    "spread": Pair("Skoler som har delt noe på skolen i år", "Skular som har delt noko på skulen i år"),
    "networks": Pair("Nettverk", "Nettverk"),
    "networks_met": Pair("Nettverk som har møttes", "Nettverk som har møttest"),
    "gatherings": Pair("Samlinger", "Samlingar"),
    "reached": Pair("Skoler med deltakere", "Skular med deltakarar"),
    "came": Pair("Møtte fram på samlingene", "Møtte fram på samlingane"),
    "studies": Pair("Videreutdanning, søknader i {year}", "Vidareutdanning, søknader i {year}"),
    "field": Pair("Fag", "Fag"),
    "applied": Pair("Søkte", "Søkte"),
    "approved": Pair("Godkjent av kommunen", "Godkjent av kommunen"),
    "granted": Pair("Innvilget", "Innvilga"),
    "through": Pair("Bestått", "Greidd"),
    "money": Pair("Utviklingsmidler i {year}", "Utviklingsmidlar i {year}"),
    "from": Pair("Fra", "Frå"),
    "kroner": Pair("Kroner", "Kroner"),
    "state_money": Pair("Staten", "Staten"),
    "own_money": Pair("Kommunens egenandel", "Eigendelen til kommunen"),
    "school_money": Pair("Kommunens midler til skolene", "Midlane frå kommunen til skulane"),
    "school_money_of": Pair(
        "Kommunens midler til skolene ({schools} skoler)",
        "Midlane frå kommunen til skulane ({schools} skular)",
    ),
    "exact": Pair("{part} av {whole}", "{part} av {whole}"),
    "few_of": Pair("høyst 2 av {whole}", "høgst 2 av {whole}"),
    "nearly_all": Pair("alle eller nesten alle av {whole}", "alle eller nesten alle av {whole}"),
    "hidden": Pair("for få til å vises", "for få til å visast"),
    "none": Pair("ingen", "ingen"),
}
ASK: Final = BoxSpec(
    "vurdering",
    Words(
        "Hva har kompetansearbeidet ført til?",
        "Kva har kompetansearbeidet ført til?",
        "What has the work on competence led to?",
    ),
    Words(
        "hva dere ser av endret praksis, og hva som må til neste år. Nevn ingen enkeltperson.",
        "kva de ser av endra praksis, og kva som må til neste år. Nemn ingen einskildperson.",
        "what change in practice you see, and what is needed next year. Name no person.",
    ),
    is_expected=False,
)


def applies(context: Context) -> bool:
    """Nothing to say before the competence work is in use."""
    return not context.work.competence.is_empty


def build(context: Context) -> Section:
    """Requirements, new teachers, leaders and assistants, and who helps at the schools."""
    language, facts = context.language, context.work.competence
    first = (
        tell(TEXTS, "lead_plan", language, plan=facts.plan) if facts.plan else tell(TEXTS, "lead", language)
    )
    blocks: list[Block] = [Lead(first, tell(TEXTS, "support", language))]
    if facts.areas:
        blocks += [Paragraph(tell(TEXTS, "areas", language)), Bullets(facts.areas)]
    if facts.subjects:
        blocks += _requirements(context)
    blocks.append(_people(context))
    if facts.roles:
        blocks.append(_roles(context))
    blocks += _networks(context) + _studies(context) + _money(context)
    return Section("8", CHAPTER.title.in_language(language), (*blocks, *written(context, KEY, ASK)))


def told(context: Context) -> dict[str, str]:
    """The counts that the owner's words speak of."""
    return {row[0].text: row[1].text for row in _people(context).rows}


def face(one: Shown, language: Language) -> str:
    """A count of a group as it may be told."""
    keys = {"none": "none", "hidden": "hidden", "few": "few_of", "nearly_all": "nearly_all", "exact": "exact"}
    return tell(TEXTS, keys[one.face], language, part=one.part, whole=one.whole)


def _requirements(context: Context) -> list[Block]:
    language, facts = context.language, context.work.competence
    rows = tuple(
        (
            Cell(f"{subject_name(one.subject, language)}, {tell(TEXTS, one.stage, language)}"),
            Cell(face(one.met, language)),
        )
        for one in facts.subjects
    )
    header = (tell(TEXTS, "subject", language), tell(TEXTS, "met", language))
    rule = rule_on(date(context.year, 8, 1))
    note = tell(TEXTS, "exempt", language, law=rule.named(language)) if rule else ""
    table = Table(tell(TEXTS, "requirements", language), header, rows, note=note)
    if all(one.is_confirmed for one in facts.subjects):
        return [table]
    return [table, Note(tell(TEXTS, "unconfirmed", language))]


def _people(context: Context) -> Table:
    language, facts = context.language, context.work.competence
    rows = [
        ("deviations", _number(facts.deviations, language)),
        ("mentored", face(facts.mentored, language)),
        ("principals", face(facts.principals, language)),
        ("studying", _number(facts.studying, language)),
    ]
    rows += [(route, _number(going, language)) for route, going, _passed in facts.trade]
    if facts.trade:
        passed = [number for _route, _going, number in facts.trade]
        total = None if None in passed else sum(number or 0 for number in passed)
        rows.append(("passed", _number(total, language)))
    return Table(
        tell(TEXTS, "people", language),
        (tell(TEXTS, "people", language), tell(TEXTS, "count", language)),
        tuple((Cell(tell(TEXTS, key, language)), Cell(text)) for key, text in rows),
        numeric=(1,),
    )


def _number(count: int | None, language: Language) -> str:
    return tell(TEXTS, "hidden", language) if count is None else few(count, language)


def _roles(context: Context) -> Table:
    language, facts = context.language, context.work.competence
    whole = facts.schools
    rows = [(title, f"{number} av {whole}") for title, number in facts.roles]
    rows.append((tell(TEXTS, "spread", language), f"{facts.spread_schools} av {whole}"))
    return Table(
        tell(TEXTS, "roles", language),
        (tell(TEXTS, "role", language), tell(TEXTS, "schools", language)),
        tuple((Cell(title), Cell(text)) for title, text in rows),
        numeric=(1,),
    )


def _networks(context: Context) -> list[Block]:
    language, found = context.language, context.work.competence.networks
    if not found.gatherings:
        return []
    rows = [
        ("networks_met", str(found.networks)),
        ("gatherings", str(found.gatherings)),
        ("reached", few(found.schools, language)),
    ]
    if found.came.face != "none":
        rows.append(("came", face(found.came, language)))
    return [_pairs(context, "networks", "count", rows)]


def _pairs(context: Context, title: str, column: str, rows: list[tuple[str, str]], **values: object) -> Table:
    """A table of names and what stands beside them; the names are keys of TEXTS."""
    language = context.language
    return Table(
        tell(TEXTS, title, language, **values),
        (
            tell(TEXTS, "from" if column == "kroner" else title, language, **values),
            tell(TEXTS, column, language),
        ),
        tuple((Cell(tell(TEXTS, key, language, **values)), Cell(text)) for key, text in rows),
        numeric=(1,),
    )


def _studies(context: Context) -> list[Block]:
    language, facts = context.language, context.work.competence
    rows = tuple(
        tuple(
            Cell(text)
            for text in (
                subject_name(one.subject, language),
                _number(one.applied, language),
                *(face(gate, language) for gate in (one.approved, one.granted, one.passed)),
            )
        )
        for one in facts.studies
    )
    header = tuple(
        tell(TEXTS, key, language) for key in ("field", "applied", "approved", "granted", "through")
    )
    return [Table(tell(TEXTS, "studies", language, year=facts.year), header, rows)] if rows else []


def _money(context: Context) -> list[Block]:
    """Whole kroner, with a space between thousands; what there is none of has no line."""
    facts = context.work.competence
    schools = "school_money_of" if facts.money.schools >= FEWEST else "school_money"
    found = (
        ("state_money", facts.money.state),
        ("own_money", facts.money.own),
        (schools, facts.money.municipal),
    )
    rows = [(key, f"{amount:,.0f}".replace(",", "\u00a0")) for key, amount in found if amount]
    values = {"year": facts.year, "schools": facts.money.schools}
    return [_pairs(context, "money", "kroner", rows, **values)] if rows else []


CHAPTER: Final = Chapter(
    key=KEY,
    order=80,
    number="8",
    title=Words("Kompetanse og ledelse", "Kompetanse og leiing", "Competence and leadership"),
    about=Words(
        "Kompetansekrav, nyutdannede, utdanning og roller, talt opp",
        "Kompetansekrav, nyutdanna, utdanning og roller, talde opp",
        "Requirements, new teachers, education and roles, counted",
    ),
    boxes=(ASK,),
    keys=(),
    build=build,
    applies=applies,
    told=told,
)
