"""Input of the room: an offer, its days, a network, answers. Clean values for the actions."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.days import DayField
from tettpaa.core.ui.formats import school_year
from tettpaa.work.offers.enums import Fit, Kind, NetworkKind, Part
from tettpaa.work.offers.models import Network
from tettpaa.work.offers.wording import NOT_READY
from tettpaa.work.plans.models import Goal

LONG: Final = 4_000
SHORT: Final = 300
NONE: Final = ("", "–")


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, widget=widget, help_text=help_text)


def time_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def words_field(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def number_field(label: Any, *, most: int, least: int = 1, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, help_text=help_text
    )


class VersionForm(forms.Form):
    """Base of the forms that change a row: `version` is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6, required=False)

    def put_on(self, row: Any) -> int:
        """Write the clean values on the row; gives the version the person saw."""
        for name, value in self.cleaned_data.items():
            if name != "version" and hasattr(row, name):
                setattr(row, name, value)
        return self.cleaned_data.get("version") or 0


class OfferForm(VersionForm):
    """Everything that is said of an offer."""

    title = forms.CharField(label=gettext_lazy("Hva heter det?"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags tilbud?"), choices=Kind.choices)
    service = forms.ChoiceField(label=gettext_lazy("Hvilken tjeneste er det for?"))
    year = forms.TypedChoiceField(label=gettext_lazy("Skoleår"), coerce=int)
    about = words_field(gettext_lazy("Hva går det ut på?"), rows=6)
    target_group = forms.CharField(label=gettext_lazy("Hvem er det for?"), max_length=200, required=False)
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål i planen tjener det?"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Kompetanseområde"), required=False)
    network = forms.ChoiceField(
        label=gettext_lazy("Nettverk"),
        required=False,
        help_text=gettext_lazy("For lærende nettverk: De som får plass, blir medlemmer i dette nettverket."),
    )
    school = forms.ChoiceField(
        label=gettext_lazy("Bare for ansatte ved"),
        required=False,
        help_text=gettext_lazy("Tomt betyr at alle i målgruppen kan melde seg på."),
    )
    held_by = forms.CharField(label=gettext_lazy("Hvem holder det?"), max_length=160, required=False)
    seats = number_field(
        gettext_lazy("Antall plasser"), most=5000, help_text=gettext_lazy("Tomt betyr plass til alle.")
    )
    hours = number_field(gettext_lazy("Timer i alt"), most=2000)
    attend_least = number_field(
        gettext_lazy("Hvor mange samlinger må en være på for å få kursbevis?"),
        most=100,
        help_text=gettext_lazy("Tomt betyr alle. I lærende nettverk er det alltid alle, med mellomarbeid."),
    )
    cost = number_field(gettext_lazy("Pris i kroner for hver deltaker"), most=1_000_000, least=0)
    cost_note = forms.CharField(label=gettext_lazy("Mer om pris og reise"), max_length=200, required=False)
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Lederen skal godkjenne påmeldingen"), required=False
    )
    opens_on = day_field(gettext_lazy("Påmeldingen åpner"))
    closes_on = day_field(gettext_lazy("Siste dag for påmelding"))

    def __init__(self, *args: Any, choices: "OfferChoices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = choices
        fields: dict[str, Any] = self.fields
        fields["service"].choices = choices.services
        fields["year"].choices = [(year, school_year(year)) for year in choices.years]
        fields["area"].choices = [NONE, *choices.areas]
        fields["goal"].choices = [NONE, *((str(one.pk), one.text) for one in choices.goals)]
        fields["network"].choices = [NONE, *((str(one.pk), one.name) for one in choices.networks)]
        fields["school"].choices = [NONE, *((one.code, one.label) for one in choices.schools)]

    def clean(self) -> dict[str, Any]:
        """Choices become rows; the days stand in their order."""
        values = super().clean() or {}
        values["goal"] = _row(self.known.goals, values.get("goal"))
        values["network"] = _row(self.known.networks, values.get("network"))
        code = values.get("school")
        values["school"] = next((one for one in self.known.schools if one.code == code), None)
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("Siste dag kan ikke komme før påmeldingen åpner."))
        return values


