"""Input on reports: which year to begin, what to write, which file to make."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import school_year
from tettpaa.report.annual.actions import Writing
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.enums import EditionName, FileKind

MOST = 20_000  # characters in a box: some ten pages, far more than a reader has patience for


class StartForm(forms.Form):
    """Which school year the new report is about."""

    year = forms.TypedChoiceField(label=gettext_lazy("Skoleår"), coerce=int)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, school_year(year)) for year in years]  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """Which edition, as what."""

    edition = forms.ChoiceField(choices=EditionName.choices)
    kind = forms.ChoiceField(choices=FileKind.choices)


class FreezeForm(forms.Form):
    """What the person who freezes has seen."""

    seen = forms.CharField(max_length=16)


class JobForm(forms.Form):
    """The work that a page comes back from."""

    arbeid = forms.UUIDField(required=False)


class ChapterForm(forms.Form):
    """One text field for each box of a chapter, each with the version that was there when the page was opened."""

    def __init__(self, *args: Any, chapter: Chapter, versions: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chapter = chapter
        language = get_language() or "nb"
        for box in chapter.boxes:
            help_text = box.help.in_language(language)
            self.fields[box.key] = forms.CharField(
                label=box.title.in_language(language),
                help_text=help_text[:1].upper() + help_text[1:],
                required=False,
                max_length=MOST,
                widget=forms.Textarea(attrs={"rows": 6 if box.is_expected else 3}),
                error_messages={
                    "max_length": _("Teksten er for lang. Det er plass til %(limit_value)d tegn.")
                },
            )
            self.fields[self.seen(box.key)] = forms.IntegerField(
                min_value=0, initial=versions.get(box.key, 0), widget=forms.HiddenInput
            )

            self.fields[self.confirmed(box.key)] = forms.BooleanField(
                label=_("Teksten stemmer fortsatt"), required=False
            )

    @staticmethod
    def confirmed(key: str) -> str:
        """The name of the box to tick when the text still holds although figures have changed."""
        return f"{key}-stemmer"

    @staticmethod
    def seen(key: str) -> str:
        """The name of the hidden field with a box's version."""
        return f"{key}-version"

    def writings(self) -> list[Writing]:
        """What the person wants to stand in every box."""
        data = self.cleaned_data
        return [
            Writing(box.key, data[box.key], data[self.seen(box.key)], data[self.confirmed(box.key)])
            for box in self.chapter.boxes
        ]
