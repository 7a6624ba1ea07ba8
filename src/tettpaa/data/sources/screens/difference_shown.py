"""«Hvis du publiserer»: the stored difference in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.screens.steps import counted
from tettpaa.data.sources.screens.wording import (
    count,
    figure,
    indicator_name,
    number,
    sentence,
    what,
)
from tettpaa.data.suppression.kinds import Status

YEARS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `is_hidden`: with the hatch before it; `replaced`: the old figure is crossed out."""

    what: str
    before: str
    after: str
    text: str
    is_hidden: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """The table, its sentence, notes below, and figures to look at once more."""

    sentence: str
    rows: list[Row]
    notes: list[str]
    doubts: list[str]
    losses: list["LossRow"]
    proposal: str


@dataclass(frozen=True, slots=True)
class LossRow:
    """What one form of the table costs: hidden figures, and the share of the pupils behind them."""

    what: str
    hidden: str
    pupils: str


def difference_shown(difference: Mapping[str, Any], warnings: list[Mapping[str, Any]]) -> DifferenceShown:
    """Everything the preview says."""
    counts = difference.get("counts", {})
    return DifferenceShown(
        sentence(counted(counts)) + ".",
        [*_new(difference), *_changed(difference), *_hidden(difference), *_units(difference)],
        list(_notes(difference)),
        [_doubt(warning) for warning in warnings],
        list(_losses(difference)),
        _proposal(difference),
    )


def _losses(difference: Mapping[str, Any]) -> Iterator[LossRow]:
    """With every breakdown, then without each."""
    names = {"": _("Slik filen er"), "gender": _("Uten kjønn"), "schools": _("Uten tall per skole")}
    for without, figures, hidden, pupils, hidden_pupils in difference.get("losses", []):
        share = hidden_pupils / pupils if pupils else 0.0
        yield LossRow(
            names[without],
            _("%(hidden)s av %(figures)s") % {"hidden": number(hidden), "figures": number(figures)},
            _("%(share)s prosent") % {"share": number(100 * share)},
        )


def _proposal(difference: Mapping[str, Any]) -> str:
    """A coarser table, when much is lost in this one."""
    return {
        "gender": _("Mye blir skjult. Uten radene for jenter og gutter blir mindre skjult."),
        "schools": _("Mye blir skjult. Uten radene for hver skole blir mindre skjult."),
    }.get(difference.get("proposed") or "", "")


def _new(difference: Mapping[str, Any]) -> Iterator[Row]:
    """New figures by year; when there is one year only, by indicator."""
    fresh = difference.get("fresh", [])
    years = Counter[int]()
    for _key, period, amount in fresh:
        years[period] += amount
    if len(years) == 1 and len(fresh) <= YEARS:
        for key, period, amount in fresh:
            name = f"{indicator_name(key)} {formats.school_year(period, reader_language())}"
            yield Row(f"{name}: {_figures(amount)}", "–", _("nye"), _("legges til"))
        return
    for period in sorted(years, reverse=True)[:YEARS]:
        text = _("%(figures)s for %(year)s") % {
            "figures": _figures(years[period]),
            "year": formats.school_year(period, reader_language()),
        }
        yield Row(text, "–", _("nye"), _("legges til"))
    if older := sorted(years)[:-YEARS]:
        amount = sum(years[period] for period in older)
        yield Row(
            _("%(figures)s for eldre år") % {"figures": _figures(amount)}, "–", _("nye"), _("legges til")
        )


def _figures(amount: int) -> str:
    return ngettext("%(n)s tall", "%(n)s tall", amount) % {"n": number(amount)}


