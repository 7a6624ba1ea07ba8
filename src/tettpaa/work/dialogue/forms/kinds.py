"""A kind of meeting in words: the same as the pack's file, one line an item."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Body
from tettpaa.core.orgs.permissions import roles
from tettpaa.work.dialogue.enums import ItemVoice
from tettpaa.work.dialogue.models import MeetingKind
from tettpaa.work.dialogue.wording import role_name

LONG = 4000
DAYS = ("days_open", "days_proposals", "days_freeze", "days_agenda", "days_minutes", "days_approval")


class KindForm(forms.ModelForm):  # type: ignore[type-arg]
    """A kind of meeting in words: its name, its days, who takes part, and its agenda as lines."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roller som er med"), widget=forms.CheckboxSelectMultiple
    )
    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("Organer som er med"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agenda = forms.CharField(
        label=gettext_lazy("Fast saksliste"),
        help_text=gettext_lazy(
            "Én sak på hver linje: minutter, tittel, og hvem som åpner. Slik: 15 | Siden sist | elevene"
        ),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=LONG,
    )

    class Meta:
        model = MeetingKind
        fields = ("name", "about", "place", *DAYS)
        labels = {
            "name": gettext_lazy("Navn"),
            "about": gettext_lazy("Hva møtet er for"),
            "place": gettext_lazy("Sted"),
            "days_open": gettext_lazy("Pakken åpner så mange dager før"),
            "days_proposals": gettext_lazy("Siste dag for forslag, dager før"),
            "days_freeze": gettext_lazy("Pakken låses, dager før"),
            "days_agenda": gettext_lazy("Saklista sendes, dager før (minst 7)"),
            "days_minutes": gettext_lazy("Referatet sendes, dager etter"),
            "days_approval": gettext_lazy("Referatet godkjennes, dager etter"),
        }

    def __init__(self, *args: Any, owners_bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(key, role_name(key)) for key in roles()]  # type: ignore[attr-defined]
        self.fields["bodies"].choices = [(body.key, body.name) for body in owners_bodies]  # type: ignore[attr-defined]
        self.initial["agenda"] = "\n".join(
            " | ".join(
                [
                    str(item["minutes"]),
                    item["title"],
                    *([str(ItemVoice(item["voice"]).label)] if item.get("voice") else []),
                ]
            )
            for item in self.instance.items
        )
        self.initial.update(roles=self.instance.roles, bodies=self.instance.bodies)

    def clean_agenda(self) -> list[dict[str, Any]]:
        known = {item["title"]: item.get("about", "") for item in self.instance.items}
        return [_item(line, known) for line in self.cleaned_data["agenda"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        days = [data.get(name) for name in ("days_open", "days_proposals", "days_freeze", "days_agenda")]
        if None not in days and (days != sorted(days, reverse=True) or days[-1] < 7):  # type: ignore[type-var, operator]
            raise forms.ValidationError(
                _(
                    "Rekkefølgen må være: pakken åpner, forslag, låses, saklista. Saklista går ut minst sju dager før."
                )
            )
        return data

    def saved(self) -> dict[str, Any]:
        """The fields of the kind, for the action."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("name", "about", "place", *DAYS, "roles", "bodies")}
        return {**kept, "items": data["agenda"]}


def _item(line: str, known: Mapping[str, str]) -> dict[str, Any]:
    """`15 | Siden sist | elevene` as an item; raises ValidationError with the line."""
    parts = [part.strip() for part in line.split("|")]
    voices = {str(label).lower(): value for value, label in ItemVoice.choices}
    if len(parts) not in (2, 3) or not parts[0].isdigit() or not 1 <= int(parts[0]) <= 240 or not parts[1]:
        raise forms.ValidationError(
            _("Linja «%(line)s» mangler minutter eller tittel.") % {"line": line.strip()}
        )
    voice = voices.get(parts[2].lower()) if len(parts) == 3 else ""
    if voice is None:
        raise forms.ValidationError(
            _(
                "«%(voice)s» er ingen vi kjenner. Skriv elevene, foreldrene, de ansatte, eller: elever, foreldre og ansatte."
            )
            % {"voice": parts[2]}
        )
    return {"minutes": int(parts[0]), "title": parts[1], "voice": voice, "about": known.get(parts[1], "")}
