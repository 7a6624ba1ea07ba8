"""What a person says about a file's columns: the form of the page, and the profile that comes of it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.sources import open_template
from tettpaa.data.sources.actions import Pointing
from tettpaa.data.sources.enums import LEAVE_OUT
from tettpaa.data.sources.mapping.profile import ENDS, STARTS, Profile, Role
from tettpaa.data.sources.mapping.reading import Outcome
from tettpaa.data.sources.mapping.words import year_text

MOST_COLUMNS = 200
MOST_WORDS = 60
VALUE_OF = "value:"
ROLES = (
    (Role.SCHOOL, _("Skole (navn eller nummer)")),
    (Role.PERIOD, _("Skoleår, år eller dato")),
    (Role.GRADE, _("Trinn")),
    (Role.GENDER, _("Kjønn")),
    (Role.N, _("Antall bak tallet")),
    (Role.INDICATOR, _("Hva tallet måler, som ord")),
    (Role.VALUE, _("Tallet, når en annen kolonne sier hva det måler")),
    (Role.COUNTER, _("Teller")),
    (Role.DENOMINATOR, _("Nevner")),
    (Role.UNCERTAINTY, _("Usikkerhet")),
    (Role.STATUS, _("Status")),
)
type Choices = list[tuple[Any, Any]]


class ColumnsForm(forms.Form):
    """One choice a column, and what the whole file has in common. Fields are numbered: no heading is a field's name.

    The file is chosen once more, since nothing of it was kept.
    """

    file = forms.FileField(
        label=_("Filen, en gang til"),
        help_text=_("Vi tok ikke vare på filen. Den leses nå, og bare tall om skoler blir igjen."),
        max_length=200,
        error_messages={
            "required": _("Velg filen en gang til."),
            "missing": _("Velg filen en gang til."),
            "empty": _("Filen er tom. Velg en fil med tall i."),
            "max_length": _("Filnavnet er for langt. Gi filen et kortere navn."),
            "invalid": _("Velg filen en gang til."),
        },
    )
    name = forms.CharField(
        label=_("Kall filtypen"),
        help_text=_("For eksempel «Vokal, lesing». Neste fil med de samme overskriftene leses likt."),
        max_length=80,
        error_messages={"required": _("Gi filtypen et navn.")},
    )
    per_person = forms.BooleanField(
        label=_("Filen har én rad per person"),
        help_text=_("Da legger vi radene sammen til skole, trinn og kjønn, og kaster radene."),
        required=False,
    )
    fixed_school = forms.ChoiceField(label=_("Skole for hele filen"), required=False)
    fixed_period = forms.CharField(
        label=_("Skoleår for hele filen"),
        help_text=_("Bare hvis filen ikke har en kolonne for det. Skriv 2025-26."),
        max_length=9,
        required=False,
    )
    fixed_grade = forms.CharField(label=_("Trinn for hele filen"), max_length=12, required=False)
    year = forms.ChoiceField(
        label=_("Årstall"),
        help_text=_("Bare hvis filen skriver 2025 i stedet for 2025-26."),
        choices=[
            ("", _("Filen skriver hele skoleåret")),
            (STARTS, _("2025 betyr 2025-26")),
            (ENDS, _("2025 betyr 2024-25")),
        ],
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(
        self,
        schools: Sequence[Unit],
        heads: Sequence[str],
        names: Sequence[str] = (),
        words: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.heads, self.names, self.words = list(heads), list(names), list(words)
        self._schools: Choices = [(school.code, f"{school.label} ({school.code})") for school in schools]
        self._field("fixed_school").choices = [("", gettext("Står i filen")), *self._schools]
        measures = indicator_choices()
        for index, head in enumerate(self.heads):
            values = [(group, [(f"{VALUE_OF}{key}", name) for key, name in of]) for group, of in measures]
            choices: Choices = [("", gettext("Ikke i bruk")), *ROLES, *values]
            self._choice(f"role_{index}", head or "–", choices)
        for index, name in enumerate(self.names):
            left: Choices = [
                ("", gettext("Velg skole …")),
                *self._schools,
                (LEAVE_OUT, gettext("Ta ikke med denne")),
            ]
            self._choice(f"school_{index}", name or "–", left)
        for index, word in enumerate(self.words):
            known: Choices = [
                ("", gettext("Velg indikator …")),
                (LEAVE_OUT, gettext("Ta ikke med denne")),
                *measures,
            ]
            self._choice(f"means_{index}", word or "–", known)

    @classmethod
    def sent(cls, schools: Sequence[Unit], data: Any, files: Any) -> "ColumnsForm":
        """The form as it came back: headings, names and words are the page's own, sent along."""
        heads = data.getlist("head")[:MOST_COLUMNS]
        names, words = data.getlist("unknown_name")[:MOST_WORDS], data.getlist("unknown_word")[:MOST_WORDS]
        return cls(schools, heads, names, words, data=data, files=files)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _choice(self, name: str, label: str, choices: Choices) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def columns(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Each heading with its choice."""
        for index, head in enumerate(self.heads):
            yield head, self[f"role_{index}"]

    def school_fields(self) -> Iterator[tuple[str, forms.BoundField]]:
        for index, name in enumerate(self.names):
            yield name, self[f"school_{index}"]

    def word_fields(self) -> Iterator[tuple[str, forms.BoundField]]:
        for index, word in enumerate(self.words):
            yield word, self[f"means_{index}"]

    def clean(self) -> dict[str, Any]:
        if getattr(self, "was_too_large", False):
            self.errors.pop("file", None)
            self.add_error("file", gettext("Filen er for stor. Del den opp, eller be driften om hjelp."))
        roles = [self.cleaned_data.get(f"role_{index}", "") for index in range(len(self.heads))]
        self._check_roles(roles)
        for index in range(len(self.names)):
            if not self.cleaned_data.get(f"school_{index}"):
                self.add_error(
                    f"school_{index}", gettext("Velg en skole, eller velg at navnet ikke skal med.")
                )
        for index in range(len(self.words)):
            if not self.cleaned_data.get(f"means_{index}"):
                self.add_error(
                    f"means_{index}", gettext("Velg en indikator, eller velg at ordet ikke skal med.")
                )
        return self.cleaned_data

    def _check_roles(self, roles: Sequence[str]) -> None:
        """A school, a year and a figure must be there; each but the figure once."""
        for index, role in enumerate(roles):
            if role and not role.startswith(VALUE_OF) and role in roles[:index]:
                self.add_error(
                    f"role_{index}", gettext("Dette er valgt for en annen kolonne også. Velg det én gang.")
                )
            if role and self.heads.count(self.heads[index]) > 1:
                self.add_error(
                    f"role_{index}", gettext("To kolonner heter det samme. Gi dem hvert sitt navn i filen.")
                )
        if Role.SCHOOL not in roles and not self.cleaned_data.get("fixed_school"):
            self.add_error("fixed_school", gettext("Pek ut kolonnen med skoler, eller velg skolen her."))
        period = self.cleaned_data.get("fixed_period", "")
        if period and not year_text(period, ""):
            self.add_error("fixed_period", gettext("Skriv skoleåret som 2025-26."))
        elif not period and Role.PERIOD not in roles:
            self.add_error("fixed_period", gettext("Pek ut kolonnen med skoleår, eller skriv det her."))
        values = [role for role in roles if role == Role.VALUE or role.startswith(VALUE_OF)]
        if not values:
            self.add_error(
                None, gettext("Pek ut minst én kolonne med tall: velg indikatoren tallene gjelder.")
            )
        elif (Role.VALUE in values) != (Role.INDICATOR in roles) or (
            Role.VALUE in values and len(values) > 1
        ):
            self.add_error(
                None,
                gettext(
                    "Sier en kolonne hva tallet måler, må det være én kolonne med ordet og én med tallet."
                ),
            )

    def asking(self, outcome: Outcome | None, schools: Sequence[Unit]) -> "ColumnsForm":
        """The same form with a choice for each word that nobody knew; too many are of another kind."""
        names, words = (outcome.unknown_names, outcome.unknown_words) if outcome else ([], [])
        if not names + words or len(names) > MOST_WORDS or len(words) > MOST_WORDS:
            return self
        kept = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        asked_names = [*self.names, *(name for name in names if name not in self.names)]
        asked_words = [*self.words, *(word for word in words if word not in self.words)]
        return ColumnsForm(schools, self.heads, asked_names, asked_words, initial=kept)

    def pointing(self, earlier: Mapping[str, str]) -> Pointing:
        """What was said. `earlier`: words that the profile of this name knows already."""
        data = self.cleaned_data
        columns: dict[str, Role] = {}
        indicators: dict[str, str] = {}
        for index, head in enumerate(self.heads):
            role = data[f"role_{index}"]
            if role.startswith(VALUE_OF):
                columns[head], indicators[head] = Role.VALUE, role.removeprefix(VALUE_OF)
            elif role:
                columns[head] = Role(role)
        fixed = {
            name: data[f"fixed_{name}"] for name in ("school", "period", "grade") if data[f"fixed_{name}"]
        }
        said = {word: data[f"means_{index}"] for index, word in enumerate(self.words)}
        words = dict(earlier) | {word: "" if key == LEAVE_OUT else key for word, key in said.items()}
        schools = {name: data[f"school_{index}"] for index, name in enumerate(self.names)}
        profile = Profile(columns, indicators, words, fixed, data["year"], data["per_person"])
        left = {name: "" if code == LEAVE_OUT else code for name, code in schools.items()}
        return Pointing(profile, data["name"], left)


def indicator_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators that an owner may bring figures of, by theme, in the reader's language."""
    language = reader_language()
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, one in definitions().items():
        if open_template.KEY in one.sources:
            groups.setdefault(one.theme, []).append((key, one.names.in_language(language)))
    return [(theme_name(theme), sorted(of, key=lambda pair: pair[1])) for theme, of in groups.items()]


def theme_name(theme: str) -> str:
    """The theme's heading in the list of indicators."""
    return {
        "læringsmiljø": gettext("Læringsmiljø"),
        "læringsresultater": gettext("Læringsresultater"),
        "gjennomføring": gettext("Gjennomføring"),
        "rammer": gettext("Rammer og ressurser"),
    }.get(theme, theme)
