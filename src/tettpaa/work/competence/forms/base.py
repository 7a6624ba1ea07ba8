"""What the forms share: days, long texts, and a form that knows which version of a row the person saw."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.ui.days import DayField

MOST = 20_000


class DayInput(forms.DateInput):
    """The browser's own picker of a day; it sends 2026-11-22 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def long_text(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=MOST, widget=text_area(rows), help_text=help_text
    )


def day(label: Any, *, required: bool = True, help_text: Any = "") -> DayField:
    return DayField(label=label, required=required, widget=DayInput(), help_text=help_text)


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of a row that several may write. `seen` is the version the person saw; empty for a new row."""

    seen = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = bool(self.instance._state.adding)
        if not self.is_new:
            self.fields["seen"].initial = self.instance.version
            self.fields["seen"].required = True

    @property
    def version(self) -> int | None:
        return None if self.is_new else self.cleaned_data["seen"]

    @property
    def written(self) -> list[str]:
        """The row's fields that this form writes."""
        return [name for name in self._meta.fields or () if name in self.fields]

    def sides(self, theirs: Versioned) -> list[tuple[str, str, str]]:
        """Label, what stands now, and what this person wrote, for each field where the two differ."""
        found = []
        for name in self.written:
            there, mine = (
                self._said(name, getattr(theirs, name)),
                self._said(name, self.cleaned_data.get(name)),
            )
            if there != mine:
                found.append((str(self[name].label), there, mine))
        return found

    def _said(self, name: str, value: Any) -> str:
        labels = {str(key): str(word) for key, word in getattr(self.fields[name], "choices", ()) or ()}
        if isinstance(value, bool):
            return str(_("ja")) if value else str(_("nei"))
        key = str(getattr(value, "pk", value))
        return labels.get(key, "" if value is None else str(value))

    def see(self, row: Versioned) -> None:
        """From now on the person has seen this state of the row."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = str(row.version)
        self.data = data
