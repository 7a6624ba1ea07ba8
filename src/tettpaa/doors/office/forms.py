"""The owner's own words and colour, and which schools are its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.enums import Accent, LanguageForm
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import schools_in
from tettpaa.core.packs.shapes import FlatField
from tettpaa.core.packs.wording import field_words, value_words
from tettpaa.doors.office.wording import BODY_LEVELS, VOICES, WHEEL_PROFILES

ACCENTS = {
    Accent.SEA: _("Sjø"),
    Accent.FOREST: _("Skog"),
    Accent.HEATHER: _("Lyng"),
    Accent.COAST: _("Kyst"),
    Accent.PLUM: _("Plomme"),
    Accent.SLATE: _("Skifer"),
}
LANGUAGE_FORMS = {
    LanguageForm.NONE: _("Ikke valgt"),
    LanguageForm.NB: _("Bokmål"),
    LanguageForm.NN: _("Nynorsk"),
}


class OwnerForm(forms.Form):
    """What an owner decides for itself."""

    report_name = forms.CharField(
        label=_("Hva rapporten heter hos dere"),
        help_text=_(
            "For eksempel kvalitetsmelding. Kommunestyret skal ha informasjon hvert år, men navnet velger dere."
        ),
        max_length=120,
    )
    accent = forms.ChoiceField(label=_("Farge"), choices=[(key.value, name) for key, name in ACCENTS.items()])
    language_form = forms.ChoiceField(
        label=_("Målform i rapporten"),
        choices=[(key.value, name) for key, name in LANGUAGE_FORMS.items()],
        required=False,
    )
    wheel_profile = forms.ChoiceField(
        label=_("Når kommunestyret behandler rapporten"),
        help_text=_("Årshjulet legger datoene etter dette."),
        choices=list(WHEEL_PROFILES.items()),
    )
    own_schools = forms.MultipleChoiceField(
        label=_("Skoler som kommunen driver"),
        help_text=_("Private skoler tas ikke med i oversikten og rapporten. Tallene deres blir liggende."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, owner: Unit, **kwargs: Any) -> None:
        schools = schools_in(owner)
        own = owner.settings
        kwargs["initial"] = {
            "report_name": own.report_name,
            "accent": own.accent,
            "language_form": own.language_form,
            "wheel_profile": own.wheel_profile,
            "own_schools": [school.code for school in schools if school.run_by_owner],
        }
        super().__init__(*args, **kwargs)
        field = self.fields["own_schools"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(school.code, school.label) for school in schools]


class BodyForm(forms.Form):
    """A body with a voice, in words. `seen` is what stood there when the form was opened."""

    name = forms.CharField(
        label=_("Hva organet heter"),
        help_text=_("For eksempel FAU, SU eller Utvalg for oppvekst."),
        max_length=120,
    )
    level = forms.ChoiceField(label=_("Hvor det finnes"), choices=list(BODY_LEVELS.items()))
    role = forms.ChoiceField(
        label=_("Hvem som taler for det"),
        help_text=_("De som har denne rollen, får svare og foreslå saker for organet."),
        required=False,
    )
    voice = forms.ChoiceField(
        label=_("Hvem sin stemme det er i dialogmøtet"),
        choices=list(VOICES.items()),
        required=False,
    )
    decides = forms.BooleanField(label=_("Organet gjør politiske vedtak"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, body: Body | None = None, seen: str = "", **kwargs: Any) -> None:
        if body is not None:
            names = ("name", "level", "role", "voice", "decides")
            kwargs["initial"] = {name: getattr(body, name) for name in names} | {"seen": seen}
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        language = get_language() or "nb"
        field.choices = [
            ("", _("Ingen bestemt rolle")),
            *((role.key, role.names[language]) for role in roles().values()),
        ]


class EntryForm(forms.Form):
    """One entry of a part, its fields made from the part's shape. `seen` marks what stood there."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, fields: Iterable[FlatField], bodies: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for field in fields:
            self.fields[field.name] = _control(field, bodies)


def _control(field: FlatField, bodies: Mapping[str, str]) -> forms.Field:
    label = capfirst(field_words(field.name))
    if field.kind == "boolean":
        return forms.BooleanField(label=label, required=False)
    if field.name == "body":
        return forms.ChoiceField(label=label, choices=[("", "–"), *bodies.items()], required=False)
    if field.kind == "choice":
        choices = [(one, capfirst(value_words(one, field.name))) for one in field.choices]
        return forms.ChoiceField(label=label, choices=choices, required=field.required)
    if field.kind == "integer":
        return forms.IntegerField(label=label, required=field.required)
    widget = forms.Textarea(attrs={"rows": 3}) if (field.longest or 1000) > 200 else None
    return forms.CharField(label=label, max_length=field.longest, required=field.required, widget=widget)
