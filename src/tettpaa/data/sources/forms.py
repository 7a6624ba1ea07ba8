"""What people send to this room: a file, names with schools, a reason."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.enums import LEAVE_OUT
from tettpaa.data.sources.places import is_orgnr


class UploadForm(forms.Form):
    """A file. `key` makes the same form sent twice one import."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_(
            "Regneark (XLSX) eller CSV, slik den kom fra kilden. Ingenting endres før du publiserer."
        ),
        max_length=200,
        error_messages={
            "required": _("Velg en fil først."),
            "missing": _("Velg en fil først."),
            "empty": _("Filen er tom. Velg en fil med tall i."),
            "max_length": _("Filnavnet er for langt. Gi filen et kortere navn."),
            "invalid": _("Velg en fil først."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        """A file that was larger than allowed never reached the form (see `uploads.py`)."""
        if getattr(self, "was_too_large", False):
            self.errors.pop("file", None)
            self.add_error(
                "file", ValidationError(_("Filen er for stor. Del den opp, eller be driften om hjelp."))
            )
        return self.cleaned_data


class WithdrawForm(forms.Form):
    """Why a release is taken back. Readers see the reason."""

    reason = forms.CharField(
        label=_("Hvorfor trekkes tallene tilbake?"),
        help_text=_("Grunnen vises for alle som bruker tallene."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor.")},
    )


class SchoolNamesForm(forms.Form):
    """A school for each name. Fields are numbered, so that a name in a file is never a field's name."""

    def __init__(self, names: Sequence[str], schools: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(names)
        choices = [
            ("", _("Velg skole …")),
            *((school.code, f"{school.label} ({school.code})") for school in schools),
            (LEAVE_OUT, _("Ta ikke med denne")),
        ]
        for index, name in enumerate(self.names):
            self.fields[f"school_{index}"] = forms.ChoiceField(label=name, choices=choices, required=False)
            self.fields[f"number_{index}"] = forms.CharField(
                label=_("Organisasjonsnummer, hvis skolen ikke står i listen"),
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def pairs(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each name with its two fields, for the template."""
        for index, name in enumerate(self.names):
            yield name, self[f"school_{index}"], self[f"number_{index}"]

    def clean(self) -> dict[str, Any]:
        for index in range(len(self.names)):
            school = self.cleaned_data.get(f"school_{index}", "")
            written = self.cleaned_data.get(f"number_{index}", "").replace(" ", "")
            if written and not is_orgnr(written):
                self.add_error(f"number_{index}", _("Et organisasjonsnummer har ni sifre. Sjekk tallene."))
            elif not written and not school:
                self.add_error(f"school_{index}", _("Velg en skole, eller velg at navnet ikke skal med."))
        return self.cleaned_data

    def codes(self) -> dict[str, str]:
        """Name → organisation number; empty for a name that is left out."""
        found = {}
        for index, name in enumerate(self.names):
            written = self.cleaned_data[f"number_{index}"].replace(" ", "")
            school = self.cleaned_data[f"school_{index}"]
            found[name] = written or ("" if school == LEAVE_OUT else school)
        return found