class OfferChoices:
    """What an offer can be tied to."""

    def __init__(
        self,
        services: Sequence[tuple[str, str]],
        areas: Sequence[tuple[str, str]],
        goals: Sequence[Goal],
        networks: Sequence[Network],
        schools: Sequence[Unit],
        years: Sequence[int],
    ) -> None:
        self.services, self.areas, self.goals = services, areas, goals
        self.networks, self.schools, self.years = networks, schools, years


def _row[T: (Goal, Network)](rows: Sequence[T], key: object) -> T | None:
    return next((one for one in rows if str(one.pk) == key), None)


class GatheringForm(VersionForm):
    """One day."""

    title = forms.CharField(label=gettext_lazy("Tema for samlingen"), max_length=160)
    on = day_field(gettext_lazy("Dag"), required=True)
    starts = time_field(gettext_lazy("Fra klokka"))
    ends = time_field(gettext_lazy("Til klokka"))
    where = forms.CharField(label=gettext_lazy("Sted"), max_length=200, required=False)
    link = forms.URLField(
        label=gettext_lazy("Lenke, hvis det er på nett"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    task = words_field(
        gettext_lazy("Mellomarbeid"), help_text=gettext_lazy("Det deltakerne gjør til neste samling.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("ends") and not values.get("starts"):
            self.add_error("starts", _("Skriv når den begynner."))
        elif values.get("ends") and values["ends"] <= values["starts"]:
            self.add_error("ends", _("Den må slutte etter at den begynner."))
        return values


class FactorsForm(forms.Form):
    """How far the offer meets each key factor, with a short reason. `each`: none may be left without a word."""

    def __init__(self, *args: Any, factors: Sequence[Any], each: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.each = each
        self.keys = [one.key for one in factors]
        for one in factors:
            self.fields[f"fit_{one.key}"] = forms.ChoiceField(
                label=one.name,
                required=False,
                choices=[NONE, *Fit.choices],
                initial=one.fit,
                help_text=one.about,
            )
            self.fields[f"why_{one.key}"] = forms.CharField(
                label=_("Kort begrunnelse: %(factor)s") % {"factor": one.name},
                required=False,
                max_length=SHORT,
                initial=one.reason,
            )

    def clean(self) -> dict[str, Any]:
        """A word on a factor has its reason: who chooses a course reads why."""
        for key in self.keys:
            if self.each and f"fit_{key}" in self.cleaned_data and not self.cleaned_data[f"fit_{key}"]:
                self.add_error(f"fit_{key}", str(NOT_READY["factors_stay"]))
            if self.cleaned_data.get(f"fit_{key}") and not self.cleaned_data.get(f"why_{key}", "").strip():
                self.add_error(f"why_{key}", _("Skriv en kort begrunnelse."))
        return self.cleaned_data

    def said(self) -> Iterable[tuple[str, str, str]]:
        """(key, fit, reason) of each factor somebody has said something on."""
        for key in self.keys:
            if fit := self.cleaned_data[f"fit_{key}"]:
                yield key, fit, self.cleaned_data[f"why_{key}"].strip()


class WhyForm(forms.Form):
    """Why one signs up; the leader reads it."""

    why = forms.CharField(label=gettext_lazy("Hvorfor vil du delta?"), max_length=SHORT, required=False)


class DecideForm(forms.Form):
    """The leader's answer."""

    do = forms.ChoiceField(choices=[("approve", "approve"), ("decline", "decline")])
    reason = forms.CharField(max_length=SHORT, required=False)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=gettext_lazy("Begrunnelse"), max_length=SHORT)


class FoundForm(forms.Form):
    """Whether the reader found what they looked for. `offer` is empty for the catalogue itself."""

    found = forms.TypedChoiceField(choices=[("ja", "ja"), ("nei", "nei")], coerce=lambda value: value == "ja")
    missed = forms.CharField(max_length=SHORT, required=False)
    offer = forms.UUIDField(required=False)


class NetworkForm(VersionForm):
    """What a network is."""

    name = forms.CharField(label=gettext_lazy("Hva heter nettverket?"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags nettverk?"), choices=NetworkKind.choices)
    purpose = words_field(gettext_lazy("Hva er det for?"))
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål i planen tjener det?"), required=False)
    partner = forms.CharField(label=gettext_lazy("Partner"), max_length=200, required=False)
    fixed_words = forms.CharField(
        label=gettext_lazy("Hvem er faste medlemmer, og hvem inviteres?"), max_length=400, required=False
    )
    fixed_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Disse er alltid medlemmer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    guests = words_field(
        gettext_lazy("Med fra andre kommuner og skoler"),
        rows=3,
        help_text=gettext_lazy(
            "Ett navn på hver linje. Bare kommuner, skoler og andre virksomheter, ikke personer."
        ),
    )
    attend_all = forms.BooleanField(
        label=gettext_lazy("Medlemmene møter på alle samlinger og gjør mellomarbeid"), required=False
    )
    starts_on = day_field(gettext_lazy("Fra"))
    ends_on = day_field(gettext_lazy("Til"))

    def __init__(
        self, *args: Any, goals: Sequence[Goal], roles: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [NONE, *((str(one.pk), one.text) for one in goals)]
        fields["fixed_roles"].choices = list(roles)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["goal"] = _row(self.goals, values.get("goal"))
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("Siste dag kan ikke komme før den første."))
        return values

    def guest_names(self) -> list[str]:
        """The places from outside, each once, in the order they were written."""
        lines = [" ".join(line.split())[:160] for line in self.cleaned_data["guests"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class MemberForm(forms.Form):
    """Somebody who comes in, and as what."""

    employee = forms.UUIDField()
    part = forms.ChoiceField(label=gettext_lazy("Som"), choices=Part.choices, initial=Part.FIXED)


class StepForm(forms.Form):
    """The step that a button asks for, and the words it may need."""

    do = forms.SlugField(max_length=20)
    text = forms.CharField(max_length=LONG, required=False)


class ItemForm(VersionForm):
    """An item of a meeting."""

    title = forms.CharField(label=gettext_lazy("Sak"), max_length=160)
    about = words_field(gettext_lazy("Hva gjelder det?"), rows=3)
    said = words_field(gettext_lazy("Referat"), rows=6)


class FollowUpForm(forms.Form):
    """What somebody does after the meeting."""

    what = forms.CharField(
        label=gettext_lazy("Hva skal gjøres?"),
        max_length=SHORT,
        help_text=gettext_lazy("Den står i årshjulet. Der leser også andre enn medlemmene den."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Hvem gjør det?"))
    school = forms.ChoiceField(
        label=gettext_lazy("Ved"), required=False, help_text=gettext_lazy("Tomt betyr i kommunen.")
    )
    due_on = day_field(gettext_lazy("Innen"), required=True)

    def __init__(
        self, *args: Any, roles: Sequence[tuple[str, str]], schools: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {one.code: one for one in schools}
        fields: dict[str, Any] = self.fields
        fields["role"].choices = list(roles)
        fields["school"].choices = [NONE, *((code, one.label) for code, one in self.schools.items())]

    def clean_school(self) -> Unit | None:
        return self.schools.get(self.cleaned_data["school"])


class TaskForm(forms.Form):
    """The task between is done, and what was shared at the school."""

    done = forms.BooleanField(required=False)
    what = forms.CharField(max_length=SHORT, required=False)


class EvaluationForm(forms.Form):
    """One step of the scale for each question, or "vet ikke"."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[str],
        steps: Sequence[str],
        unknown: tuple[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((str(place), word) for place, word in enumerate(steps)), (str(unknown[0]), unknown[1])]
        for number, question in enumerate(questions):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=question, choices=choices, widget=forms.RadioSelect
            )

    def answers(self) -> list[int]:
        """In the order of the questions."""
        return [int(self.cleaned_data[name]) for name in self.fields]


class FilterForm(forms.Form):
    """What to see of the catalogue."""

    ar = forms.TypedChoiceField(label=gettext_lazy("Skoleår"), coerce=int, required=False)
    tjeneste = forms.ChoiceField(label=gettext_lazy("Tjeneste"), required=False)
    slag = forms.ChoiceField(label=gettext_lazy("Tilbud"), required=False)
    sok = forms.CharField(label=gettext_lazy("Søk"), max_length=80, required=False)

    def __init__(
        self, *args: Any, years: Sequence[int], services: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["ar"].choices = [(year, school_year(year)) for year in years]
        fields["tjeneste"].choices = [("", _("Alle")), *services]
        fields["slag"].choices = [("", _("Alle")), *Kind.choices]
