"""What people send on the page of the school register: which schools come in, who took over from whom, and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit

REASON = 500


class TakeForm(forms.Form):
    """Which of the register's proposals come in; all are ticked until somebody says otherwise."""

    school = forms.MultipleChoiceField(
        label=_("Velg hva som skal inn"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, choices: list[tuple[str, str]], *, may_write: bool = True) -> None:
        super().__init__(initial={"school": [code for code, _text in choices]}, auto_id="inn-%s")
        self.fields["school"].choices = choices  # type: ignore[attr-defined]
        self.fields["school"].disabled = not may_write


class LinkForm(forms.Form):
    """A school took over from another. `suggested` fills it in and hides what a proposal already says."""

    old = forms.ChoiceField(label=_("Skolen som sluttet"))
    new = forms.ChoiceField(label=_("Skolen som tok over"))
    on = forms.DateField(
        label=_("Fra dato"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Velg en dato."), "invalid": _("Skriv datoen som 2024-08-01.")},
    )
    why = forms.CharField(
        label=_("Hvorfor hører de sammen?"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv hvorfor. Andre skal kunne forstå valget.")},
    )

    def __init__(self, schools: list[Unit], *args: Any, suggested: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Velg skole …")), *((one.code, f"{one.label} ({one.code})") for one in schools)]
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["required"] = str(_("Velg en skole."))
        if suggested:
            for name in ("old", "new", "on"):
                self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("old") and self.cleaned_data.get("old") == self.cleaned_data.get("new"):
            self.add_error("new", ValidationError(_("Velg to ulike skoler.")))
        return self.cleaned_data


class UndoForm(forms.Form):
    """Why two schools are no longer linked."""

    why = forms.CharField(
        label=_("Hvorfor skal koblingen bort?"),
        max_length=REASON,
        error_messages={"required": _("Skriv hvorfor.")},
    )
