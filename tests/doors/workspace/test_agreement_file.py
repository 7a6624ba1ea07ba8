"""The agreement as a file: two editions, what each holds, and who may have it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.doors.workspace.agreement_document import document_of
from tettpaa.report.export import html
from tettpaa.report.export.tree import Document
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.agreements.queries import document_content

type ClientOf = Callable[[str], Client]


def tree(cast: Cast, name: str, agreement: Agreement, *, public: bool, number: int = 0) -> Document:
    viewer = load_viewer(cast.users[name], date(2026, 5, 1))
    return document_of(document_content(viewer, agreement, number, public=public))


def words(made: Document) -> str:
    return str(html.render(made, lambda figure: ""))


def test_the_public_edition_is_the_open_part(cast: Cast) -> None:
    agreement = making.in_force(cast, goal=making.a_goal(cast), annex=True, background="Bakgrunnen vår")
    made = tree(cast, "fia", agreement, public=True)
    version = agreement.versions.get()
    assert (made.edition, made.edition_label, made.version, made.checksum) == (
        "public", "Offentlig utgave, åpen for alle", "Versjon 1", version.fingerprint,
    )  # fmt: skip
    assert made.subtitle.startswith("Avtale, Nes skole")
    text = words(made)
    for shown in (
        "ha to lærere i lesetimene",
        "gi skolen 20 % lesespesialist",
        "FAU",
        "Rektor",
        version.fingerprint,
    ):
        assert shown in text
    for hidden in (
        "Bakgrunnen vår",
        "FAU ønsker",
        "orpliktende",
        "To elever i gruppa",
        "example.test",
        "vedlegg",
    ):
        assert hidden not in text


def test_the_internal_edition_is_the_whole_text_without_the_annex(cast: Cast) -> None:
    agreement = making.in_force(cast, goal=making.a_goal(cast), annex=True, background="Bakgrunnen vår")
    made = tree(cast, "liv", agreement, public=False)
    text = words(made)
    assert (made.edition, made.edition_label) == (
        "internal",
        "Intern utgave, skal ikke offentliggjøres",
    )
    for shown in (
        "Bakgrunnen vår",
        "FAU ønsker",
        "avgrenset vedlegg som ikke følger med",
    ):
        assert shown in text
    assert made.subtitle.startswith("Forpliktende avtale, Nes skole")
    assert "To elever i gruppa" not in text
    assert "example.test" not in text


def test_a_draft_says_that_nobody_has_signed(cast: Cast) -> None:
    agreement = making.draft(cast)
    made = tree(cast, "aud", agreement, public=False)
    assert (made.edition_label, made.frozen_on, len(made.checksum)) == ("Utkast, ikke signert", None, 64)
    assert "Ingen har signert denne teksten." in words(made)


def test_who_may_have_which(cast: Cast) -> None:
    agreement = making.in_force(cast)
    for name, public, number in (("fia", False, 0), ("eva", True, 0), ("siv", True, 0), ("aud", False, 9)):
        with pytest.raises(Http404):
            tree(cast, name, agreement, public=public, number=number)
    with pytest.raises(Http404):
        tree(cast, "aud", making.draft(cast, source="a:2"), public=True)


def address(agreement: Agreement, kind: str) -> str:
    return reverse("workspace:agreement_file", kwargs=making.place(agreement, kind=kind))


def test_the_file_comes_as_pdf(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast)
    answer = client_of("fia").get(address(agreement, "offentlig"))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == (
        'attachment; filename="avtale-9901-f00000001-offentlig-versjon-1.pdf"'
    )
    assert client_of("aud").get(address(agreement, "intern") + "?versjon=1").status_code == 200
    for name, kind in (("fia", "intern"), ("aud", "hemmelig"), ("eva", "offentlig")):
        assert client_of(name).get(address(agreement, kind)).status_code == 404
    assert client_of("aud").get(address(agreement, "intern") + "?versjon=9").status_code == 404
