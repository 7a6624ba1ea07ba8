"""The owner's own words and colour, and which schools are its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.enums import Accent, LanguageForm
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_in

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
            "own_schools": [school.code for school in schools if school.run_by_owner],
        }
        super().__init__(*args, **kwargs)
        field = self.fields["own_schools"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(school.code, school.label) for school in schools]
