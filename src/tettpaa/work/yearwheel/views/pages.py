"""Pages of the wheel, the task, the schools and the calendar. Answers by letter are in `letterbox.py` beside this."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.parts import Link, some
from tettpaa.work.yearwheel import access, actions, queries
from tettpaa.work.yearwheel.drawing import draw
from tettpaa.work.yearwheel.forms import AnswerForm, FeedForm, GiveForm, OfferForm
from tettpaa.work.yearwheel.rules import school_year_of
from tettpaa.work.yearwheel.wording import wheel_answer, wheel_reasons

FEED_COOKIE = "yearwheel_feed"


@require_safe
def wheel(request: PlacedRequest, owner: str) -> HttpResponse:
    """The year as a picture, the month as a list."""
    today = timezone.localdate()
    chosen = _chosen(request, today)
    found = queries.wheel(request.viewer, request.owner, today, chosen)
    dots = [(dot.due_on, dot.tag, dot.left > 0, dot.is_late) for dot in found.dots]
    context = {
        "wheel": found,
        "late": some(found.late, request.GET),
        "now": some(found.now, request.GET),
        "done": some(found.done, request.GET),
        "chosen": chosen,
        "today": today,
        "picture": draw(dots, school_year=chosen.year, month=chosen.month, today=today),
        "answer": wheel_answer(found, chosen.month),
        "reasons": wheel_reasons(found),
        "before": _beside(request, chosen, -1),
        "after": _beside(request, chosen, 1),
        "months": queries.MONTHS,
        "may_edit": request.viewer.may(Permission.WHEEL_EDIT, request.owner),
        "may_see_all": request.viewer.may(Permission.WHEEL_READ, request.owner),
        "has_late": bool(found.late),
        "open_count": len(found.late) + len(found.now),
    }
    return render(request, "yearwheel/wheel.html", context)


def _chosen(request: PlacedRequest, today: date) -> queries.Chosen:
    """What the address asks for; what makes no sense is read as nothing."""
    month = _number(request.GET.get("maaned"), 1, 12) or today.month
    year = _number(request.GET.get("aar"), 2000, 2100) or school_year_of(today)
    code = request.GET.get("skole", "")
    schools = queries.schools_for(request.viewer, request.owner) if code else []
    school = next((school for school in schools if school.code == code), None)
    if code and school is None:
        raise Http404
    return queries.Chosen(year, month, school, request.GET.get("rolle", ""))


def _number(text: str | None, low: int, high: int) -> int | None:
    if text is None or not text.isascii() or not text.isdigit():
        return None
    return int(text) if low <= int(text) <= high else None


def _beside(request: PlacedRequest, chosen: queries.Chosen, step: int) -> Link:
    """The month before or after, in the school year where it lies, with the same filter."""
    place = queries.MONTHS.index(chosen.month) + step
    month, year = queries.MONTHS[place % 12], chosen.year + place // 12
    query = request.GET.copy()
    query["maaned"], query["aar"] = str(month), str(year)
    return Link(str(month), f"?{query.urlencode()}")


@require_safe
def schools(request: PlacedRequest, owner: str) -> HttpResponse:
    """The schools' tasks of a month, side by side."""
    today = timezone.localdate()
    chosen = _chosen(request, today)
    found = queries.matrix(request.viewer, request.owner, today, year=chosen.year, month=chosen.month)
    context = {
        "matrix": found,
        "chosen": chosen,
        "today": today,
        "before": _beside(request, chosen, -1),
        "after": _beside(request, chosen, 1),
        "left": sum(1 for _school, cells in found.rows if any(cell and cell.is_open for cell in cells)),
    }
    return render(request, "yearwheel/schools.html", context)


