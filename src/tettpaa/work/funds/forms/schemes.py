"""Input on schemes, rates and calls: clean values, nothing saved."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.ui.formats import MONTHS, known
from tettpaa.core.ui.language import reader_language
from tettpaa.work.funds.enums import CallState, DateKind, Rule, SchemeKind
from tettpaa.work.funds.forms import fields
from tettpaa.work.funds.models import Scheme, SchemeDate

LEAP_YEAR: Final = 2028  # a date of every year may be 29 February

# The dates that calls of a kind have; the state's own scheme has its dates on the notice.
DATES_OF = {
    SchemeKind.STUDY: (
        DateKind.OPENS, DateKind.APPLY, DateKind.LEADER, DateKind.RANK, DateKind.DECIDE, DateKind.ADMIT,
        DateKind.CONFIRM_AUTUMN, DateKind.PAY_AUTUMN, DateKind.CONFIRM_SPRING, DateKind.PAY_SPRING,
    ),
    SchemeKind.STIPEND: (DateKind.OPENS, DateKind.APPLY, DateKind.LEADER, DateKind.RANK, DateKind.DECIDE, DateKind.REPORT),
    SchemeKind.MUNICIPAL: (DateKind.OPENS, DateKind.APPLY, DateKind.RANK, DateKind.DECIDE, DateKind.REPORT),
    SchemeKind.STATE: (),
}  # fmt: skip
EVERY_YEAR = DATES_OF | {SchemeKind.STATE: (DateKind.NEED, DateKind.REPORT)}


class SchemeForm(forms.Form):
    """A scheme's parameters. What nobody knows stays empty."""

    name = fields.line(gettext_lazy("Hva heter ordningen?"), 200, required=True)
    about = fields.words(gettext_lazy("Hva er den til?"))
    giver = fields.line(gettext_lazy("Hvem gir pengene?"), 200)
    forum = fields.line(gettext_lazy("Hvem innstiller?"), 200)
    valid_from = fields.day(gettext_lazy("Gjelder fra"))
    valid_to = fields.day(gettext_lazy("Gjelder til"))
    own_share = fields.percent(
        gettext_lazy("Skoleeiers egenandel, i prosent av tilskuddet"),
        gettext_lazy("La det stå tomt hvis dere ikke vet det."),
    )
    most_years = fields.whole(gettext_lazy("Høyst så mange år"), 20)
    most_credits = fields.whole(gettext_lazy("Høyst så mange studiepoeng i året"), 300)
    vocational = forms.BooleanField(label=gettext_lazy("Partneren kan være en fagskole"), required=False)
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Hva skal rekkefølgen bygge på?"),
        help_text=gettext_lazy("Reglene gjelder i den rekkefølgen de står her."),
        choices=Rule.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source = fields.line(gettext_lazy("Hvor står det?"), 200)
    version = fields.version()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("valid_from"), values.get("valid_to")
        if starts and ends and ends < starts:
            self.add_error("valid_to", _("En ordning kan ikke slutte før den begynner."))
        return values


class DatesForm(forms.Form):
    """The dates of every year, one group of fields for each: the day, the month, and whether it is the year after.

    No month: the date is not set. No day: only the month is known.
    """

    version = fields.version()

    def __init__(self, *args: Any, scheme: Scheme, dates: Iterable[SchemeDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = EVERY_YEAR[SchemeKind(scheme.kind)]
        standing = {row.kind: row for row in dates}
        for kind in self.kinds:
            row = standing.get(kind)
            self.fields[f"day_{kind}"] = fields.whole(_("Dag"), 31)
            self.fields[f"month_{kind}"] = forms.ChoiceField(
                label=_("Måned"), choices=month_choices(reader_language()), required=False
            )
            self.fields[f"after_{kind}"] = forms.BooleanField(label=_("Året etter"), required=False)
            if row is not None:
                values = {"day": row.day, "month": str(row.month), "after": bool(row.years_after)}
                for name, value in values.items():
                    self.initial[f"{name}_{kind}"] = value

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each date's name with its fields."""
        names = ("day", "month", "after")
        return [(str(kind.label), [self[f"{name}_{kind}"] for name in names]) for kind in self.kinds]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for kind in self.kinds:
            on, month = values.get(f"day_{kind}"), values.get(f"month_{kind}")
            if on and not month:
                self.add_error(f"month_{kind}", _("Velg måneden også."))
            if on and month and on > monthrange(LEAP_YEAR, int(month))[1]:
                self.add_error(f"day_{kind}", _("Måneden har ikke så mange dager."))
        return values

    def rows(self) -> list[SchemeDate]:
        """The dates that are set, as unsaved rows."""
        values = self.cleaned_data
        return [
            SchemeDate(
                kind=kind,
                month=int(values[f"month_{kind}"]),
                day=values[f"day_{kind}"],
                years_after=int(values[f"after_{kind}"]),
            )
            for kind in self.kinds
            if values[f"month_{kind}"]
        ]


def month_choices(language: str) -> list[tuple[str, str]]:
    """No month, and the twelve by name."""
    names = enumerate(MONTHS[known(language)], start=1)
    return [("", _("Ikke satt")), *((str(number), name) for number, name in names)]


class RateForm(forms.Form):
    """What the scheme pays in one year."""

    year = fields.year(gettext_lazy("År"), required=True)
    name = fields.line(gettext_lazy("Hva gjelder satsen?"), 160, required=True)
    amount = fields.kroner(gettext_lazy("Kroner"))
    percent = fields.percent(gettext_lazy("Prosent"))
    source = fields.line(gettext_lazy("Hvor står satsen?"), 200)


class CallForm(forms.Form):
    """A call: its terms, how far the money reaches, its rules and dates. `year` is asked only of a new one."""

    year = fields.year(gettext_lazy("Hvilket år søker man?"), required=True)
    terms = fields.words(gettext_lazy("Hva skal søkerne vite?"), rows=5)
    budget = fields.kroner(
        gettext_lazy("Hvor mye penger har dere, i kroner?"), gettext_lazy("Tomt hvis rammen ikke er satt.")
    )
    places = fields.whole(gettext_lazy("Eller hvor mange plasser?"), 10_000)
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Hva skal rekkefølgen bygge på?"),
        choices=Rule.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    discussed_on = fields.day(
        gettext_lazy("Når drøftet dere reglene med de tillitsvalgte?"),
        gettext_lazy("Søkerne ser datoen."),
    )
    version = fields.version()

    def __init__(self, *args: Any, scheme: Scheme, dates: Mapping[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = DATES_OF[SchemeKind(scheme.kind)]
        for kind in self.kinds:
            self.fields[f"date_{kind}"] = fields.day(kind.label)
            self.initial.setdefault(f"date_{kind}", dates.get(kind))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens, apply = values.get("date_opens"), values.get("date_apply")
        if opens and apply and apply < opens:
            self.add_error("date_apply", _("Fristen må komme etter at søknaden åpner."))
        return values

    def dates(self) -> dict[str, date | None]:
        """What was written for each of the dates."""
        return {str(kind): self.cleaned_data.get(f"date_{kind}") for kind in self.kinds}


class CallMoveForm(forms.Form):
    """A step of the call."""

    to = forms.ChoiceField(choices=CallState.choices)
