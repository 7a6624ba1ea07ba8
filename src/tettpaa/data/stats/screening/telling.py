"""What a screening says in plain sentences: how many are marked, and how many of them by chance."""

from typing import Final

from tettpaa.data.stats.numbers import Language
from tettpaa.data.stats.screening.marks import Count, Screening, early_count, fall_count, level_count
from tettpaa.data.stats.sentences import false_alarm_sentence
from tettpaa.data.stats.words import Words

HEADINGS: Final = {
    "level": Words("Nivå, alle prøver sammen: ", "Nivå, alle prøvene saman: ", "Level, all tests together: "),
    "fall": Words("Fall over tid: ", "Fall over tid: ", "Fall over time: "),
    "early": Words("Tidlig varsel om fall: ", "Tidleg varsel om fall: ", "Early warning of a fall: "),
    "few": Words(
        "For få år til å si noe. Regelen trenger {years} år.",
        "For få år til å seie noko. Regelen treng {years} år.",
        "Too few years to say anything. The rule needs {years} years.",
    ),
}


def summary(found: Screening, language: Language) -> list[str]:
    """A line for each list of schools: level, fall, early warning."""
    whole = [found.whole]
    counts = {
        "level": (level_count(found, whole), 1),
        "fall": (fall_count(found, whole), 5),
        "early": (early_count(found, whole), 2),
    }
    return [_line(key, count, years, language) for key, (count, years) in counts.items()]


def _line(key: str, count: Count, years: int, language: Language) -> str:
    heading: str = getattr(HEADINGS[key], language)
    if not count.judged:
        few: str = getattr(HEADINGS["few"], language)
        return heading + few.format(years=years)
    return heading + false_alarm_sentence(count.marked, count.by_chance, language)
