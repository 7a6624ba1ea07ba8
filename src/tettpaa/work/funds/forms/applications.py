"""Input on applications, the leader's word, the order and the portal's file: clean values, nothing saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence.requirements import subjects
from tettpaa.work.competence.sent import SentFile
from tettpaa.work.funds.actions import Said, Word
from tettpaa.work.funds.enums import AfterDrop, Form, SchemeKind, State
from tettpaa.work.funds.forms import fields
from tettpaa.work.funds.models import Scheme
from tettpaa.work.funds.portal import Columns
from tettpaa.work.plans.models import Goal


class ApplicationForm(forms.Form):
    """What is applied for; the fields that the scheme's kind does not ask for are left out."""

    title = fields.line(gettext_lazy("Hva søker du om?"), 200, required=True)
    institution = fields.line(gettext_lazy("Hvor vil du studere?"), 200)
    subject = forms.ChoiceField(label=gettext_lazy("Hvilket fag?"), required=False)
    credits = forms.DecimalField(
        label=gettext_lazy("Hvor mange studiepoeng?"),
        required=False,
        min_value=1,
        max_value=300,
        decimal_places=1,
        max_digits=4,
    )
    first_choice = forms.ChoiceField(label=gettext_lazy("Helst"), choices=Form.choices)
    second_choice = forms.ChoiceField(
        label=gettext_lazy("Hvis det ikke går"),
        choices=[("", gettext_lazy("Ikke noe annet")), *Form.choices],
        required=False,
    )
    sought = fields.kroner(gettext_lazy("Hvor mye søker dere om, i kroner?"))
    own_share = fields.kroner(gettext_lazy("Hvor mye legger skolen inn selv, i kroner?"))
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål i planen gjelder det?"), required=False)
    why = fields.words(gettext_lazy("Hvorfor?"), rows=5)
    need = fields.words(gettext_lazy("Hva trenger skolen?"), rows=4)
    talked_on = fields.day(
        gettext_lazy("Når snakket du med lederen din?"),
        gettext_lazy("Dere snakker om hva skolen trenger før du sender."),
    )
    version = fields.version()
    LEFT_OUT = {
        SchemeKind.STUDY: ("sought", "own_share"),
        SchemeKind.STIPEND: ("first_choice", "second_choice", "own_share"),
        SchemeKind.MUNICIPAL: ("institution", "subject", "credits", "first_choice", "second_choice", "talked_on"),
    }  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        self.scheme = scheme
        for name in self.LEFT_OUT[SchemeKind(scheme.kind)]:
            del self.fields[name]
        fields.choices(
            self, "goal", [("", _("Ikke noe mål")), *((key, one.text) for key, one in self.goals.items())]
        )
        if "subject" in self.fields:
            language = reader_language()
            named = [(key, names.get(language, names["nb"])) for key, names in subjects().items()]
            fields.choices(self, "subject", [("", _("Ikke et skolefag")), *named])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["goal"] = self.goals.get(values.get("goal") or "")
        talked, most = values.get("talked_on"), self.scheme.most_credits
        if talked and talked > timezone.localdate():
            self.add_error("talked_on", _("Samtalen må ha vært holdt."))
        if most and (values.get("credits") or 0) > most:
            said = _("Ordningen gir høyst %(most)s studiepoeng i året.") % {"most": most}
            self.add_error("credits", said)
        if values.get("second_choice") and values["second_choice"] == values.get("first_choice"):
            self.add_error("second_choice", _("Velg noe annet enn det du helst vil ha."))
        return values


class WordForm(forms.Form):
    """The leader's word."""

    supports = forms.TypedChoiceField(
        label=gettext_lazy("Støtter du søknaden?"),
        choices=[("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    words = fields.words(
        gettext_lazy("Hva trenger skolen, og hvorfor?"),
        gettext_lazy("Søkeren og kommunen leser det."),
        rows=5,
        required=True,
    )
    place = fields.whole(
        gettext_lazy("Hvilken plass har den blant skolens egne?"), 100, gettext_lazy("1 er først.")
    )

    def word(self) -> Word:
        return Word(**self.cleaned_data)


class StepForm(forms.Form):
    """A step of an application with what goes with it."""

    to = forms.ChoiceField(choices=State.choices)
    reason = forms.CharField(required=False, max_length=fields.MOST)
    form = forms.ChoiceField(required=False, choices=[("", ""), *Form.choices])
    granted = fields.kroner("")
    after_drop = forms.ChoiceField(required=False, choices=[("", ""), *AfterDrop.choices])

    def said(self) -> Said:
        """What goes with the step."""
        values = self.cleaned_data
        return Said(
            reason=values["reason"],
            form=values["form"],
            granted=values["granted"],
            after_drop=values["after_drop"],
        )


class RankForm(forms.Form):
    """A row of the order: moved, explained, paid otherwise, or not approved."""

    do = forms.ChoiceField(
        choices=[("up", ""), ("down", ""), ("move", ""), ("reason", ""), ("reject", ""), ("pay", "")]
    )
    place = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    reason = forms.CharField(required=False, max_length=fields.MOST)
    form = forms.ChoiceField(required=False, choices=[("", ""), *Form.choices])
    cost = fields.kroner("")


class ReportForm(forms.Form):
    """What the money was used for."""

    report = fields.words(gettext_lazy("Hva ble gjort, og hva kom ut av det?"), rows=7, required=True)
    spent = fields.kroner(gettext_lazy("Hvor mye ble brukt, i kroner?"))


class FileForm(forms.Form):
    """The portal's file."""

    file = SentFile(label=gettext_lazy("Fil med svar"))


class AnswersForm(FileForm):
    """What each column of the file is; the file is chosen once more, since nothing of it was kept."""

    reference = forms.ChoiceField(
        label=gettext_lazy("Hvilken kolonne har referansen?"),
        help_text=gettext_lazy("Referansen sto i listen dere lastet ned, for eksempel 2027-014."),
    )
    decision = forms.ChoiceField(label=gettext_lazy("Hvilken kolonne har svaret?"))
    granted = fields.line(gettext_lazy("Hvilket ord betyr innvilget?"), 60, required=True)
    refused = fields.line(gettext_lazy("Hvilket ord betyr avslått?"), 60, required=True)
    form = forms.ChoiceField(label=gettext_lazy("Hvilken kolonne har vikar eller stipend?"), required=False)
    words = forms.ChoiceField(label=gettext_lazy("Hvilken kolonne har begrunnelsen?"), required=False)

    def __init__(self, *args: Any, heads: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(head, head) for head in heads]
        none = ("", _("Ingen"))
        for name in ("reference", "decision"):
            fields.choices(self, name, [("", _("Velg kolonne")), *named])
        for name in ("form", "words"):
            fields.choices(self, name, [none, *named])
        self.order_fields([name for name in self.fields if name != "file"] + ["file"])

    def columns(self) -> Columns:
        """What the user has pointed at."""
        return Columns(**{name: value for name, value in self.cleaned_data.items() if name != "file"})
