"""What the room's form pages share: one template, and both versions when two have written at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest


def found_address(route: str, owner: str, pk: UUID) -> str:
    """The address of a row's own page."""
    return reverse(route, args=[owner, pk])


def simple(
    request: PlacedRequest, form: forms.Form, shown: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page with one form. `shown`: first (the h1), about, back, and perhaps help, personal, remove, differing."""
    return render(request, "funds/form.html", {"form": form, **shown}, status=status)


def conflict(
    request: PlacedRequest, form: forms.Form, shown: Mapping[str, Any], error: ConflictError
) -> HttpResponse:
    """Both versions side by side; what was written here stays in the form, at the version it now meets."""
    differing = [
        {"label": field.label, "theirs": _said(error.theirs, name), "mine": _said(error.mine, name)}
        for name, field in form.fields.items()
        if name != "version"
        and hasattr(error.mine, name)
        and getattr(error.theirs, name) != getattr(error.mine, name)
    ]
    return simple(request, form, {**shown, "differing": differing}, status=409)


def _said(row: Any, name: str) -> Any:
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)