@require_safe
def task(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """One task: what it is, what it takes, and the answer."""
    row = access.task_for_reading(request.viewer, request.owner, task)
    return _task_page(request, row)


def _task_page(
    request: PlacedRequest,
    row: Any,
    *,
    form: AnswerForm | None = None,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    page = queries.task_page(request.viewer, row, timezone.localdate())
    people = [(str(person.pk), f"{person.name}, {person.role}") for person in page.people]
    context = {
        "page_of": page,
        "form": form or AnswerForm(initial={"version": row.version}, tag=row.tag),
        "give": GiveForm(people=people) if people else None,
        "conflict": conflict,
        "today": timezone.localdate(),
    }
    return render(request, "yearwheel/task.html", context, status=status)


@require_POST
def answer(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """Done, partly, not for us, or dropped this year."""
    row = access.task_for_answering(request.viewer, request.owner, task)
    form = AnswerForm(request.POST, tag=row.tag)
    if not form.is_valid():
        return _task_page(request, row, form=form, status=422)
    said = actions.NewAnswer(
        form.cleaned_data["answer"], form.cleaned_data["text"], form.cleaned_data["experience"], row.role
    )
    try:
        actions.answer_task(
            task=row.pk, answer=said, by=request.viewer.email, version=form.cleaned_data["version"]
        )
    except (ConflictError, NotAllowedError):
        row = access.task_for_reading(request.viewer, request.owner, task)
        form = AnswerForm({**form.cleaned_data, "version": row.version}, tag=row.tag)
        return _task_page(request, row, form=form, conflict=True, status=409)
    messages.success(request, _("Takk, vi har skrevet det ned."))
    return redirect("yearwheel:task", owner=owner, task=task)


@require_POST
def undo(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """Take one's own answer back within a day; after that, open the task again."""
    row = access.task_for_answering(request.viewer, request.owner, task)
    last = queries.last_answer(row)
    try:
        if last is not None and last.by == request.viewer.email:
            actions.undo_answer(answer=last.pk, by=request.viewer.email)
        else:
            actions.reopen_task(task=row.pk, by=request.viewer.email)
    except actions.TooLateError:
        actions.reopen_task(task=row.pk, by=request.viewer.email)
    except NotAllowedError:
        messages.warning(request, _("Gjøremålet er åpent fra før."))
        return redirect("yearwheel:task", owner=owner, task=task)
    messages.success(request, _("Gjøremålet er åpent igjen."))
    return redirect("yearwheel:task", owner=owner, task=task)


@require_POST
def give(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """Offer the task to somebody at the same place."""
    row = access.task_for_answering(request.viewer, request.owner, task)
    page = queries.task_page(request.viewer, row, timezone.localdate())
    known = {str(person.pk): person for person in page.people}
    form = GiveForm(request.POST, people=[(key, person.name) for key, person in known.items()])
    if not form.is_valid():
        messages.warning(request, _("Velg hvem du vil gi gjøremålet til."))
        return redirect("yearwheel:task", owner=owner, task=task)
    to = known[form.cleaned_data["to"]]
    actions.give_task(
        task=row.pk,
        to=to.pk,
        to_role=to.role_key,
        note=form.cleaned_data["note"],
        by=request.viewer.email,
    )
    messages.success(request, _("Tilbudet er sendt. Gjøremålet er ditt til det er tatt imot."))
    return redirect("yearwheel:task", owner=owner, task=task)


@require_POST
def take(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """Accept an offer or say no; or take one's own offer back."""
    offer = access.offer_for_answering(request.viewer, request.owner, task)
    form = OfferForm(request.POST)
    choice = form.cleaned_data["answer"] if form.is_valid() else ""
    is_to_me = offer.to.email == request.viewer.email
    if choice in {"ja", "nei"} and is_to_me:
        actions.answer_offer(
            handover=offer.pk, accept=choice == "ja", note=form.cleaned_data["note"], by=request.viewer.email
        )
    elif choice == "trekk" and not is_to_me:
        actions.withdraw_offer(handover=offer.pk, by=request.viewer.email)
    else:
        raise Http404
    said = {
        "ja": _("Gjøremålet er ditt."),
        "nei": _("Du sa nei. Gjøremålet blir hos den som har det."),
        "trekk": _("Du beholder gjøremålet."),
    }
    messages.success(request, said[choice])
    if choice == "nei":
        return redirect("yearwheel:wheel", owner=owner)
    return redirect("yearwheel:task", owner=owner, task=task)


@require_safe
def task_date(request: PlacedRequest, owner: str, task: UUID) -> HttpResponse:
    """The date as a calendar file."""
    row = access.task_for_reading(request.viewer, request.owner, task)
    return _ics(queries.task_bytes(row, get_language() or "nb"), "gjoremal.ics")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: PlacedRequest, owner: str) -> HttpResponse:
    """The person's secret calendar address: made, renewed, closed."""
    if request.method == "POST":
        return _change_calendar(request, owner)
    token = request.get_signed_cookie(FEED_COOKIE, default="", max_age=300)
    address = settings.BASE_ADDRESS + reverse("yearwheel:feed", kwargs={"token": token}) if token else ""
    context = {
        "feed": queries.feed_of(request.owner, request.viewer.email),
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "form": FeedForm(),
    }
    response = render(request, "yearwheel/calendar.html", context)
    response.delete_cookie(FEED_COOKIE, path=request.path)
    return response


def _change_calendar(request: PlacedRequest, owner: str) -> HttpResponse:
    response = redirect("yearwheel:calendar", owner=owner)
    if request.POST.get("deed") == "close":
        actions.close_feed(owner=request.owner, user=request.user, by=request.viewer.email)
        messages.success(request, _("Adressen er stengt."))
        return response
    form = FeedForm(request.POST)
    if not form.is_valid():
        raise Http404
    token = actions.open_feed(
        owner=request.owner,
        user=request.user,
        scope=form.cleaned_data["scope"],
        language=(get_language() or "nb")[:2],
        by=request.viewer.email,
    )
    # Shown once, on the page that comes now; the server keeps only the hash.
    response.set_signed_cookie(
        FEED_COOKIE,
        token,
        max_age=300,
        path=request.path,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
    return response


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
