"""What the forms of the room share: a form that knows which version the person saw, and texts one a line."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tettpaa.core.audit.versions import Versioned

MOST = 20_000


class DayInput(forms.DateInput):
    """The browser's own picker of a day; it sends 2026-11-22 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LinesField(forms.CharField):
    """Several short texts, one on each line; given back as a list."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 500, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MOST, **kwargs)
        self.longest = longest
        self.widget.attrs["rows"] = 3

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("En linje kan ha høyst %(most)s tegn.") % {"most": self.longest})
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed("\n".join(initial or ()), "\n".join((data or "").split("\r\n"))))


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of a row that several may write. `version` is the one the person saw; empty for a new row."""

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

    def shown(self, row: Versioned) -> dict[str, str]:
        """What `row` holds, field by field, in the words of the form: for two versions side by side."""
        other = type(self)(instance=row, **self.again())
        return {
            name: _in_words(other[name], other.get_initial_for_field(field, name))
            for name, field in _open(other)
        }

    def again(self) -> dict[str, Any]:
        """What it takes to make the same form for another state of the row."""
        return {}

    def sides(self, theirs: Versioned) -> list[tuple[str, str, str]]:
        """Label, what stands now, and what this person wrote, for each field where the two differ."""
        there = self.shown(theirs)
        mine = {name: _in_words(self[name], self.cleaned_data.get(name)) for name, _field in _open(self)}
        return [
            (str(self[name].label), there[name], text) for name, text in mine.items() if text != there[name]
        ]

    def see(self, row: Versioned) -> None:
        """From now on the person has seen this state of the row."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = str(row.version)
        self.data = data


def _open(form: forms.BaseForm) -> list[tuple[str, forms.Field]]:
    return [(name, field) for name, field in form.fields.items() if name != "seen"]


def _in_words(bound: forms.BoundField, value: Any) -> str:
    """A value as a person would read it: the label of a choice, each line of a list, yes or no."""
    labels = {
        str(getattr(key, "value", key)): str(label) for key, label in getattr(bound.field, "choices", ())
    }
    if isinstance(bound.field, LinesField):
        return str(bound.field.prepare_value(value) or "").replace("\r\n", "\n")
    if isinstance(value, bool):
        return str(_("ja")) if value else str(_("nei"))
    if isinstance(value, list | tuple):
        return "\n".join(labels.get(str(one), str(one)) for one in value)
    key = str(getattr(value, "pk", value))
    return labels.get(key, "" if value is None else str(value))
