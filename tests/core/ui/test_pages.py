"""The frame of every page, the gallery, and the pages that say what went wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tests.factories.cast import Cast
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.ui import views
from tettpaa.core.ui.context import Page

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
ClientOf = Callable[[str], Client]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", re.I)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_gallery_shows_every_component_without_inline_code(client_of: ClientOf) -> None:
    response = client_of("berit").get("/ui/")
    text = text_of(response)
    assert response.status_code == 200
    assert INLINE.findall(text) == []
    classes = (
        "hero section certainty sure hidden-figure figure drawer chart table sheet pins steps progress bars"
    )
    classes += (
        " error-summary field ds-button status empty note crumbs tabs segments filters pager bands knots"
    )
    classes += " restricted downloads meanings"
    missing = [name for name in classes.split() if not re.search(rf'class="[^"]*\b{name}\b', text)]
    assert missing == []


def test_gallery_is_for_those_who_are_signed_in(client: Client) -> None:
    response = client.get("/ui/")
    assert (response.status_code, response["Location"].split("?")[1]) == (302, "next=/ui/")


def test_policy_allows_nothing_foreign_or_inline(client_of: ClientOf) -> None:
    policy = client_of("berit").get("/ui/")["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_the_foot_names_who_publishes_figures_only_in_rooms_that_show_some(
    client_of: ClientOf, cast: Cast
) -> None:
    said = "Utdanningsdirektoratet og Statistisk sentralbyrå"
    for address, shows in (
        ("/9901/", True),
        ("/ui/", True),
        ("/9901/midler/", False),
        ("/9901/kompetanse/", False),
    ):
        page = client_of("berit").get(address)
        assert (page.status_code, said in text_of(page)) == (200, shows), address
        assert "Hvert tall kan følges tilbake til fil og rad." in text_of(page)


def test_no_template_empties_the_foot_by_itself() -> None:
    empty = re.compile(r"block credits %\}\s*\{% endblock")
    assert empty.search("{% block credits %}{% endblock %}")
    found = [path.name for path in (ROOT / "src").rglob("*.html") if empty.search(path.read_text())]
    assert found == []


def test_frame_names_owner_role_and_invention(client_of: ClientOf, cast: Cast) -> None:
    OwnerSettings.objects.filter(unit=cast.fjordvik).update(accent="skog")
    text = text_of(client_of("berit").get("/ui/"))
    assert '<html lang="nb"' in text
    assert 'data-accent="skog"' in text
    assert "<title>Mønstre – Fjordvik</title>" in text
    assert '<a class="skip" href="#innhold">' in text
    assert "<b>Skolesjef</b>" in text
    assert "Fjordvik er en oppdiktet kommune." in text
    assert "NLOD" in text


def test_a_role_at_a_school_says_which(client_of: ClientOf) -> None:
    text = text_of(client_of("aud").get("/ui/"))
    assert "<b>Rektor</b><small>Nes skole</small>" in text
    assert '<span class="initials" aria-hidden="true">RE</span>' in text


def test_language_is_switched_by_post_and_stays(client_of: ClientOf) -> None:
    client = client_of("berit")
    response = client.post("/sprak/", {"language": "nn", "next": "/ui/"})
    assert (response.status_code, response["Location"]) == (302, "/ui/")
    nynorsk = text_of(client.get("/ui/"))
    assert '<html lang="nn"' in nynorsk
    assert "Hopp til innhaldet" in nynorsk
    assert "<b>Skulesjef</b>" in nynorsk
    client.post("/sprak/", {"language": "en", "next": "/ui/"})
    assert "Skip to the content" in text_of(client.get("/ui/"))
    assert client.get("/sprak/").status_code == 405


def test_error_summary_links_to_each_field(client_of: ClientOf) -> None:
    text = text_of(client_of("berit").get("/ui/"))
    summary = text.split('class="error-summary')[1].split("</div>")[0]
    assert "3 felt må rettes." in summary
    assert re.findall(r'href="(#[^"]+)"', summary) == ["#id_due_on", "#id_subject", "#id_with_whom"]
    assert 'id="id_due_on_error"' in text
    assert 'aria-describedby="id_due_on_error"' in text


@pytest.mark.parametrize(
    ("view", "error", "status", "first", "button"),
    [
        (views.bad_request, BadRequest(), 400, "Vi kunne ikke lese det nettleseren sendte.", True),
        (views.forbidden, PermissionDenied(), 403, "Denne siden kan du ikke åpne.", True),
        (views.not_found, Http404(), 404, "Siden finnes ikke her.", True),
    ],
)
def test_error_page_says_what_happened(
    view: Callable[..., HttpResponse], error: Exception, status: int, first: str, button: bool
) -> None:
    response = view(RequestFactory().get("/x/"), error)
    assert response.status_code == status
    assert f'<h1 class="lead">{first} <span>' in text_of(response)
    assert ("Gå til forsiden" in text_of(response)) is button


def test_old_form_and_fault_of_ours() -> None:
    request = RequestFactory().get("/x/")
    assert (views.csrf_failure(request).status_code, "for lenge" in text_of(views.csrf_failure(request))) == (
        403,
        True,
    )
    fault = views.server_error(request)
    assert (fault.status_code, "Noe gikk galt hos oss." in text_of(fault)) == (500, True)


def test_error_pages_speak_the_readers_language() -> None:
    with translation.override("en"):
        assert "There is no such page here." in text_of(
            views.not_found(RequestFactory().get("/x/"), Http404())
        )


def test_an_unknown_address_keeps_the_readers_frame(client_of: ClientOf) -> None:
    response = client_of("berit").get("/finnes-ikke/")
    assert response.status_code == 404
    assert "<b>Skolesjef</b>" in text_of(response)


def test_page_without_anybody_has_no_owner_and_no_menu() -> None:
    page = Page(RequestFactory().get("/"))
    assert (page.owner, page.menu, page.user_menu, page.role, page.place, page.accent) == (
        None,
        [],
        [],
        "",
        "",
        "",
    )
    assert page.initials == "?"


def test_page_keeps_the_owner_of_the_address(cast: Cast, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.owner = Unit.objects.select_related("settings").get(code="9902")  # type: ignore[attr-defined]
    assert Page(request).owner == cast.utvik
    assert Page(request).accent == "sjo"


def test_the_signed_in_person_finds_security_and_sign_out(client_of: ClientOf) -> None:
    panel = text_of(client_of("berit").get("/ui/")).split('class="user-panel"')[1]
    assert re.findall(r'href="([^"]+)"', panel)[:2] == ["/konto/2fa/", "/konto/password/change/"]
    assert '<form method="post" action="/konto/logout/">' in panel
