"""What people write about the rest of the system: elements, expectations, support, history, projects, arenas."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.work.plans.forms.base import LinesField, RowForm, text_area
from tettpaa.work.plans.models import (
    Arena,
    Element,
    Expectation,
    Project,
    Recommendation,
    SupportSystem,
    TimelineEvent,
)
from tettpaa.work.plans.shapes import YEAR


class ElementForm(RowForm):
    ties = forms.MultipleChoiceField(
        label=_("Henger sammen med"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Element
        fields = ("name", "kind", "text", "ties")
        labels = {"name": _("Hva heter det?"), "kind": _("Hva slags er det?"), "text": _("Kort om det")}

    def __init__(self, *args: Any, ties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = ties
        others = [(key, name) for key, name in ties if key != self.instance.key]
        self.fields["ties"].choices = others  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"ties": self.known}


class ExpectationForm(RowForm):
    tied_to = forms.ChoiceField(label=_("Hører til"), required=False)

    class Meta:
        model = Expectation
        fields = ("text", "of_whom", "by_whom", "support", "letter", "tied_to")
        labels = {
            "text": _("Hva forventes?"),
            "of_whom": _("Av hvem?"),
            "by_whom": _("Hvem forventer det?"),
            "support": _("Hva lover vi tilbake?"),
            "letter": _("Hvilket brev står det i?"),
        }
        widgets = {"text": text_area(2), "support": text_area(2)}

    def __init__(self, *args: Any, ties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = ties
        self.fields["tied_to"].choices = [("", _("Ikke noe bestemt")), *ties]  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"ties": self.known}


class SystemForm(RowForm):
    class Meta:
        model = SupportSystem
        fields = ("name", "purpose", "address")
        labels = {"name": _("Hva heter det?"), "purpose": _("Hva er det til?"), "address": _("Nettadresse")}
        widgets = {"purpose": text_area(2)}


class EventForm(RowForm):
    class Meta:
        model = TimelineEvent
        fields = ("when", "text", "is_effect", "source")
        labels = {
            "when": _("Når?"),
            "text": _("Hva skjedde?"),
            "is_effect": _("Dette er en virkning av arbeidet"),
            "source": _("Kilde"),
        }
        help_texts = {"when": _("Et år eller en dato, for eksempel «høsten 2011».")}
        widgets = {"text": text_area(2)}

    def clean_when(self) -> str:
        when: str = self.cleaned_data["when"]
        found = YEAR.findall(when)
        if not found:
            raise forms.ValidationError(_("Skriv et årstall med fire sifre."))
        self.instance.year = int(found[0])
        return when

    @property
    def written(self) -> list[str]:
        return [*super().written, "year"]


class GroupsField(LinesField):
    """Groups of a project, one a line: `Styringsgruppe: rådmann og rektor (leder arbeidet)`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(_group_line(group) for group in value)
        return value

    def clean(self, value: Any) -> Any:
        return [_group_of(line) for line in super().clean(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != self.clean(data))


def _group_line(group: Mapping[str, str] | str) -> str:
    if isinstance(group, str):
        return group
    line = f"{group['name']}: {group['who']}" if group.get("who") else group["name"]
    return f"{line} ({group['task']})" if group.get("task") else line


def _group_of(line: str) -> dict[str, str]:
    name, _colon, rest = line.partition(":")
    who, opening, task = rest.rpartition(" (") if rest.endswith(")") else (rest, "", "")
    return {
        "name": name.strip(),
        "who": who.strip(),
        "task": task.removesuffix(")").strip() if opening else "",
    }


class ProjectForm(RowForm):
    groups = GroupsField(
        label=_("Grupper"),
        help_text=_("En gruppe på hver linje: «Styringsgruppe: rådmann, rektor og fagsjef»."),
    )
    content = LinesField(label=_("Hva arbeider prosjektet med?"), help_text=_("En ting på hver linje."))

    class Meta:
        model = Project
        fields = ("name", "period", "text", "groups", "content")
        labels = {"name": _("Hva heter prosjektet?"), "period": _("Når?"), "text": _("Kort om det")}
        widgets = {"text": text_area()}


class ArenaForm(RowForm):
    class Meta:
        model = Arena
        fields = ("name", "who", "how_often", "text")
        labels = {
            "name": _("Hva heter møteplassen?"),
            "who": _("Hvem møtes?"),
            "how_often": _("Hvor ofte?"),
            "text": _("Hva er den til?"),
        }
        widgets = {"text": text_area(2)}


class RecommendationForm(RowForm):
    class Meta:
        model = Recommendation
        fields = ("to_whom", "text", "source")
        labels = {"to_whom": _("Til hvem?"), "text": _("Hva anbefales?"), "source": _("Kilde")}
        widgets = {"text": text_area(2)}
