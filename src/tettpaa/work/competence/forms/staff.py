"""What leaders write about their own staff."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.work.competence.enums import Ground, LeaderStudyKind, Stage, TradeRoute
from tettpaa.work.competence.forms.base import DayInput, RowForm, day, long_text
from tettpaa.work.competence.models import Employee, ResourceArea
from tettpaa.work.competence.sent import SentFile

type Choices = Iterable[tuple[str, str]]

_LABELS = {
    "name": _("Navn"),
    "email": _("E-post"),
    "role": _("Stilling"),
    "service": _("Tjeneste"),
    "employment": _("Ansettelse"),
    "employment_until": _("Midlertidig til"),
    "has_teacher_education": _("Har fullført lærerutdanning"),
    "newly_educated_on": _("Ble ferdig lærerutdannet"),
    "active_from": _("Begynte"),
}
_DAYS = ("employment_until", "newly_educated_on", "active_from")


class EmployeeForm(RowForm):
    class Meta:
        model = Employee
        fields = tuple(_LABELS)
        labels = _LABELS
        widgets = {name: DayInput() for name in _DAYS}
        help_texts = {
            "employment_until": _("Uten lærerutdanning og uten vilkår: høyst til 31. juli."),
            "has_teacher_education": _(
                "For den som begynte før 1. august 2024: relevant faglig og pedagogisk kompetanse."
            ),
            "newly_educated_on": _("Fyll bare ut for nyutdannede. De skal få tilbud om veiledning."),
        }

    def __init__(self, *args: Any, services: Choices, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*services] or [("skole", str(_("Skole")))]
        self.fields["service"] = forms.ChoiceField(label=_("Tjeneste"), choices=choices)
        self.fields["role"] = forms.ChoiceField(label=_("Stilling"), choices=list(roles))
        for name in _DAYS:
            old = self.fields[name]
            self.fields[name] = day(old.label, required=old.required, help_text=old.help_text)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class ListForm(forms.Form):
    """A list of staff."""

    file = SentFile(label=_("Fil med ansatte"))


class QualificationForm(forms.Form):
    """Credits in a subject."""

    subject = forms.ChoiceField(label=_("Fag"))
    credits = forms.DecimalField(
        label=_("Studiepoeng"), min_value=0.5, max_value=300, max_digits=4, decimal_places=1
    )
    source = forms.CharField(
        label=_("Hvor kommer de fra?"), max_length=200, help_text=_("Utdanningen, og hva som er lagt fram.")
    )
    obtained_on = day(_("Når ble de bestått?"), required=False)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = list(subjects)  # type: ignore[attr-defined]


class ExemptionForm(forms.Form):
    """A ground of the law. `temporary` follows from the post, and is not written here."""

    ground = forms.ChoiceField(
        label=_("Hvorfor gjelder ikke kravet?"),
        choices=[(one.value, one.label) for one in (Ground.BEFORE_2014, Ground.GENERAL_TEACHER)],
        widget=forms.RadioSelect,
    )
    subject = forms.ChoiceField(label=_("Fag"), required=False)
    documented_by = forms.CharField(label=_("Hva er lagt fram?"), max_length=200)
    valid_from = day(_("Gjelder fra"), required=False)
    valid_to = day(_("Gjelder til"), required=False)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("Alle fag")), *subjects]  # type: ignore[attr-defined]


class TeachingForm(forms.Form):
    """What somebody teaches this school year: subjects by stage."""

    def __init__(
        self, *args: Any, subjects: Choices, taught: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(subjects)
        standing = list(taught)
        for stage in Stage:
            self.fields[stage.value] = forms.MultipleChoiceField(
                label=stage.label.capitalize(),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[subject for subject, at in standing if at == stage],
            )

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(subject, stage.value) for stage in Stage for subject in self.cleaned_data[stage.value]]


class DeviationForm(forms.Form):
    """A leader asks for a deviation."""

    what = forms.ChoiceField(label=_("Hvilket fag?"))
    reason = long_text(
        _("Hvorfor er det nødvendig?"),
        rows=3,
        required=True,
        help_text=_("Skolen har ikke nok ansatte i lærerstilling som oppfyller kravene."),
    )
    tried = long_text(_("Hva er prøvd først?"), rows=2)

    def __init__(self, *args: Any, gaps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(gaps)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of the employment."""

    on = day(_("Siste dag"))


class MentoringForm(forms.Form):
    """Mentoring of somebody newly educated."""

    mentor = forms.ChoiceField(
        label=_("Veileder"), required=False, help_text=_("Aldri den nyutdannedes egen leder.")
    )
    plan = long_text(_("Plan"), rows=4)
    hours = forms.IntegerField(
        label=_("Timer til veiledning"),
        min_value=0,
        max_value=2000,
        help_text=_("For begge årene til sammen."),
    )

    def __init__(self, *args: Any, colleagues: Sequence[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["mentor"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke valgt ennå")),
            *((key, one.name) for key, one in self.colleagues.items()),
        ]


class TalkForm(forms.Form):
    """A session of mentoring."""

    on = day(_("Når?"))
    minutes = forms.IntegerField(label=_("Hvor mange minutter?"), min_value=5, max_value=600)
    theme = forms.CharField(label=_("Tema"), max_length=200, help_text=_("Leder ser dato, tid og tema."))
    note = long_text(_("Notat"), help_text=_("Bare dere to kan lese det."))


class StudyForm(forms.Form):
    """A leader's study."""

    kind = forms.ChoiceField(label=_("Hva slags utdanning?"), choices=LeaderStudyKind.choices)
    institution = forms.CharField(label=_("Hvor?"), required=False, max_length=200)
    credits = forms.DecimalField(
        label=_("Studiepoeng"), required=False, min_value=0.5, max_value=300, max_digits=4, decimal_places=1
    )


class TradeForm(forms.Form):
    """An assistant on the way to a trade certificate."""

    route = forms.ChoiceField(label=_("Hvilken vei?"), choices=TradeRoute.choices, widget=forms.RadioSelect)
    practice_months = forms.IntegerField(
        label=_("Praksis, i måneder med full stilling"), min_value=0, max_value=600
    )
    schooling_months = forms.IntegerField(
        label=_("Skolegang som trekkes fra, i måneder"), min_value=0, max_value=24, initial=0
    )


class RoleForm(forms.Form):
    """A resource role at the school."""

    area = forms.ChoiceField(label=_("Område"))
    share = forms.DecimalField(
        label=_("Prosent av full stilling"), required=False, min_value=1, max_value=100, decimal_places=1
    )
    mandate = long_text(_("Mandat"), help_text=_("Står det ingenting her, gjelder områdets eget mandat."))
    starts_on = day(_("Fra"))
    ends_on = day(_("Til"), required=False)

    def __init__(self, *args: Any, areas: Sequence[ResourceArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        self.fields["area"].choices = [(key, one.title) for key, one in self.areas.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("ends_on") and found.get("starts_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("Siste dag kan ikke være før første."))
        return found


class SpreadForm(forms.Form):
    """What was spread at the school."""

    on = day(_("Når?"))
    what = forms.CharField(label=_("Hva ble delt?"), max_length=300)
    to_whom = forms.CharField(
        label=_("Med hvem?"),
        required=False,
        max_length=200,
        help_text=_("Et team eller et trinn, ikke navn."),
    )
    area = forms.ChoiceField(label=_("Område"), required=False)

    def __init__(self, *args: Any, areas: Sequence[ResourceArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke knyttet til et område")),
            *((key, one.title) for key, one in self.areas.items()),
        ]
