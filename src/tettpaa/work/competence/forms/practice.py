"""What is written about walks and guidance between colleagues."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.work.competence.enums import SessionKind
from tettpaa.work.competence.forms.base import day, long_text
from tettpaa.work.competence.models import Employee


class RoundForm(forms.Form):
    """What the walks are to be about."""

    theme = forms.CharField(label=_("Hva skal vi se etter?"), max_length=200)
    criteria = long_text(_("Kjennetegn vi er enige om"), rows=4, required=True)
    purpose = long_text(_("Hvorfor gjør vi det?"), rows=3, required=True)
    starts_on = day(_("Fra"))
    ends_on = day(_("Til"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("ends_on") and found.get("starts_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("Siste dag kan ikke være før første."))
        return found


class AgreedForm(forms.Form):
    """Staff and unions have been asked."""

    with_staff = day(_("Når ble temaet avtalt med de ansatte?"))
    with_unions = day(_("Når ble det drøftet med de tillitsvalgte?"))


class WalkForm(forms.Form):
    """One walk."""

    teacher = forms.ChoiceField(label=_("Hos hvem?"))
    on = day(_("Når?"))
    grade = forms.IntegerField(label=_("Trinn"), min_value=1, max_value=10)
    minutes = forms.IntegerField(label=_("Minutter"), min_value=10, max_value=20, initial=15)

    def __init__(self, *args: Any, teachers: Sequence[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teachers = {str(one.pk): one for one in teachers}
        self.fields["teacher"].choices = [(key, one.name) for key, one in self.teachers.items()]  # type: ignore[attr-defined]


class TalkedForm(forms.Form):
    """The talk was held."""

    next_step = forms.CharField(label=_("Neste steg"), required=False, max_length=300)


class HandOverForm(forms.Form):
    """What was seen and heard; given to the teacher, and never seen again by the one who writes it."""

    seen = long_text(
        _("Hva så og hørte du?"), rows=5, required=True, help_text=_("Ingen elevnavn, ingen karakter.")
    )
    worked = long_text(_("Hva virket?"), rows=3)
    question = long_text(_("Ett spørsmål til samtalen"), rows=2)


class OwnWordsForm(forms.Form):
    """The teacher's own words."""

    text = long_text(_("Dine egne ord"), rows=6, required=True)


class PatternForm(forms.Form):
    """What shows across the walks."""

    text = long_text(_("Hva går igjen?"), rows=5, required=True, help_text=_("Om skolen, aldri om én lærer."))


class GuidanceForm(forms.Form):
    """Two or three colleagues guide each other."""

    theme = forms.CharField(label=_("Hva vil dere bli bedre til?"), max_length=200)
    contract = long_text(_("Hva er dere enige om?"), rows=3)
    members = forms.MultipleChoiceField(
        label=_("Med hvem?"), widget=forms.CheckboxSelectMultiple, help_text=_("Én eller to kolleger.")
    )

    def __init__(self, *args: Any, colleagues: Sequence[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["members"].choices = [(key, one.name) for key, one in self.colleagues.items()]  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """A talk or an observation was held."""

    kind = forms.ChoiceField(label=_("Hva ble gjort?"), choices=SessionKind.choices)
    on = day(_("Når?"))


class NoteForm(forms.Form):
    """A learning note."""

    text = long_text(_("Hva lærte du?"), rows=4, required=True)
