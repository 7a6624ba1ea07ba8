"""Letters by e-mail: one template as text and one as HTML, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation


def send_letter(
    *, to: str, subject: str, template: str, context: Mapping[str, Any], language: str = "nb"
) -> None:
    """Send `<template>.txt` and `<template>.html`. `subject` is said by the caller in the same language.

    Call it from a job, never from a page: a mail server may be slow. Raises what Django's mail raises.
    """
    with translation.override(language):
        inside = {**context, "base_address": settings.BASE_ADDRESS, "language": language}
        # Text is not HTML: a name with an ampersand comes out as it was written.
        text = get_template(f"{template}.txt").template  # type: ignore[attr-defined]
        letter = EmailMultiAlternatives(
            subject=" ".join(f"Tett på: {subject}".split()),
            body=text.render(Context(inside, autoescape=False)),
            to=[to],
        )
        letter.attach_alternative(render_to_string(f"{template}.html", inside), "text/html")
        letter.send()