def _changed(difference: Mapping[str, Any]) -> Iterator[Row]:
    for change in difference.get("changes", []):
        before, after = change["before"], change["after"]
        name = f"{change['name']}, {what(change)}"
        texts = figure(change["indicator"], before), figure(change["indicator"], after)
        is_hidden = after is not None and after["status"] == Status.HIDDEN_BY_US
        yield Row(
            name, *texts, _why(before, after), is_hidden, replaced=before is not None and texts[0] != texts[1]
        )
    more = _total(difference, "changed", "gone") - len(difference.get("changes", []))
    if more > 0:
        yield Row(_("%(n)s tall til") % {"n": number(more)}, "", _("endret"), _("for mange til å vises her"))


def _why(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return _("finnes ikke lenger hos kilden")
    if after["status"] == Status.HIDDEN_BY_US:
        return _("skjules nå, ellers kan et annet tall regnes ut")
    if before is not None and before["value"] == after["value"]:
        return _("samme tall, men antall elever eller usikkerhet er endret")
    return _("endret hos kilden")


def _hidden(difference: Mapping[str, Any]) -> Iterator[Row]:
    listed = difference.get("hidden", [])
    for _code, name, period, amount in listed:
        text = _("%(unit)s, %(figures)s for %(year)s") % {
            "unit": name,
            "figures": _figures(amount),
            "year": formats.school_year(period, reader_language()),
        }
        yield Row(text, "", _("skjult"), _("få elever, eller dekke for en enhet med få"), is_hidden=True)
    more = difference.get("hidden_units", 0) - len(listed)
    if more > 0:
        yield Row(_("%(n)s enheter til") % {"n": number(more)}, "", _("skjult"), "", is_hidden=True)


def _units(difference: Mapping[str, Any]) -> Iterator[Row]:
    kinds = {Kind.SCHOOL: _("ny skole"), Kind.OWNER: _("ny kommune"), Kind.COUNTY: _("nytt fylke")}
    listed = difference.get("new_units", [])
    if len(listed) <= 10:
        for kind, code, name in listed:
            yield Row(
                f"{name} ({code})",
                "–",
                kinds.get(Kind(kind), _("ny enhet")),
                _("legges til i listen over steder"),
            )
    elif total := difference.get("new_unit_count", 0):
        text = _("%(n)s skoler og andre steder") % {"n": number(total)}
        yield Row(text, "–", _("nye"), _("legges til i listen over steder"))


def _notes(difference: Mapping[str, Any]) -> Iterator[str]:
    counts = difference.get("counts", {})
    if same := counts.get("same"):
        yield ngettext("Ett tall er uendret.", "%(n)s tall er uendret.", same) % {"n": sentence(count(same))}
    if left := counts.get("left_alone"):
        yield ngettext(
            "Ett tall gjelder en annen eier her og røres ikke.",
            "%(n)s tall gjelder andre eiere her og røres ikke.",
            left,
        ) % {"n": sentence(count(left))}
    if source := counts.get("hidden_by_source"):
        yield ngettext(
            "Ett tall er skjult hos kilden og vises ikke her heller.",
            "%(n)s tall er skjult hos kilden og vises ikke her heller.",
            source,
        ) % {"n": sentence(count(source))}


def _doubt(warning: Mapping[str, Any]) -> str:
    params = warning["params"]
    parts = {
        "row": warning["row"],
        "unit": params["unit"],
        "indicator": indicator_name(params["indicator"]),
        "now": _local(params["now"], params["indicator"], warning["code"]),
        "before": _local(params["before"], params["indicator"], warning["code"]),
    }
    if warning["code"] == "unlikely_n":
        return (
            _("Rad %(row)s: %(unit)s har %(now)s elever i %(indicator)s. Året før var det %(before)s.")
            % parts
        )
    return _("Rad %(row)s: %(unit)s har %(now)s i %(indicator)s. Året før var det %(before)s.") % parts


def _local(text: str, indicator: str, code: str) -> str:
    decimals = 0 if code == "unlikely_n" else definition(indicator).decimals
    return formats.number(float(text), decimals, reader_language())


def _total(difference: Mapping[str, Any], *names: str) -> int:
    counts = difference.get("counts", {})
    return sum(counts.get(name, 0) for name in names)
