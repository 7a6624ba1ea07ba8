"""The part `plan` of a pack: reading the owner's configuration of today, and writing one entry of a file."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.data.suppression.kinds import Gender
from tettpaa.work.plans.actions import retarget, seal_if_changed
from tettpaa.work.plans.actions.goals import Around, keep_adopted, write_around
from tettpaa.work.plans.enums import AreaState, GoalState, PlanState, SignView
from tettpaa.work.plans.figures import baseline_of
from tettpaa.work.plans.models import (
    Arena,
    Element,
    Expectation,
    FocusArea,
    Goal,
    GoalIndicator,
    Piece,
    Project,
    QualityPlan,
    Recommendation,
    SupportSystem,
    Theme,
    TimelineEvent,
)
from tettpaa.work.plans.shapes import (
    YEAR,
    AreaShape,
    ArenaShape,
    ElementShape,
    EventShape,
    ExpectationShape,
    GoalShape,
    IndicatorShape,
    PlanShape,
    ProjectShape,
    RecommendationShape,
    SignsShape,
    SystemShape,
    ThemeShape,
)

PIECES: Final[dict[str, tuple[type[Piece], type[Shape]]]] = {
    "elements": (Element, ElementShape),
    "expectations": (Expectation, ExpectationShape),
    "systems": (SupportSystem, SystemShape),
    "timeline": (TimelineEvent, EventShape),
    "projects": (Project, ProjectShape),
    "arenas": (Arena, ArenaShape),
    "recommendations": (Recommendation, RecommendationShape),
}
_PLAIN: Final = ("title", "starts_on", "ends_on", "adopted_on", "case_reference", "background", "source")
_STATES: Final = ("draft", "adopted", "in_force", "expired")
_GENDERS: Final = {gender.key: gender for gender in Gender}


def plan_for_pack(owner: Unit) -> QualityPlan | None:
    """The plan that the pack is about: the one it made, else the newest."""
    plans = list(QualityPlan.objects.filter(owner=owner).select_related("owner"))
    return next((plan for plan in plans if plan.from_pack), plans[0] if plans else None)


def read(owner: Unit) -> PlanShape:
    """The owner's plan and system of today, in the shape of the file. What was taken out is left out."""
    found: dict[str, Any] = {
        name: [_piece(row, shape) for row in model._default_manager.filter(owner=owner)]
        for name, (model, shape) in PIECES.items()
    }
    plan = plan_for_pack(owner)
    if plan is not None:
        found |= {name: getattr(plan, name) for name in _PLAIN}
        found["state"] = _state_for_pack(plan)
        areas = list(plan.areas.exclude(state=AreaState.ENDED).prefetch_related("themes"))
        found["areas"] = [AreaShape(key=a.key, title=a.title, why=a.why, scope=a.scope) for a in areas]
        found["themes"] = [
            ThemeShape(key=theme.key, area=area.key, title=theme.title, text=theme.text)
            for area in areas
            for theme in area.themes.all()
        ]
        goals = plan.goals.exclude(state=GoalState.DROPPED).select_related("area", "theme")
        found["goals"] = [_goal(goal) for goal in goals.prefetch_related("signs", "tools", "indicators")]
    return _forgiving(found)


def _forgiving(found: dict[str, Any]) -> PlanShape:
    """What people have made in the interface may point at something that has been taken out; the point is left out."""
    areas = {area.key for area in found.get("areas", ())}
    themes = {theme.key for theme in found.get("themes", ())}
    goals = found.get("goals", ())
    found["goals"] = [
        goal.model_copy(
            update={
                "area": goal.area if goal.area in areas else "",
                "theme": goal.theme if goal.theme in themes else "",
            }
        )
        for goal in goals
    ]
    known = areas | {goal.key for goal in goals}
    found["expectations"] = [
        one.model_copy(update={"tied_to": one.tied_to if one.tied_to in known else ""})
        for one in found["expectations"]
    ]
    known |= {element.key for element in found["elements"]}
    found["elements"] = [
        one.model_copy(update={"ties": tuple(tie for tie in one.ties if tie in known)})
        for one in found["elements"]
    ]
    return PlanShape(**found)


def _state_for_pack(plan: QualityPlan) -> str:
    """A pack knows four of the states; the others are the road between them."""
    if plan.state in _STATES:
        return str(plan.state)
    return "in_force" if plan.in_force_on else "draft"


def _piece(row: Piece, shape: type[Shape]) -> Shape:
    return shape.model_validate({name: getattr(row, name) for name in shape.model_fields})


def _goal(goal: Goal) -> GoalShape:
    signs = {view: tuple(sign.text for sign in goal.signs.all() if sign.view == view) for view in SignView}
    return GoalShape(
        key=goal.key,
        area=goal.area.key if goal.area else "",
        theme=goal.theme.key if goal.theme else "",
        text=goal.newest_text,
        kind=goal.kind,  # type: ignore[arg-type]
        signs=SignsShape(**{str(view): texts for view, texts in signs.items()}),
        tools=tuple(tool.text for tool in goal.tools.all()),
        question=goal.question,
        indicators=tuple(_link(link) for link in goal.indicators.all()),
    )


def _link(link: GoalIndicator) -> IndicatorShape:
    return IndicatorShape(
        indicator=link.indicator,
        grade=link.grade,
        gender=Gender(link.gender).key,  # type: ignore[arg-type]
        target=link.target,
        target_on=link.target_on,
        note=link.note,
    )


