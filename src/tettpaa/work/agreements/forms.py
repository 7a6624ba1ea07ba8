"""Input on agreements: clean values for the actions. Each form of a row carries the version the person saw."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.days import DayField
from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.bases import bases_on
from tettpaa.work.agreements.enums import Kind, LineKind, Outcome, Side, State, Status
from tettpaa.work.agreements.queries import choices
from tettpaa.work.agreements.queries.choices import Around

LONG = 20_000


def _date(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, **more)


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **more)


class RowForm(forms.Form):
    """Base of the forms of rows: `version` is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices."""

    @property
    def seen(self) -> int:
        return self.cleaned_data["version"] or 0

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CommitmentForm(RowForm):
    """A promise: the five fields in their order, the same for both sides."""

    side = forms.ChoiceField(label=gettext_lazy("Hvem lover"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=gettext_lazy("Hva"),
        max_length=300,
        help_text=gettext_lazy(
            "Skriv så setningen kan leses høyt etter «skal»: «ha to lærere i lesetimene»."
        ),
    )
    why_goal = forms.ChoiceField(label=gettext_lazy("Hvorfor: mål i planen"), required=False)
    why = forms.CharField(label=gettext_lazy("Hvorfor, med egne ord"), max_length=300, required=False)
    who = forms.CharField(
        label=gettext_lazy("Ansvar"),
        max_length=120,
        help_text=gettext_lazy("En rolle, ikke et navn."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Rollen som får påminnelser"))
    due_on = _date(gettext_lazy("Innen"))
    sign = forms.CharField(label=gettext_lazy("Vi ser det når"), max_length=300)
    answers = forms.ChoiceField(
        label=gettext_lazy("Svarer til"),
        required=False,
        help_text=gettext_lazy("Løftet fra den andre siden som henger sammen med dette."),
    )
    as_initiative = forms.BooleanField(
        label=gettext_lazy("Blir et tiltak når avtalen er i kraft"), required=False
    )

    def prepare(self) -> None:
        self.goals = choices.goals(self.around.owner, self.initial.get("why_goal", ""))
        self._choose("side", Side.choices)
        self._choose(
            "why_goal", [("", _("Ikke knyttet til et mål")), *((k, g.text) for k, g in self.goals.items())]
        )
        self._choose("role", choices.roles())
        asked = self.data.get("side") or self.initial.get("side")
        side = Side(asked) if asked in Side.values else Side.SCHOOL  # the field itself refuses any other word
        rows = choices.counterparts(self.around.wording, side)
        self._choose("answers", [("", _("Ingen ennå")), *((str(row.pk), row.what) for row in rows)])

    def _choose(self, name: str, options: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        found = super().values()
        answers = found["answers"]
        return found | {
            "why_goal": self.goals.get(found["why_goal"]),
            "answers": UUID(answers) if answers else None,
        }


class GoalForm(RowForm):
    """A goal: where we are, where we want to be, when, and what we will see."""

    text = forms.CharField(
        label=gettext_lazy("Mål"), max_length=300, help_text=gettext_lazy("En setning om elevene.")
    )
    goal = forms.ChoiceField(label=gettext_lazy("Mål i planen"), required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("Tall vi følger"),
        required=False,
        help_text=gettext_lazy("Tallet fra i dag låses i avtalen med usikkerheten."),
    )
    target = forms.FloatField(label=gettext_lazy("Målverdi"), required=False, localize=True)
    target_on = _date(gettext_lazy("Når"), required=False)
    sign = forms.CharField(label=gettext_lazy("Vi ser det når"), max_length=300, required=False)

    def prepare(self) -> None:
        self.goals = choices.goals(self.around.owner, self.initial.get("goal", ""))
        known = choices.indicators(self.around.viewer, self.around.school, self.initial.get("measure", ""))
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke knyttet til et mål")),
            *((key, goal.text) for key, goal in self.goals.items()),
        ]
        self.fields["measure"].choices = [("", _("Ingen tall")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("measure") and not data.get("sign"):
            self.add_error("sign", _("Uten et tall må det stå hva dere vil se."))
        if data.get("measure") and data.get("target") is None:
            self.add_error("target", _("Skriv hvilken verdi dere vil nå."))
        return data

    def values(self) -> dict[str, Any]:
        found = super().values()
        measure = found.pop("measure")
        indicator, _colon, grade = measure.partition(":")
        found |= {
            "goal": self.goals.get(found["goal"]),
            "indicator": indicator,
            "grade": int(grade or 0),
            "target": found["target"] if indicator else None,
        }
        if measure != self.initial.get("measure", ""):  # a figure once frozen is not frozen anew
            found["baseline"] = choices.baseline(
                self.around.viewer, self.around.school, indicator, int(grade or 0)
            )
        return found


class CompetenceForm(RowForm):
    """Somebody must learn something."""

    need = forms.CharField(label=gettext_lazy("Hva må læres"), max_length=300)
    who = forms.CharField(label=gettext_lazy("Hvem"), max_length=120)
    how = forms.CharField(label=gettext_lazy("Hvordan"), max_length=300, required=False)
    due_on = _date(gettext_lazy("Innen"), required=False)


class CheckpointForm(RowForm):
    """When both say how it goes."""

    due_on = _date(gettext_lazy("Dato"))
    about = forms.CharField(label=gettext_lazy("Hva vi ser på"), max_length=300, required=False)


class ConsultationForm(RowForm):
    """A body that was asked."""

    body = forms.ChoiceField(label=gettext_lazy("Organ"), required=False)
    name = forms.CharField(label=gettext_lazy("Eller andre"), max_length=120, required=False)
    asked_on = _date(gettext_lazy("Spurt"), required=False)
    heard_on = _date(gettext_lazy("Hørt"), required=False)
    said = _text(gettext_lazy("Hva de sa"), required=False)
    changed = _text(gettext_lazy("Hva det endret"), required=False)

    def prepare(self) -> None:
        self.bodies = {str(body.pk): body for body in choices.bodies(self.around.owner)}
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", _("Ingen av disse")),
            *((key, body.name) for key, body in self.bodies.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("body") and not data.get("name"):
            self.add_error("name", _("Skriv hvem som er spurt."))
        if data.get("heard_on") and not data.get("changed"):
            self.add_error("changed", _("Skriv hva det endret, også om det ikke endret noe."))
        return data

    def values(self) -> dict[str, Any]:
        found = super().values()
        body = self.bodies.get(found["body"])
        return found | {"body": body, "name": body.name if body else found["name"]}


class AnnexForm(RowForm):
    """A restricted paragraph, with why, and when wider access was weighed."""

    heading = forms.CharField(label=gettext_lazy("Hva avsnittet gjelder"), max_length=160)
    text = _text(gettext_lazy("Tekst"), rows=8)
    basis = forms.ChoiceField(label=gettext_lazy("Hjemmel"))
    weighed_on = _date(gettext_lazy("Merinnsyn vurdert"), required=False)
    weighed = _text(gettext_lazy("Hva vurderingen kom til"), rows=3, required=False)

    def prepare(self) -> None:
        self.bases = {basis.key: basis for basis in bases_on(timezone.localdate())}
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (key, f"{basis.cited(reader_language())}: {basis.explained(reader_language())}")
            for key, basis in self.bases.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self.bases.get(data.get("basis", ""))
        if chosen and not chosen.must and not (data.get("weighed_on") and data.get("weighed")):
            self.add_error(
                "weighed",
                _("Loven lar dere velge her. Skriv når merinnsyn ble vurdert, og hva dere kom til."),
            )
        return data


class TermsForm(RowForm):
    """The frame of a text."""

    title = forms.CharField(
        label=gettext_lazy("Hva avtalen skal føre til"),
        max_length=200,
        help_text=gettext_lazy("En setning om elevene. Alle kan lese den når avtalen er signert."),
    )
    background = _text(
        gettext_lazy("Bakgrunn"), required=False, help_text=gettext_lazy("Står ikke i den åpne delen.")
    )
    starts_on = _date(gettext_lazy("Fra"))
    ends_on = _date(gettext_lazy("Til"))
    next_step = _text(
        gettext_lazy("Neste steg hvis målene ikke nås"),
        required=False,
        help_text=gettext_lazy("Står ikke i den åpne delen."),
    )
    changes = _text(gettext_lazy("Hva som er nytt i denne versjonen, og hvorfor"), rows=2, required=False)
    not_heard = _text(gettext_lazy("Hvis ingen er hørt: hvorfor"), rows=2, required=False)

    def prepare(self) -> None:
        if self.around.wording.number == 1:
            del self.fields["changes"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("starts_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("Avtalen må slutte etter at den begynner."))
        return data


LINE_FORMS: Mapping[LineKind, type[RowForm]] = {
    LineKind.COMMITMENT: CommitmentForm,
    LineKind.GOAL: GoalForm,
    LineKind.COMPETENCE: CompetenceForm,
    LineKind.CHECKPOINT: CheckpointForm,
    LineKind.CONSULTATION: ConsultationForm,
    LineKind.ANNEX: AnnexForm,
}


class NewForm(forms.Form):
    """A new agreement."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Hva avtalen skal føre til"),
        max_length=200,
        help_text=gettext_lazy(
            "En setning om elevene, for eksempel «Flere elever skal få hjelp når de trenger det»."
        ),
    )
    starts_on = _date(gettext_lazy("Fra"))

    def __init__(self, *args: Any, owner: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices.kinds(owner)  # type: ignore[attr-defined]
        self.fields["kind"].initial = Kind.BINDING


class MoveForm(forms.Form):
    """A step on the road of a text."""

    step = forms.ChoiceField(
        choices=[(key, key) for key in ("negotiate", "draft", "consulted", "reopen", "drop")]
    )
    reason = forms.CharField(max_length=1000, required=False)


class SignForm(forms.Form):
    """The fingerprint of what the signer saw."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$")


class StatusForm(forms.Form):
    """How it goes with a promise."""

    status = forms.ChoiceField(label=gettext_lazy("Hvordan går det?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Kort om hvorfor"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Må fylles ut når løftet ikke blir holdt. Står ikke i den åpne delen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = Status.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("status") == Status.NOT_DONE and not data.get("note"):
            self.add_error("note", _("Skriv hvorfor det ikke blir gjort."))
        return data


class SayForm(forms.Form):
    """What each side says at a checkpoint; a field only for the sides one speaks for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    school_says = _text(gettext_lazy("Skolen sier"), rows=5, required=False)
    owner_says = _text(gettext_lazy("Skoleeier sier"), rows=5, required=False)

    def __init__(self, *args: Any, sides: frozenset[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in Side:
            if side not in sides:
                del self.fields[f"{side}_says"]

    def values(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class HoldForm(forms.Form):
    """What a checkpoint came to."""

    outcome = forms.ChoiceField(label=gettext_lazy("Hva kom vi til?"), widget=forms.RadioSelect)
    held_on = _date(gettext_lazy("Holdt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """How an agreement ends."""

    to = forms.ChoiceField(label=gettext_lazy("Hvordan slutter avtalen?"), widget=forms.RadioSelect)
    evaluation = _text(
        gettext_lazy("Vurdering: hva ble gjort, hva så vi, hva vet vi ikke?"), rows=6, required=False
    )
    reason = _text(gettext_lazy("Begrunnelse"), rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (State.FULFILLED, _("Oppfylt: alle løftene er holdt")),
            (State.CLOSED, _("Avsluttet med en vurdering")),
            (State.TERMINATED, _("Avbrutt før tiden")),
            (State.STEPPED_UP, _("Går til neste steg i oppfølgingen")),
        ]
