"""What secret addresses open: the answer of a letter, and a calendar. Nobody needs to be signed in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.yearwheel import access, actions, queries
from tettpaa.work.yearwheel.enums import STATE_OF, Kind, State
from tettpaa.work.yearwheel.forms import LinkForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Opening shows the answer ready to send; only sending it does something."""
    link = access.link_by_token(token)
    if kind not in STATE_OF:
        raise Http404
    with translation.override(_language(request, link.language)):
        if queries.link_closed(link, timezone.now()):
            return _receipt(request, token, status=410 if queries.link_expired(link, timezone.now()) else 200)
        form = _form(request, kind)
        if request.method == "POST" and form.is_valid():
            said = actions.NewAnswer(STATE_OF[kind], form.cleaned_data.get("text", ""), role=link.task.role)
            try:
                actions.answer_by_link(link=link.pk, answer=said)
            except (ConflictError, NotAllowedError, actions.LinkClosedError):
                return _receipt(request, token, status=409)
            return redirect("yearwheel:receipt", token=token)
        context = {"link": link, "task": link.task, "kind": kind, "form": form, "token": token, "kinds": Kind}
        return _private(render(request, "yearwheel/answer.html", context, status=422 if form.errors else 200))


def _form(request: HttpRequest, kind: str) -> LinkForm:
    label = _("Hva gjenstår?") if STATE_OF[kind] == State.PARTLY else _("Hvorfor gjelder det ikke dere?")
    return LinkForm(
        request.POST if request.method == "POST" else None, needs_text=kind != Kind.DONE, label=label
    )


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What is written down now, with a way back."""
    link = access.link_by_token(token)
    with translation.override(_language(request, link.language)):
        return _receipt(request, token)


def _receipt(request: HttpRequest, token: str, *, status: int = 200) -> HttpResponse:
    link = access.link_by_token(token)
    now = timezone.now()
    context = {
        "link": link,
        "task": link.task,
        "token": token,
        "kinds": Kind,
        "mine": link.answer,
        "may_undo": queries.may_undo(link, now),
        "is_closed": queries.link_closed(link, now),
        "is_late": status == 409,
    }
    return _private(render(request, "yearwheel/receipt.html", context, status=status))


@never_cache
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take the answer of this link back within a day."""
    link = access.link_by_token(token)
    try:
        actions.undo_by_link(link=link.pk)
    except (actions.TooLateError, actions.LinkClosedError):
        with translation.override(_language(request, link.language)):
            return _receipt(request, token, status=409)
    return redirect("yearwheel:receipt", token=token)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar program fetches the dates."""
    row = access.feed_by_token(token)
    today = timezone.localdate()
    content = queries.feed_bytes(row, today)
    actions.note_reading(feed=row.pk, on=today)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="arshjul.ics"'
    response["Cache-Control"] = "private, max-age=3600"
    return _private(response)


def _language(request: HttpRequest, of_letter: str) -> str:
    """What the reader has chosen in this browser, else the language of the letter."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else of_letter


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine, and the address is told to nobody else."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
