"""Input of the room: an answer, a person to give to, and a procedure in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.ui.formats import MONTHS as MONTH_NAMES
from tettpaa.core.ui.formats import known
from tettpaa.work.yearwheel.enums import Level, Rule, Scope, State, Tag
from tettpaa.work.yearwheel.laws import law, laws
from tettpaa.work.yearwheel.queries import MONTHS, other_procedures, role_name

ANSWERS = [
    (State.DONE.value, _("Ja, gjort")),
    (State.PARTLY.value, _("Delvis gjort")),
    (State.NOT_APPLICABLE.value, _("Gjelder ikke oss")),
    (State.SKIPPED.value, _("Vi dropper det i år")),
]
PROFILE_MONTHS = ("month_autumn", "month_early_spring", "month_before_summer")
SCOPES = [
    (Scope.MINE.value, _("Det som venter på meg")),
    (Scope.ALL.value, _("Alt jeg kan se")),
]


class AnswerForm(forms.Form):
    """One answer and its line."""

    answer = forms.ChoiceField(label=_("Er det gjort?"), choices=ANSWERS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Hva gjenstår, eller hvorfor ikke?"),
        help_text=_("En linje. Trengs ikke når alt er gjort."),
        max_length=300,
        required=False,
    )
    experience = forms.CharField(
        label=_("Noe andre skoler kan ha nytte av?"),
        help_text=_("Frivillig. Vises for de andre skolene i kommunen. Ikke skriv om enkeltpersoner."),
        max_length=400,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, tag: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tag == Tag.LAW:  # it may be not for us, but it is not ours to drop
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [choice for choice in ANSWERS if choice[0] != State.SKIPPED]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") not in {None, State.DONE} and not cleaned.get("text", "").strip():
            self.add_error("text", _("Skriv en linje om hva som gjenstår, eller hvorfor."))
        return cleaned


class LinkForm(forms.Form):
    """The line that an answer by letter asks for; `needs_text` for partly and not for us."""

    text = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, needs_text: bool, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_text:
            self.fields["text"].required = True
            self.fields["text"].label = label
            self.fields["text"].error_messages["required"] = _("Skriv en linje, så er det gjort.")
        else:
            del self.fields["text"]


class GiveForm(forms.Form):
    """To whom, and a word on the way."""

    to = forms.ChoiceField(label=_("Gi videre til"))
    note = forms.CharField(label=_("Et ord med på veien"), max_length=300, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("Velg …")), *people]


class OfferForm(forms.Form):
    """Yes or no to an offer."""

    answer = forms.ChoiceField(choices=[("ja", "ja"), ("nei", "nei"), ("trekk", "trekk")])
    note = forms.CharField(label=_("Hvorfor ikke?"), max_length=300, required=False)


class FeedForm(forms.Form):
    """What the calendar holds."""

    scope = forms.ChoiceField(
        label=_("Hva skal være med?"), choices=SCOPES, widget=forms.RadioSelect, initial=Scope.MINE.value
    )


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if any(len(line) > 300 for line in found):
            raise ValidationError(_("Hver linje kan ha høyst 300 tegn."))
        return found


def _month_choices() -> list[tuple[str, str]]:
    names = MONTH_NAMES[known(get_language())]
    return [("", "–"), *((str(month), names[month - 1]) for month in MONTHS)]


def _month(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, choices=_month_choices
    )


class ProcedureForm(forms.Form):
    """A procedure in words. Schools that it is not for have a line each, with the reason."""

    name = forms.CharField(label=_("Hva skal gjøres?"), max_length=160)
    about = forms.CharField(
        label=_("Kort om prosedyren"), widget=forms.Textarea, max_length=2000, required=False
    )
    level = forms.ChoiceField(
        label=_("Hvor gjøres det?"),
        choices=[(Level.SCHOOL.value, _("Ved hver skole")), (Level.OWNER.value, _("I kommunen"))],
        widget=forms.RadioSelect,
    )
    roles = forms.MultipleChoiceField(
        label=_("Hvem har ansvaret?"),
        help_text=_("Hver rolle får sitt eget gjøremål."),
        widget=forms.CheckboxSelectMultiple,
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Bare skoler med disse trinnene"),
        help_text=_("Ingen valgt betyr alle."),
        coerce=int,
        choices=[(str(grade), str(grade)) for grade in range(1, 11)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tag = forms.ChoiceField(
        label=_("Hvorfor gjør dere det?"),
        choices=[
            (Tag.LAW.value, _("Lov. Det skal gjøres.")),
            (Tag.LOCAL.value, _("Eget vedtak. Kommunen har bestemt det.")),
            (Tag.HABIT.value, _("Vane. Det kan flyttes eller droppes.")),
            (Tag.NONE.value, _("Vet ikke. Da merkes det ikke.")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    law = forms.ChoiceField(label=_("Hvilken lov?"), required=False)
    rule = forms.ChoiceField(
        label=_("Når er fristen?"),
        choices=[
            (Rule.DAY.value, _("På en fast dag")),
            (Rule.WITHIN.value, _("Innen utgangen av en måned")),
            (Rule.BEFORE.value, _("Noen uker før noe annet")),
            (Rule.AFTER.value, _("Noen uker etter noe annet")),
        ],
        widget=forms.RadioSelect,
    )
    day = forms.IntegerField(label=_("Dag i måneden"), min_value=1, max_value=31, required=False)
    month = _month(_("Måned"))
    month_autumn = _month(_("Måned når meldingen behandles om høsten"))
    month_early_spring = _month(_("Måned når meldingen behandles tidlig på våren"))
    month_before_summer = _month(_("Måned når meldingen behandles før sommeren"))
    weeks = forms.IntegerField(label=_("Antall uker"), min_value=1, max_value=40, required=False)
    anchor = forms.ChoiceField(label=_("Før eller etter hva?"), required=False)
    depends_on = forms.MultipleChoiceField(
        label=_("Må være gjort først"), widget=forms.CheckboxSelectMultiple, required=False
    )
    steps_before = Lines(label=_("Før"), help_text=_("Ett steg på hver linje."), required=False)
    steps_after = Lines(label=_("Etterpå"), help_text=_("Ett steg på hver linje."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owner: Unit, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = schools_of(owner)
        others = other_procedures(owner, key)
        self._choose("roles", [(name, role_name(name)) for name in roles()])
        self._choose("law", [("", "–"), *_laws()])
        self._choose("anchor", [("", "–"), *others])
        self._choose("depends_on", others)
        for school in self.schools:
            self.fields[f"not_for_{school.code}"] = forms.CharField(
                label=school.label, max_length=300, required=False
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rule = cleaned.get("rule")
        months = ("month", *PROFILE_MONTHS)
        if rule in {Rule.DAY, Rule.WITHIN} and not any(cleaned.get(name) for name in months):
            self.add_error("month", _("Velg en måned."))
        if rule == Rule.DAY and not cleaned.get("day"):
            self.add_error("day", _("Skriv hvilken dag."))
        if rule in {Rule.BEFORE, Rule.AFTER}:
            if not cleaned.get("weeks"):
                self.add_error("weeks", _("Skriv hvor mange uker."))
            if not cleaned.get("anchor"):
                self.add_error("anchor", _("Velg hva fristen regnes fra."))
        if cleaned.get("law") and cleaned.get("tag") != Tag.LAW:
            self.add_error("tag", _("Det som viser til en lov, merkes som lov."))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """The fields of the procedure."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and not name.startswith("not_for_")
        }

    @property
    def not_for(self) -> dict[Unit, str]:
        """Schools with a reason."""
        reasons = {school: self.cleaned_data.get(f"not_for_{school.code}", "") for school in self.schools}
        return {school: reason for school, reason in reasons.items() if reason}

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What every procedure needs; the rest is folded away on the page."""
        folded = {*PROFILE_MONTHS, "depends_on"}
        return [
            field
            for field in self.visible_fields()
            if field.name not in folded and not field.name.startswith("not_for_")
        ]

    @property
    def profile_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PROFILE_MONTHS]

    @property
    def months_chosen(self) -> bool:
        return any(field.value() for field in self.profile_fields)

    @property
    def school_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith("not_for_")]


def _laws() -> list[tuple[str, str]]:
    """The rules that hold today, with what they say."""
    language, today = known(get_language()), timezone.localdate()
    keys = dict.fromkeys(rule.key for rule in laws())
    found = [rule for key in keys if (rule := law(key, today))]
    return [(rule.key, f"{rule.cited(language)}: {rule.words(language)}"[:120]) for rule in found]
