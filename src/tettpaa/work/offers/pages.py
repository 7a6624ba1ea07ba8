"""What several pages of the room need: plain values for a form page, roles by name, the token of a gathering's code."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.work.offers.models import Gathering

LETTERS = 20


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words around a form: what it is about, its question, a line of help, its button, where back leads."""

    title: str
    first: str
    support: str
    button: str
    back: str
    back_words: str


def role_choices(language: str) -> list[tuple[str, str]]:
    """Roles that do things in the year wheel, by name."""
    return [
        (key, role.names.get(language, role.names["nb"]))
        for key, role in roles().items()
        if Permission.TASKS_DO in role.permissions or Permission.OFFERS_EDIT in role.permissions
    ]


def role_name(key: str, language: str) -> str:
    """`Rektor`; the key itself when it is no longer known."""
    role = roles().get(key)
    return role.names.get(language, role.names["nb"]) if role else key


def code_token(gathering: Gathering, day: date) -> str:
    """What stands in the code of a gathering: it can be made by nobody outside, and holds for one day only."""
    return salted_hmac(
        "tettpaa.offers.code", f"{gathering.pk}:{day.isoformat()}", algorithm="sha256"
    ).hexdigest()[:LETTERS]


def fits(gathering: Gathering, day: date, token: str) -> bool:
    """Whether the code is of this gathering and this day."""
    return constant_time_compare(code_token(gathering, day), token)


def code_image(address: str) -> str:
    """The QR code of an address as an SVG data address: dark on white also in dark mode, so that every phone reads it."""
    import segno  # noqa: PLC0415 - slow import

    return str(
        segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=4, dark="#000", light="#fff")
    )


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that two people have written, as it is saved and as the second wants it."""

    label: str
    theirs: str
    mine: str


def differing(form: forms.Form, theirs: Any) -> list[Differing]:
    """The fields of a form that differ from the row as it is now. The form goes on with the row's version."""
    found = []
    for name, field in form.fields.items():
        if name == "version" or not hasattr(theirs, name):
            continue
        saved, wanted = getattr(theirs, name), form.cleaned_data.get(name)
        if saved != wanted:
            found.append(Differing(str(field.label), str(saved or ""), str(wanted or "")))
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(theirs.version)
    form.data = data
    return found
