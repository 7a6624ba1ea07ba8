"""Small words: numbers as words, lists with «og», figures that are hidden."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import Definition, definition
from tettpaa.data.suppression.kinds import Gender, Status

NUMBERS = {
    "nb": ["null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
    "nn": ["null", "ein", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
    "en": [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ],
}


def count(number: int) -> str:
    """Up to twelve in words, then in digits: `tre`, `25`."""
    words = NUMBERS[reader_language()]
    return words[number] if 0 <= number < len(words) else formats.number(number, 0, reader_language())


def number(value: float) -> str:
    """Digits in the reader's language."""
    return formats.number(value, 0, reader_language())


def listed(parts: Sequence[str]) -> str:
    """`18 nye tall, ett endret og tre skjult`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def sentence(text: str) -> str:
    """With a capital first."""
    return text[:1].upper() + text[1:]


def rows(number_of: int) -> str:
    return ngettext("%(n)s rad", "%(n)s rader", number_of) % {"n": number(number_of)}


def indicator_name(key: str) -> str:
    """The indicator's short name; the key itself when it is no longer known."""
    try:
        return definition(key).short_names.in_language(reader_language())
    except KeyError:
        return key


def what(change: Mapping[str, Any]) -> str:
    """`Lesing 5. trinn 2024–25, jenter`: what a changed figure is about, without its unit."""
    parts = [
        f"{indicator_name(change['indicator'])} {formats.school_year(change['period'], reader_language())}"
    ]
    gender = {Gender.GIRLS: _("jenter"), Gender.BOYS: _("gutter")}.get(Gender(change["gender"]))
    grades = _grades(change["indicator"])
    if change["grade"] and len(grades) > 1:
        parts.append(_("%(grade)s. trinn") % {"grade": change["grade"]})
    return ", ".join([*parts, *([gender] if gender else [])])


def _grades(key: str) -> tuple[int, ...]:
    try:
        return definition(key).grades
    except KeyError:
        return ()


def figure(indicator: str, shown: Mapping[str, Any] | None) -> str:
    """A figure as it would be shown, or the word for why it is not."""
    if shown is None:
        return "–"
    if shown["value"] is None:
        return status_word(Status(shown["status"]))
    known = _definition(indicator)
    return formats.number(shown["value"], known.decimals if known else 1, reader_language())


def status_word(status: Status) -> str:
    """Why a figure is not shown, in one or two words."""
    return {
        Status.HIDDEN_BY_US: _("skjult"),
        Status.HIDDEN_BY_SOURCE: _("skjult hos kilden"),
        Status.CONFIDENTIAL: _("bare til intern bruk"),
        Status.NO_PARTICIPANTS: _("ingen deltok"),
        Status.NOT_APPLICABLE: _("ikke aktuelt"),
    }.get(status, _("mangler hos kilden"))


def _definition(key: str) -> Definition | None:
    try:
        return definition(key)
    except KeyError:
        return None