@transaction.atomic
def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one entry. An adopted plan that is written in is sealed again when the whole load is through."""
    name = path[0]
    if name in PIECES:
        _write_piece(owner, name, path[1], content)
    else:
        plan = _plan(owner)
        _WRITERS[name](plan, path[-1], content)
        QualityPlan.objects.filter(pk=plan.pk).update(unsealed=True)
        transaction.on_commit(partial(seal_if_changed, plan=plan.pk, by=by))
    record(
        kind="plans.pack_written",
        by=by,
        subject="/".join(path).strip("/") or "plan",
        owner=owner.code,
        detail={"is_ended": content is None},
    )


def _plan(owner: Unit) -> QualityPlan:
    return plan_for_pack(owner) or QualityPlan.objects.create(owner=owner, from_pack=True)


def _write_plan(plan: QualityPlan, _key: str, content: dict[str, Any] | None) -> None:
    """The plan's own words. A pack sets a state only from the ground it knows: people's road is left alone."""
    if content is None:
        return
    wanted = PlanShape.model_validate(content)
    for name in _PLAIN:
        setattr(plan, name, getattr(wanted, name))
    if _state_for_pack(plan) != wanted.state:
        plan.state = PlanState(wanted.state)
    if plan.state in {PlanState.IN_FORCE, PlanState.EXPIRED} and plan.in_force_on is None:
        plan.in_force_on = plan.starts_on or plan.adopted_on or timezone.localdate()
    plan.version += 1
    plan.save()


def _write_area(plan: QualityPlan, key: str, content: dict[str, Any] | None) -> None:
    row = plan.areas.filter(key=key).first()
    if content is None:
        if row is not None:
            _end(row, AreaState.ENDED, is_used=row.goals.exists() or row.themes.exists())
        return
    wanted = AreaShape.model_validate(content)
    made = row or FocusArea(owner=plan.owner, plan=plan, key=key, order=plan.areas.count() + 1)
    _save(made, wanted.model_dump(exclude={"key"}), is_new=row is None)


def _write_theme(plan: QualityPlan, key: str, content: dict[str, Any] | None) -> None:
    row = Theme.objects.filter(area__plan=plan, key=key).first()
    if content is None:
        if row is not None:
            row.goals.update(theme=None)
            row.delete()
        return
    wanted = ThemeShape.model_validate(content)
    area = plan.areas.get(key=wanted.area)
    made = row or Theme(owner=plan.owner, key=key, order=area.themes.count() + 1)
    _save(made, {"area": area, "title": wanted.title, "text": wanted.text}, is_new=row is None)


def _write_goal(plan: QualityPlan, key: str, content: dict[str, Any] | None) -> None:
    row = plan.goals.filter(key=key).first()
    if content is None:
        if row is not None:
            _end(row, GoalState.DROPPED, is_used=row.state != GoalState.DRAFT)
        return
    wanted = GoalShape.model_validate(content)
    made = row or Goal(owner=plan.owner, plan=plan, key=key, order=plan.goals.count() + 1)
    values = {
        "area": plan.areas.filter(key=wanted.area).first(),
        "theme": Theme.objects.filter(area__plan=plan, key=wanted.theme).first(),
        "text": wanted.text,
        "kind": wanted.kind,
        "question": wanted.question,
    }
    for name, value in values.items():
        setattr(made, name, value)
    if row is not None and plan.is_open:
        keep_adopted(made)
    _save(made, {}, is_new=row is None)
    write_around(made, Around(signs=wanted.signs.model_dump(), tools=wanted.tools))
    _write_links(made, wanted)


def _write_links(goal: Goal, wanted: GoalShape) -> None:
    """Tie the indicators of the file; one that stands keeps its baseline, a new one gets the newest figure."""
    standing = {(row.indicator, row.grade, row.gender): row for row in goal.indicators.all()}
    for number, link in enumerate(wanted.indicators, start=1):
        gender = _GENDERS[link.gender]
        row = standing.pop((link.indicator, link.grade, gender), None)
        made = row or GoalIndicator(goal=goal, indicator=link.indicator, grade=link.grade, gender=gender)
        if made.baseline is None:
            found = baseline_of(goal.owner, link.indicator, link.grade, gender)
            if found is not None:
                retarget(made, found)
        values = {"target": link.target, "target_on": link.target_on, "note": link.note, "order": number}
        _save(made, values, is_new=row is None)
    for row in standing.values():
        row.delete()


def _end(row: FocusArea | Goal, state: str, *, is_used: bool) -> None:
    """Delete what nobody has used; what others build on is ended."""
    if not is_used:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            is_used = True
    if is_used:
        type(row)._default_manager.filter(pk=row.pk).update(state=state)


def _write_piece(owner: Unit, name: str, key: str, content: dict[str, Any] | None) -> None:
    model, shape = PIECES[name]
    row = model._default_manager.filter(owner=owner, key=key).first()
    if content is None:
        if row is not None:
            row.delete()
        return
    values = shape.model_validate(content).model_dump(mode="json", exclude={"key"})
    if name == "timeline":
        values["year"] = int(YEAR.findall(values["when"])[0])
    made = row or model(owner=owner, key=key, order=model._default_manager.filter(owner=owner).count() + 1)
    _save(made, values, is_new=row is None)


def _save(row: Any, values: dict[str, Any], *, is_new: bool) -> None:
    """A row changed by a pack counts as changed to somebody who has it open."""
    for name, value in values.items():
        setattr(row, name, value)
    if not is_new:
        row.version += 1
    row.save()


_WRITERS: Final[dict[str, Callable[[QualityPlan, str, dict[str, Any] | None], None]]] = {
    "": _write_plan,
    "areas": _write_area,
    "themes": _write_theme,
    "goals": _write_goal,
}

PART: Final = Part(name="plan", order=20, shape=PlanShape, read=read, write=write)
