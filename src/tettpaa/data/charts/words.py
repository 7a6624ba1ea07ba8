"""Numbers, years and the few words of the charts in bokmål, nynorsk and English. No Django here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from tettpaa.data.suppression.kinds import Status

type Language = Literal["nb", "nn", "en"]

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"

# Each key has its bokmål, nynorsk and English.
WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "alt_bars_schools": (
        "{title}: {count} skoler i alfabetisk rekkefølge, fra {low} til {high}.",
        "{title}: {count} skular i alfabetisk rekkjefølgje, frå {low} til {high}.",
        "{title}: {count} schools in alphabetical order, from {low} to {high}.",
    ),
    "alt_bars_years": (
        "{title}: {first_value} i {first} og {last_value} i {last}.",
        "{title}: {first_value} i {first} og {last_value} i {last}.",
        "{title}: {first_value} in {first} and {last_value} in {last}.",
    ),
    "alt_break": (
        "Serien er brutt i {year}, så tall før og etter kan ikke sammenlignes.",
        "Serien er broten i {year}, så tal før og etter kan ikkje samanliknast.",
        "The series breaks in {year}, so figures before and after cannot be compared.",
    ),
    "alt_cohort": (
        "{title}, de samme elevene gjennom trinnene: {courses}.",
        "{title}, dei same elevane gjennom trinna: {courses}.",
        "{title}, the same pupils through the grades: {courses}.",
    ),
    "alt_funnel": (
        "{title}: {count} skoler etter antall elever; {outside}.",
        "{title}: {count} skular etter talet på elevar; {outside}.",
        "{title}: {count} schools by number of pupils; {outside}.",
    ),
    "alt_hidden_only": (
        "{title}, {name}: ingen tall kan vises.",
        "{title}, {name}: ingen tal kan visast.",
        "{title}, {name}: no figures can be shown.",
    ),
    "alt_rows": (
        "{title}: {count} skoler i alfabetisk rekkefølge, fra {low} til {high}.",
        "{title}: {count} skular i alfabetisk rekkjefølgje, frå {low} til {high}.",
        "{title}: {count} schools in alphabetical order, from {low} to {high}.",
    ),
    "alt_trend": (
        "{title}, {name}, {first} til {last}: {value} i {year}{between}{references}.",
        "{title}, {name}, {first} til {last}: {value} i {year}{between}{references}.",
        "{title}, {name}, {first} to {last}: {value} in {year}{between}{references}.",
    ),
    "alt_value": ("{title}, {name}: {value}{between}{references}.",) * 3,
    "between": (
        ", trolig mellom {low} og {high}",
        ", truleg mellom {low} og {high}",
        ", probably between {low} and {high}",
    ),
    "between_head": ("Trolig mellom", "Truleg mellom", "Probably between"),
    "clear_over": ("Klart over {inline}", "Klart over {inline}", "Clearly above {inline}"),
    "clear_under": ("Klart under {inline}", "Klart under {inline}", "Clearly below {inline}"),
    "clear": ("Klart", "Klart", "Clear"),
    "cohort": ("Kull", "Kull", "Cohort"),
    "count": ("Elever", "Elevar", "Pupils"),
    "grade": ("{grade}. trinn", "{grade}. trinn", "Grade {grade}"),
    "grade_head": ("Trinn", "Trinn", "Grade"),
    "hidden_many": (
        "{count} skjulte tall vises ikke.",
        "{count} skjulte tal er ikkje viste.",
        "{count} hidden figures.",
    ),
    "hidden_one": ("Ett skjult tall vises ikke.", "Eitt skjult tal er ikkje vist.", "One hidden figure."),
    "hidden_schools": ("Skjult: {names}", "Skjult: {names}", "Hidden: {names}"),
    "inside": ("Innenfor trakten:", "Innanfor trakta:", "Inside the funnel:"),
    "inside_more": ("kan være tilfeldig", "kan vere tilfeldig", "may be chance"),
    "judgement": ("Mot {inline}", "Mot {inline}", "Against {inline}"),
    "judgement_plain": ("Hvor sikkert", "Kor sikkert", "How sure"),
    "level": ("Nivå", "Nivå", "Level"),
    "likely_over": ("Trolig over {inline}", "Truleg over {inline}", "Probably above {inline}"),
    "likely_under": ("Trolig under {inline}", "Truleg under {inline}", "Probably below {inline}"),
    "likely": ("Trolig", "Truleg", "Probable"),
    "none": ("Ingen sikker forskjell", "Ingen sikker skilnad", "No certain difference"),
    "outside_head": ("Utenfor trakten", "Utanfor trakta", "Outside the funnel"),
    "outside_none": (
        "ingen ligger utenfor trakten",
        "ingen ligg utanfor trakta",
        "none is outside the funnel",
    ),
    "outside_some": (
        "{names} ligger utenfor trakten",
        "{names} ligg utanfor trakta",
        "{names} outside the funnel",
    ),
    "outside_others": ("{count} andre skoler", "{count} andre skular", "{count} other schools"),
    "pupils_axis": ("Antall elever", "Talet på elevar", "Number of pupils"),
    "scale": ("{low} til {high}", "{low} til {high}", "{low} to {high}"),
    "school": ("Skole", "Skule", "School"),
    "small_axis": (
        "Få elever: store utslag er vanlig",
        "Få elevar: store utslag er vanleg",
        "Few pupils: large swings are usual",
    ),
    "status_confidential": (
        "Skjult for å verne elevene",
        "Skjult for å verne elevane",
        "Hidden to protect the pupils",
    ),
    "status_hidden_by_source": ("Skjult hos kilden", "Skjult hos kjelda", "Hidden by the source"),
    "status_hidden_by_us": (
        "Skjult for å verne elevene",
        "Skjult for å verne elevane",
        "Hidden to protect the pupils",
    ),
    "status_missing": ("Mangler", "Manglar", "Missing"),
    "status_no_participants": ("Ingen deltok", "Ingen deltok", "Nobody took part"),
    "status_not_applicable": ("Ikke aktuelt", "Ikkje aktuelt", "Does not apply"),
    "status_ok": ("Ikke oppgitt", "Ikkje oppgitt", "Not given"),
    "unknown": ("Kan ikke si ennå", "Kan ikkje seie enno", "Cannot say yet"),
    "value": ("Verdi", "Verdi", "Value"),
    "year": ("År", "År", "Year"),
    "yes": ("Ja", "Ja", "Yes"),
    "no": ("Nei", "Nei", "No"),
}
_COLUMN: Final[dict[str, int]] = {"nb": 0, "nn": 1, "en": 2}
_HIDDEN: Final = frozenset({Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US, Status.CONFIDENTIAL})


class YearStyle(StrEnum):
    """How a school year is named: by its first year, its last year, or both."""

    START = "start"
    END = "end"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How an indicator's values are written and what limits its scale has.

    `percent` values are 0-100 and get a per cent sign; `lowest` and `highest` are the ends of the scale, if it
    has any (1 and 5 for Elevundersøkelsen). The two words are table heads in the reader's language.
    """

    decimals: int = 1
    percent: bool = False
    lowest: float | None = None
    highest: float | None = None
    value_word: str = ""
    count_word: str = ""
    years: YearStyle = YearStyle.SPAN


