"""Pages of the office."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.orgs.actions import BodyWords, end_body
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.editing import ChangedMeanwhileError, WrongError, end_entry, mark
from tettpaa.core.packs.exporting import export_pack, zipped
from tettpaa.core.packs.merging import title
from tettpaa.core.packs.problems import PackError
from tettpaa.core.packs.queries import founding_pack
from tettpaa.core.packs.reading import ReadPack
from tettpaa.doors.office import queries
from tettpaa.doors.office.actions import BodyChangedError, add_body, change_body, save_owner, save_words
from tettpaa.doors.office.forms import BodyForm, EntryForm, OwnerForm


@require_safe
def audit(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who did what and when."""
    trail = queries.trail(request.owner, number=request.GET.get("side"))
    return render(request, "office/audit.html", {"trail": trail})


@require_safe
def access(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who has access to what, printable."""
    context = {"roles": queries.role_lines(request.owner), "routes": queries.route_lines()}
    return render(request, "office/access.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's own words, colour and schools."""
    form = OwnerForm(request.POST or None, owner=request.owner)
    if request.method == "POST" and form.is_valid():
        save_owner(owner=request.owner, choices=form.cleaned_data, by=request.viewer.email)
        messages.success(request, _("Innstillingene er lagret."))
        return redirect("office:settings", owner=owner)
    return render(request, "office/settings.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def packs(request: PlacedRequest, owner: str) -> HttpResponse:
    """The set-up of today and the packs that can be loaded."""
    return render(request, "office/packs.html", {"setup": queries.setup(request.owner)})


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: PlacedRequest, owner: str, pack: str) -> HttpResponse:
    """What loading a pack would change; and loading it."""
    found = _founding(pack)
    if request.method == "POST":
        load_pack(owner=request.owner, pack=found, by=request.viewer.email)
        messages.success(request, _("Pakken er lastet. Det dere har skrevet selv, står som før."))
        return redirect("office:packs", owner=owner)
    return render(request, "office/pack.html", {"shown": queries.pack_page(request.owner, found)})


def _founding(name: str) -> ReadPack:
    try:
        return founding_pack(name)
    except PackError as error:
        raise Http404 from error


@require_safe
def pack_export(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's set-up of today as a pack, zipped."""
    content = zipped(export_pack(request.owner))
    disposition = f'attachment; filename="pakke-{request.owner.code}.zip"'
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
def bodies(request: PlacedRequest, owner: str) -> HttpResponse:
    """The bodies with a voice, and one more."""
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_body(owner=request.owner, words=_words(form), by=request.viewer.email)
        messages.success(request, _("Organet er lagt til."))
        return redirect("office:bodies", owner=owner)
    context = {"form": form, "bodies": queries.body_lines(request.owner)}
    return render(request, "office/bodies.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: PlacedRequest, owner: str, key: str) -> HttpResponse:
    """One body in words."""
    found = queries.body_of(request.owner, key)
    if found is None:
        raise Http404
    form, theirs = BodyForm(request.POST or None, body=found, seen=queries.body_words(found)), ""
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            change_body(owner=request.owner, key=key, words=_words(form), seen=seen, by=request.viewer.email)
        except BodyChangedError as error:
            theirs = error.theirs
            # The person has seen it now, and may save over it.
            form.data = request.POST.dict() | {"seen": theirs}
        else:
            messages.success(request, _("Organet er endret."))
            return redirect("office:bodies", owner=owner)
    context = {"form": form, "body": found, "theirs": theirs}
    return render(request, "office/body.html", context, status=409 if theirs else 422 if form.errors else 200)


def _words(form: BodyForm) -> BodyWords:
    return BodyWords(**{name: value for name, value in form.cleaned_data.items() if name != "seen"})


@require_POST
def body_end(request: PlacedRequest, owner: str, key: str) -> HttpResponse:
    """End a body; what it has said stays."""
    end_body(owner=request.owner, key=key, by=request.viewer.email)
    messages.success(request, _("Organet er avsluttet. Det som er skrevet der, blir stående."))
    return redirect("office:bodies", owner=owner)


@require_safe
def part(request: PlacedRequest, owner: str, kind: str) -> HttpResponse:
    """One part of the set-up, every entry in words."""
    found = queries.part_page(request.owner, kind)
    if found is None:
        raise Http404
    return render(request, "office/part.html", {"part": found})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: PlacedRequest, owner: str, kind: str) -> HttpResponse:
    """One more entry in a part that is edited here."""
    return _entry(request, kind, "")


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PlacedRequest, owner: str, kind: str, key: str) -> HttpResponse:
    """One entry of a part that is edited here."""
    return _entry(request, kind, key)


def _entry(request: PlacedRequest, kind: str, key: str) -> HttpResponse:
    found = queries.edited(request.owner, kind, key)
    if found is None:
        raise Http404
    edited, words = found
    form = EntryForm(
        request.POST or None,
        fields=queries.form_fields(edited, is_new=not key),
        bodies=queries.body_names(request.owner),
        initial=words | {"seen": mark(words) if key else ""},
    )
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            save_words(
                owner=request.owner, edited=edited, key=key, form=form.cleaned_data, by=request.viewer.email
            )
        except ChangedMeanwhileError as error:
            theirs = queries.facts(error.theirs or {}, with_name=True)
            form.data = request.POST.dict() | {"seen": mark(error.theirs or {})}
        except WrongError as error:
            for field, text in queries.wrong_words(error.problems):
                form.add_error(field if field in form.fields else None, text)
        else:
            messages.success(request, _("Lagret."))
            return redirect("office:part", owner=request.owner.code, kind=kind)
    context = {"form": form, "title": title(words), "key": key, "part": kind, "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "office/entry.html", context, status=status)


@require_POST
def entry_end(request: PlacedRequest, owner: str, kind: str, key: str) -> HttpResponse:
    """End an entry; what others have built on stays."""
    found = queries.edited(request.owner, kind)
    if found is None:
        raise Http404
    end_entry(owner=request.owner, edited=found[0], key=key, by=request.viewer.email)
    messages.success(request, _("Avsluttet. Det som bygger på det, blir stående."))
    return redirect("office:part", owner=owner, kind=kind)
