"""The trail, the access page and the owner's settings."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.triggers import protect, release
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.doors.office.wording import EVENTS, event_words

SRC = Path(__file__).resolve().parents[3] / "src" / "tettpaa"


def texts_of(room: str = "*") -> str:
    """The code of a room, or of all, but for the sentences themselves."""
    files = (path for path in SRC.glob(f"*/{room}/**/*.py") if path != SRC / "doors/office/wording.py")
    return "\n".join(path.read_text() for path in files)


def test_every_kind_of_event_has_its_sentence() -> None:
    code = texts_of()
    jobs = set(re.findall(r'@job\("([a-z_.]+)"', code))
    kinds = set(re.findall(r'kind="([a-z]+\.[a-z_]+)"', code)) - jobs
    assert kinds - set(EVENTS) == set()
    assert event_words("later.thing_done") == "later.thing_done"


def test_no_sentence_is_left_of_an_event_that_is_gone() -> None:
    """A room may put a kind together of pieces, so each word of it is looked for in the room's own code."""
    rooms = {kind.partition(".")[0] for kind in EVENTS}
    code = {room: texts_of(room) for room in rooms}
    words = [(kind, word) for kind in EVENTS for word in kind.partition(".")[2].split("_")]
    assert [(kind, word) for kind, word in words if word not in code[kind.partition(".")[0]]] == []


@pytest.mark.django_db
def test_the_trail_is_told_in_words_and_stays_at_home(cast: Cast, client_of: object) -> None:
    page = client_of("berit").get("/9901/revisjonsspor/").content.decode()  # type: ignore[operator]
    assert "Sporet er helt." in page
    assert "Ga en rolle" in page
    assert "aud@example.test" in page
    assert "eva@example.test" not in page


@pytest.mark.django_db
def test_a_broken_trail_is_told_first(cast: Cast, client_of: object) -> None:
    release(connection, "audit_event")
    Event.objects.filter(chain="9901", number=2).update(subject="forged")
    protect(connection, "audit_event")
    page = client_of("arne").get("/9901/revisjonsspor/").content.decode()  # type: ignore[operator]
    assert "Sporet har ett brudd." in page


@pytest.mark.django_db
def test_the_access_page_names_people_and_doors(
    cast: Cast, client_of: object, django_assert_max_num_queries: object
) -> None:
    client = client_of("siv")  # type: ignore[operator]
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get("/9901/tilganger/").content.decode()
    assert re.search(r"Rektor.*Aud.*Nes skole", page, re.S)
    assert "Eva" not in page
    assert "office:settings" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "hvem som kan se hva"), ("nn", "kven som kan sjå kva"), ("en", "who may see what")],
)
def test_the_office_speaks_three_languages(cast: Cast, client_of: object, language: str, words: str) -> None:
    client: Client = client_of("berit")  # type: ignore[operator]
    assert words in client.get("/9901/tilganger/", headers={"accept-language": language}).content.decode()


@pytest.mark.django_db
def test_settings_are_saved_and_told(cast: Cast, client_of: object) -> None:
    client: Client = client_of("berit")  # type: ignore[operator]
    choices = {
        "report_name": "Kvalitetsmelding",
        "accent": "skog",
        "language_form": "nn",
        "wheel_profile": "early_spring",
        "own_schools": ["F00000002"],
    }
    assert client.post("/9901/innstillinger/", choices).status_code == 302
    own = OwnerSettings.objects.get(unit=cast.fjordvik)
    assert (own.report_name, own.accent, own.language_form) == ("Kvalitetsmelding", "skog", "nn")
    assert [s.label for s in schools_of(cast.fjordvik)] == ["Vik skole"]
    kinds = list(Event.objects.filter(chain="9901").order_by("-number").values_list("kind", flat=True)[:2])
    assert kinds == ["orgs.own_schools_chosen", "orgs.settings_changed"]
    page = client.get("/9901/innstillinger/").content.decode()
    assert "Innstillingene er lagret." in page
    before = Event.objects.count()
    client.post("/9901/innstillinger/", choices)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_wrong_settings_change_nothing(cast: Cast, client_of: object) -> None:
    client: Client = client_of("berit")  # type: ignore[operator]
    answer = client.post(
        "/9901/innstillinger/", {"report_name": "", "accent": "rød", "own_schools": ["U00000001"]}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert OwnerSettings.objects.get(unit=cast.fjordvik).report_name == "Tilstandsrapport for grunnskolen"
    assert Unit.objects.get(code="U00000001").run_by_owner