PLAIN: Final = NumberStyle()
COUNT: Final = NumberStyle(decimals=0)


def say(key: str, language: Language, **parts: object) -> str:
    """The text of `key` in `language`, with its parts filled in. KeyError for an unknown key or language."""
    text = WORDS[key][_COLUMN[language]]
    return text.format(**parts) if parts else text


def number(value: float, decimals: int, language: Language) -> str:
    """`value` with fixed decimals: `12 345,6` (no-break space) in nb and nn, `12,345.6` in en; a true minus."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = MINUS + text[1:] if text.strip("-0.,") else text[1:]
    if language == "en":
        return text
    return text.replace(",", NBSP).replace(".", ",")


def value_text(value: float, style: NumberStyle, language: Language) -> str:
    """`47,4`, or `13,8 %` for a share."""
    return number(value, style.decimals, language) + _sign(style, language)


def short_text(value: float, style: NumberStyle, language: Language) -> str:
    """As `value_text`, without decimals that are all zero: the nation's `50`, never `50,0`."""
    whole = float(f"{value:.{style.decimals}f}").is_integer()
    return number(value, 0 if whole else style.decimals, language) + _sign(style, language)


def range_text(low: float | None, high: float | None, style: NumberStyle, language: Language) -> str:
    """`44,2–50,6`, or nothing where there is no interval."""
    if low is None or high is None:
        return ""
    low_text = number(low, style.decimals, language)
    high_text = number(high, style.decimals, language)
    # A minus beside the dash of a range reads badly, so the word takes its place.
    joint = f" {say('scale', language).split()[1]} " if MINUS in low_text + high_text else "–"
    return low_text + joint + high_text + _sign(style, language)


def between_text(low: float | None, high: float | None, style: NumberStyle, language: Language) -> str:
    """`, trolig mellom 44,2 og 50,6` for the middle of a sentence, or nothing."""
    if low is None or high is None:
        return ""
    return say(
        "between", language, low=value_text(low, style, language), high=value_text(high, style, language)
    )


def year_text(period: int, years: YearStyle) -> str:
    """The school year that starts in `period`: `2024`, `2025` or `2024–25`."""
    if years is YearStyle.START:
        return str(period)
    if years is YearStyle.END:
        return str(period + 1)
    return f"{period}–{(period + 1) % 100:02d}"


def span_text(first: int, last: int, years: YearStyle) -> str:
    """Several school years together: `2024–26`; by both years `2024–27`, the first autumn to the last spring."""
    if first == last:
        return year_text(first, years)
    start = first + (years is YearStyle.END)
    end = last + (years is not YearStyle.START)
    return f"{start}–{end % 100:02d}"


def status_text(status: Status, language: Language) -> str:
    """Why there is no figure, in words."""
    return say(f"status_{status.key}", language)


def figure_text(value: float | None, status: Status, style: NumberStyle, language: Language) -> str:
    """The value, or why there is none."""
    return status_text(status, language) if value is None else value_text(value, style, language)


def count_text(n: int | None, language: Language) -> str:
    """A number of pupils, or nothing where it is not shown."""
    return "" if n is None else value_text(n, COUNT, language)


def is_hidden(status: Status) -> bool:
    """True for a shielded figure, which is drawn as an open square; other missing figures leave a gap."""
    return status in _HIDDEN


def hidden_text(count: int, language: Language) -> str:
    """One short sentence about the hidden figures, or nothing."""
    if not count:
        return ""
    return " " + (say("hidden_one", language) if count == 1 else say("hidden_many", language, count=count))


def _sign(style: NumberStyle, language: Language) -> str:
    if not style.percent:
        return ""
    return "%" if language == "en" else f"{NBSP}%"
