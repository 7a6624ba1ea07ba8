"""Invented content for the gallery, so that each component is seen in each state."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from tettpaa.core.ui.parts import Cell, Knot, Link, Pin, SheetRow, Step, StepState, some


class SampleForm(forms.Form):
    """One of each control."""

    goal = forms.CharField(label="Mål for trivsel", help_text="Skriv målet i en setning.")
    due_on = forms.DateField(label="Frist", widget=forms.DateInput(attrs={"type": "date"}))
    subject = forms.ChoiceField(label="Prøve", choices=[("r", "Regning"), ("l", "Lesing")])
    text = forms.CharField(label="Begrunnelse", widget=forms.Textarea, required=False)
    with_whom = forms.ChoiceField(
        label="Sammenlign med", choices=[("n", "Landet"), ("k", "Kommunen")], widget=forms.RadioSelect
    )
    file = forms.FileField(label="Fil", required=False)
    agreed = forms.BooleanField(label="Rektor har lest forslaget", required=False)


def _row(number: int, *texts: str, pin: int = 0) -> SheetRow:
    """A row of a sheet; with a pin on its last cell when there is an error."""
    last = len(texts) - 1
    cells = [
        Cell(text, pin if place == last else 0, is_number=place > 1 and number > 1)
        for place, text in enumerate(texts)
    ]
    return SheetRow(number, cells)


LINKS = {
    "tabs": [
        Link("Slik går det", "#", is_current=True),
        Link("Avtale og tiltak", "#"),
        Link("Dokumenter", "#"),
    ],
    "segments": [Link("Landet", "#", is_current=True), Link("Fjordvik", "#"), Link("Lignende skoler", "#")],
    "downloads": [Link("CSV", "#", text="12 kB"), Link("Excel", "#")],
}
WAYS = {
    "steps": [
        Step("Mottatt", "lagret uendret", StepState.DONE),
        Step("Lest", "25 rader, 5 kolonner", StepState.DONE),
        Step("Kontrollert", "1 celle må rettes", StepState.FAILED),
        Step("Sammenlignet", "se forhåndsvisning", StepState.LATER),
        Step("Publisert", "venter", StepState.LATER),
    ],
    "road": [
        Step("Utkast", "11. desember", StepState.DONE),
        Step("Komité", "20. januar", StepState.NOW),
        Step("Kommunestyre", "17. februar", StepState.LATER),
    ],
    "bars": ["done", "done", "done", "now", "later", "later"],
}
SHEET = {
    "columns": ["A", "B", "C", "D"],
    "rows": [
        _row(1, "orgnr", "enhet", "antall", "skalapoeng"),
        _row(6, "999 100 046", "Nes skole", "34", "47,4"),
        _row(7, "999 100 054", "Solbakken skole", "22", "4 9,1", pin=1),
    ],
    "pins": [
        Pin(1, "Rad 7, kolonne D", "skalapoeng", "Vi leste «4 9,1», og det er ikke et tall.", "Skriv 49,1.")
    ],
}
FIGURES = {
    "certainties": ["clear", "likely", "none", "unknown"],
    "missing": [
        "hidden_by_us",
        "hidden_by_source",
        "confidential",
        "no_participants",
        "not_applicable",
        "missing",
        "awaited",
    ],
    "schools": [("Breidablikk", 123, 50.4), ("Nes", 102, 48.0), ("Vik", 1189, 51.8)],
    "knots": [
        Knot("Slik du ser det", "47,4 skalapoeng, trolig mellom 44,2 og 50,6"),
        Knot("Regel for skjerming", "34 elever er over grensen på 10."),
        Knot("Fil, lagret uendret", "np5_2026_fjordvik.csv", is_open=True),
    ],
}


def samples() -> dict[str, Any]:
    """Everything the gallery's template shows."""
    return {
        **LINKS,
        **WAYS,
        **SHEET,
        **FIGURES,
        "crumbs": [Link(_("Skoler"), "#"), Link("Nes skole")],
        "form": SampleForm({"goal": "4,2 innen våren", "due_on": "vår"}),
        "sheets": Paginator(range(60), 20).page(2),
        "differing": [{"label": "Begrunnelse", "theirs": "Færre har svart enn i fjor.", "mine": ""}],
        "first_rows": some(range(60), QueryDict("maaned=9")),
    }
