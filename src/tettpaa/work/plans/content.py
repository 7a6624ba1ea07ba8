"""A plan's words as one plain mapping: what pages show, what is sealed, and what two versions differ in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.ui import formats
from tettpaa.data.indicators.definitions import definitions
from tettpaa.work.plans.enums import AreaState, GoalKind, GoalState, SignView
from tettpaa.work.plans.models import FocusArea, Goal, GoalIndicator, QualityPlan

type Words = dict[str, Any]  # made of dict, list, str, int, float and None, so that it can be sealed


def words_of(plan: QualityPlan) -> Words:
    """The plan as its rows stand now, without what has been taken out. Six queries, however many goals."""
    areas = plan.areas.exclude(state=AreaState.ENDED).prefetch_related("themes")
    goals = (
        plan.goals.exclude(state=GoalState.DROPPED)
        .select_related("area", "theme")
        .prefetch_related("signs", "tools", "indicators")
    )
    return {
        "title": plan.title,
        "starts_on": _day(plan.starts_on),
        "ends_on": _day(plan.ends_on),
        "background": plan.background,
        "source": plan.source,
        "areas": [_area(area) for area in areas],
        "goals": [goal_words(goal) for goal in goals],
    }


def _area(area: FocusArea) -> Words:
    themes = [{"key": theme.key, "title": theme.title, "text": theme.text} for theme in area.themes.all()]
    return {
        "key": area.key,
        "title": area.title,
        "why": area.why,
        "scope": area.scope,
        "themes": themes,
    }


def goal_words(goal: Goal) -> Words:
    """One goal; expects `area`, `theme`, `signs`, `tools` and `indicators` to be at hand."""
    signs = list(goal.signs.all())
    return {
        "id": str(goal.pk),
        "key": goal.key,
        "area": goal.area.key if goal.area else "",
        "theme": goal.theme.key if goal.theme else "",
        "text": goal.newest_text,
        "kind": goal.kind,
        "question": goal.question,
        "signs": {str(view): [sign.text for sign in signs if sign.view == view] for view in SignView},
        "tools": [tool.text for tool in goal.tools.all()],
        "indicators": [_indicator(link) for link in goal.indicators.all()],
    }


def _indicator(link: GoalIndicator) -> Words:
    return {
        "id": str(link.pk),
        "indicator": link.indicator,
        "grade": link.grade,
        "gender": link.gender,
        "baseline": link.baseline,
        "baseline_low": link.baseline_low,
        "baseline_high": link.baseline_high,
        "baseline_n": link.baseline_n,
        "baseline_period": link.baseline_period,
        "target": link.target,
        "target_on": _day(link.target_on),
        "note": link.note,
    }


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions say differently; an empty side means that it was not there."""

    where: str
    what: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What changed from one version to the next, in the order of the newer; what is gone comes last."""
    old, new = _flat(before), _flat(after)
    keys = [*new, *(key for key in old if key not in new)]
    found = []
    for key in keys:
        where, what, now = new.get(key) or (*old[key][:2], "")
        then = old[key][2] if key in old else ""
        if then != now:
            found.append(Difference(where, what, then, now))
    return found


type _Line = tuple[str, str, str]


def _flat(words: Mapping[str, Any]) -> dict[tuple[str, ...], _Line]:
    """Each single text with an address that stays the same when the text changes."""
    found: dict[tuple[str, ...], _Line] = {}
    plan = _("Planen")
    for name, label in (
        ("title", _("Tittel")),
        ("starts_on", _("Gjelder fra")),
        ("ends_on", _("Gjelder til")),
        ("background", _("Bakgrunn")),
    ):
        found[("plan", name)] = (plan, label, str(words.get(name) or ""))
    for area in words.get("areas", ()):
        found |= dict(_of_area(area))
    for goal in words.get("goals", ()):
        found |= dict(_of_goal(goal))
    return {key: line for key, line in found.items() if line[2]}


def _of_area(area: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], _Line]]:
    where = _("Område: %(title)s") % {"title": area["title"]}
    for name, label in (("title", _("Tittel")), ("why", _("Hvorfor")), ("scope", _("Gjelder for"))):
        yield ("area", area["key"], name), (where, label, area[name])
    for theme in area["themes"]:
        text = f"{theme['title']}: {theme['text']}".strip(" :")
        yield ("area", area["key"], "theme", theme["key"]), (where, _("Tema"), text)


def _of_goal(goal: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], _Line]]:
    where = _("Mål: %(text)s") % {"text": goal["text"]}
    yield ("goal", goal["id"], "text"), (where, _("Målet"), goal["text"])
    yield ("goal", goal["id"], "kind"), (where, _("Slag"), str(GoalKind(goal["kind"]).label))
    yield ("goal", goal["id"], "question"), (where, _("Spørsmål"), goal["question"])
    for view, texts in goal["signs"].items():
        label = _("Tegn: %(view)s") % {"view": SignView(view).label}
        yield ("goal", goal["id"], "signs", view), (where, label, "\n".join(texts))
    yield ("goal", goal["id"], "tools"), (where, _("Verktøy"), "\n".join(goal["tools"]))
    for link in goal["indicators"]:
        name = indicator_name(link["indicator"], link["grade"])
        label = _("Indikator: %(name)s") % {"name": name}
        yield ("goal", goal["id"], "indicator", link["id"]), (where, label, _numbers(link))


def _numbers(link: Mapping[str, Any]) -> str:
    parts = [
        _("utgangspunkt %(value)s") % {"value": _short(link["baseline"])}
        if link["baseline"] is not None
        else "",
        _("mål %(value)s") % {"value": _short(link["target"])} if link["target"] is not None else "",
        _("innen %(day)s") % {"day": _told(link["target_on"])} if link["target_on"] else "",
        link["note"],
    ]
    return ", ".join(part for part in parts if part) or _("følges")


def _told(day: str) -> str:
    return formats.day(date.fromisoformat(day), get_language() or "nb")


def indicator_name(key: str, grade: int) -> str:
    """`Lesing 5. trinn`; with the grade when the indicator has several."""
    definition = definitions().get(key)
    if definition is None:
        return key
    name = definition.short_names.in_language(formats.known(get_language()))
    if grade and len(definition.grades) > 1:
        name = _("%(name)s, %(grade)s. trinn") % {"name": name, "grade": grade}
    return name


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
