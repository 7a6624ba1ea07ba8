"""The shape of plan.toml: the owner's plan, and what else the system consists of. All optional: what a seed does not
say stays empty."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, AnyUrl, Field, field_validator, model_validator

from tettpaa.core.packs.registry import Shape
from tettpaa.data.indicators.definitions import definitions

type Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
type Short = Annotated[str, Field(max_length=160)]
type Line = Annotated[str, Field(max_length=500)]
type Text = Annotated[str, Field(max_length=20_000), AfterValidator(lambda text: ONE_BREAK.sub(" ", text))]
type Tie = Annotated[str, Field(pattern=r"^[a-z0-9-]*$", max_length=60)]

ONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # a long text is broken over lines in a file; paragraphs stay
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class AreaShape(Shape):
    """A focus area."""

    key: Key
    title: Annotated[str, Field(min_length=1, max_length=200)]
    why: Text = ""
    scope: Annotated[str, Field(max_length=200, description="For whom, when not for all schools")] = ""


class ThemeShape(Shape):
    """A theme inside an area."""

    key: Key
    area: Key
    title: Annotated[str, Field(min_length=1, max_length=200)]
    text: Text = ""


class SignsShape(Shape):
    """Signs of good practice as each of the four would see them."""

    pupil: tuple[Line, ...] = ()
    teacher: tuple[Line, ...] = ()
    parent: tuple[Line, ...] = ()
    organisation: tuple[Line, ...] = ()


class IndicatorShape(Shape):
    """An indicator of the catalogue. The baseline is taken from the published figures when it is loaded."""

    indicator: Annotated[str, Field(max_length=60, description="A key of the indicators' catalogue")]
    grade: Annotated[int, Field(ge=0, le=13, description="0 means all grades")] = 0
    gender: Literal["all", "girls", "boys"] = "all"
    target: float | None = None
    target_on: date | None = None
    note: Annotated[str, Field(max_length=300)] = ""

    @field_validator("indicator")
    @classmethod
    def _is_known(cls, key: str) -> str:
        if key not in definitions():
            raise ValueError(f"no indicator is called {key}")
        return key


class GoalShape(Shape):
    """A goal with its signs, tools, question and indicators."""

    key: Key
    area: Tie = ""
    theme: Tie = ""
    text: Annotated[str, Field(min_length=1, max_length=500)]
    kind: Literal["result", "environment", "practice"] = "practice"
    signs: SignsShape = SignsShape()
    tools: tuple[Annotated[str, Field(max_length=300)], ...] = ()
    question: Annotated[str, Field(max_length=500, description="Asked in the self-assessment")] = ""
    indicators: tuple[IndicatorShape, ...] = ()


class ElementShape(Shape):
    """An element of the whole system, for the sheet that shows how all hangs together."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=160)]
    kind: Literal["document", "tool", "support", "meeting", "agreement", "competence", "report", "body"]
    text: Line = ""
    ties: Annotated[tuple[Key, ...], Field(description="Keys of elements, areas and goals")] = ()


class ExpectationShape(Shape):
    """Who expects what of whom."""

    key: Key
    of_whom: Annotated[str, Field(min_length=1, max_length=160)]
    by_whom: Short = ""
    text: Annotated[str, Field(min_length=1, max_length=500)]
    support: Annotated[str, Field(max_length=500, description="What is promised in return")] = ""
    letter: Annotated[str, Field(max_length=160, description="The letter it stands in")] = ""
    tied_to: Annotated[Tie, Field(description="Key of an area or goal")] = ""


class SystemShape(Shape):
    """A support system."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=160)]
    purpose: Line = ""
    address: Annotated[AnyUrl | Literal[""], Field(description="Web address")] = ""


class EventShape(Shape):
    """Something that happened. `when` holds a year: "2009", "høsten 2011", "20. juni 2013"."""

    key: Key
    when: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(min_length=1, max_length=500)]
    is_effect: Annotated[bool, Field(description="An effect, as the founding document states it")] = False
    source: Annotated[str, Field(max_length=300)] = ""

    @field_validator("when")
    @classmethod
    def _has_a_year(cls, when: str) -> str:
        if not YEAR.search(when):
            raise ValueError("needs a year with four figures")
        return when


class GroupShape(Shape):
    """A group of a project."""

    name: Annotated[str, Field(min_length=1, max_length=160)]
    who: Line = ""
    task: Line = ""


class ProjectShape(Shape):
    """A project's organisation and content."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=160)]
    text: Text = ""
    period: Annotated[str, Field(max_length=60)] = ""
    groups: tuple[GroupShape, ...] = ()
    content: tuple[Line, ...] = ()


class ArenaShape(Shape):
    """A regular meeting place or yearly seminar."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=160)]
    who: Annotated[str, Field(max_length=300)] = ""
    how_often: Annotated[str, Field(max_length=120)] = ""
    text: Line = ""


class RecommendationShape(Shape):
    """A recommendation, and to whom."""

    key: Key
    to_whom: Annotated[str, Field(min_length=1, max_length=160)]
    text: Annotated[str, Field(min_length=1, max_length=500)]
    source: Annotated[str, Field(max_length=300)] = ""


class PlanShape(Shape):
    """The file plan.toml. Goals point at areas and themes by key; ties and expectations too."""

    title: Annotated[str, Field(max_length=200)] = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: Annotated[
        Literal["draft", "adopted", "in_force", "expired"], Field(description="Where the plan is on its road")
    ] = "draft"
    adopted_on: date | None = None
    case_reference: Annotated[str, Field(max_length=120)] = ""
    background: Text = ""
    source: Annotated[str, Field(max_length=300, description="The founding document, shown as a credit")] = ""
    areas: tuple[AreaShape, ...] = ()
    themes: tuple[ThemeShape, ...] = ()
    goals: tuple[GoalShape, ...] = ()
    elements: tuple[ElementShape, ...] = ()
    expectations: tuple[ExpectationShape, ...] = ()
    systems: tuple[SystemShape, ...] = ()
    timeline: tuple[EventShape, ...] = ()
    projects: tuple[ProjectShape, ...] = ()
    arenas: tuple[ArenaShape, ...] = ()
    recommendations: tuple[RecommendationShape, ...] = ()

    @model_validator(mode="after")
    def _points_somewhere(self) -> "PlanShape":
        areas = {area.key for area in self.areas}
        themes = {theme.key for theme in self.themes}
        known = areas | {goal.key for goal in self.goals}
        wrong = {theme.area for theme in self.themes} | {goal.area for goal in self.goals if goal.area}
        missing = sorted((wrong - areas) | ({goal.theme for goal in self.goals if goal.theme} - themes))
        missing += sorted({one.tied_to for one in self.expectations if one.tied_to} - known)
        known |= {element.key for element in self.elements}
        missing += sorted({tie for element in self.elements for tie in element.ties} - known)
        if missing:
            raise ValueError(f"no area, theme, goal or element is called {', '.join(missing)}")
        return self
