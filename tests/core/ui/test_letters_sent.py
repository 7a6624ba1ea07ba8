"""A letter is text and HTML in one, in the reader's language."""

from pathlib import Path

from django.core import mail
from django.test import override_settings

from tettpaa.core.ui.letters import send_letter


def test_a_letter_has_both_forms(tmp_path: Path, settings: object) -> None:
    (tmp_path / "hei.txt").write_text(
        "{% load i18n %}{% translate 'Oversikt' %} {{ name }} {{ base_address }}"
    )
    (tmp_path / "hei.html").write_text(
        "{% extends 'letter.html' %}{% block letter %}<p>{{ name }}</p>{% endblock %}"
    )
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]  # type: ignore[attr-defined]
    with override_settings(TEMPLATES=templates, BASE_ADDRESS="https://tettpaa.example"):
        send_letter(
            to="a@example.test",
            subject="To\nlinjer",
            template="hei",
            context={"name": "<Aud>"},
            language="en",
        )
    (letter,) = mail.outbox
    assert letter.subject == "Tett på: To linjer"
    assert letter.body == "Overview <Aud> https://tettpaa.example"
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "<p>&lt;Aud&gt;</p>" in html
    assert 'lang="en"' in html
