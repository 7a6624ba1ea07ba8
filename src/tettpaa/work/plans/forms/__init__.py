"""What people write about plans: one form for each thing, each with the version the person saw."""

from collections.abc import Mapping
from typing import Any, Final

from tettpaa.work.plans.forms.base import RowForm
from tettpaa.work.plans.forms.plan import AreaForm, ThemeForm
from tettpaa.work.plans.forms.system import (
    ArenaForm,
    ElementForm,
    EventForm,
    ExpectationForm,
    ProjectForm,
    RecommendationForm,
    SystemForm,
)

OF_KIND: Final[Mapping[str, type[RowForm]]] = {
    "omrade": AreaForm,
    "tema": ThemeForm,
    "element": ElementForm,
    "forventning": ExpectationForm,
    "stottesystem": SystemForm,
    "hendelse": EventForm,
    "prosjekt": ProjectForm,
    "moteplass": ArenaForm,
    "anbefaling": RecommendationForm,
}


def extra_for(kind: str, *, plan: Any, ties: Any) -> dict[str, Any]:
    """What the form of this kind needs besides its row."""
    if kind == "tema":
        return {"plan": plan}
    return {"ties": ties} if kind in {"element", "forventning"} else {}
