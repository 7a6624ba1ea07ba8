"""Letters by e-mail: one template as text and one as HTML, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
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


def send_each[Reader](
    readers: Sequence[Reader],
    *,
    keep: Callable[[Reader], tuple[Model, bool]],
    send: Callable[[Reader], None],
    progress: Callable[[int, int], None],
) -> int:
    """Send to those who have not had it; returns how many. Raises what the mail server raises: the job tries again.

    `keep` finds or writes the row that says that a letter has gone out, and tells whether it is new.
    """
    sent = 0
    for number, reader in enumerate(readers, start=1):
        row, is_new = keep(reader)
        if is_new:
            try:
                send(reader)
            except Exception:
                row.delete()
                raise
            sent += 1
        progress(number, len(readers))
    return sent
