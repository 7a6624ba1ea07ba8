"""T2 and T3: no page shows another place's words, and no form writes what it was not asked for."""

from collections.abc import Callable

import pytest
from django.db.models import CharField
from django.test import Client

from tests.factories.cast import Cast
from tests.factories.year import live_year
from tests.house import canaries
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer

READERS = ("berit", "aud", "fia")
AT_NES = ("aud", "carl", "fia", "odd", "tor", "liv")


def body_of(response: object) -> bytes:
    streamed = getattr(response, "streaming", False)
    return b"".join(response.streaming_content) if streamed else response.content  # type: ignore[attr-defined]


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """The whole year at Nes (with Vik beside it) and at Utvik, and a word planted in every text."""
    live_year(cast.fjordvik, cast.nes, [cast.vik])
    live_year(cast.utvik, cast.units["U00000001"], [])
    assert canaries.plant() > 60
    return cast


def leaks(
    cast: Cast, client_of: Callable[[str], Client], people: tuple[str, ...], foreign: Unit
) -> list[str]:
    """Pages on which somebody of `people` sees the foreign place's word, wherever they look."""
    word, found = canaries.word(foreign).encode(), []
    utvik = cast.units["U00000001"]
    places = [(cast.fjordvik, cast.nes), (cast.fjordvik, cast.vik), (cast.utvik, utvik)]
    for person in people:
        client = client_of(person)
        for owner, school in places:
            for name, address in canaries.pages(cast, owner, school):
                if word in body_of(client.get(address)):
                    found.append(f"{person} {name} {address}")
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_another_owners_words_are_nowhere(lived: Cast, client_of: Callable[[str], Client]) -> None:
    assert leaks(lived, client_of, READERS, lived.utvik) == []
    assert leaks(lived, client_of, ("berit", "aud"), lived.units["U00000001"]) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_another_schools_words_are_nowhere_at_nes(lived: Cast, client_of: Callable[[str], Client]) -> None:
    assert leaks(lived, client_of, AT_NES, lived.vik) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_the_words_are_there_and_a_leak_is_caught(
    lived: Cast, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert leaks(lived, client_of, ("berit",), lived.nes)  # who may read, reads the planted words
    monkeypatch.setattr(Viewer, "may", lambda *_: True)
    assert leaks(lived, client_of, ("carl",), lived.vik)


MALLORY = "mallory@example.test"
# A person, a character no database text may hold, a number too big for any column, the edge of the calendar.
HOSTILE = (MALLORY, "a\x00b", "9" * 30, "0001-01-01")


@pytest.mark.slow
@pytest.mark.django_db
def test_no_form_writes_what_it_was_not_asked_for(cast: Cast, client_of: Callable[[str], Client]) -> None:
    """Every field of every model and form of the room is sent with a foreign value to every form of the work floor."""
    live_year(cast.fjordvik, cast.nes, [cast.vik])
    before = belongings()
    doors = canaries.doors(cast.fjordvik, cast.nes)
    at_school = [door for door in doors if f"/{cast.nes.code}/" in door[1]]
    own = {(cast.fjordvik.pk, None), (cast.fjordvik.pk, cast.nes.pk)}
    assert _all_sent(cast, client_of, "berit", at_school) + _all_sent(cast, client_of, "aud", doors) > 200
    # A form that takes something away takes it from the own place only.
    assert [key for key, place in _gone(before) if place not in own] == []
    # The owner's own forms may take away at any of its schools, and at no other's.
    assert _all_sent(cast, client_of, "berit", [door for door in doors if door not in at_school]) > 200
    assert [key for key, place in _gone(before) if place[0] != cast.fjordvik.pk] == []
    after = belongings()
    stayed = {key: place for key, place in after.items() if key in before}
    assert stayed == {key: before[key] for key in stayed}
    assert {place for key, place in after.items() if key not in before and place[0] == cast.utvik.pk} == set()
    assert signed_by_mallory() == []


def _all_sent(
    cast: Cast, client_of: Callable[[str], Client], person: str, doors: list[tuple[str, str]]
) -> int:
    """Every hostile value to every door; how many were sent. None may crash."""
    client = client_of(person)
    client.raise_request_exception = False
    asked = [(value, name, address) for value in HOSTILE for name, address in doors]
    crashes = [
        f"{person} {name} {value!r:.20}"
        for value, name, address in asked
        if client.post(address, foreign_fields(name.split(":")[0], cast, value)).status_code >= 500
    ]
    assert crashes == []
    return len(asked)


def _gone(
    before: dict[tuple[str, object], tuple[object, object]],
) -> list[tuple[object, tuple[object, object]]]:
    """The rows that are no longer there, and whose they were."""
    after = belongings()
    return [(key, place) for key, place in before.items() if key not in after]


def foreign_fields(room: str, cast: Cast, value: str) -> dict[str, object]:
    """Owner and school are always another's; everything else is the hostile value."""
    return dict.fromkeys(canaries.field_names(room), value) | {
        "owner": cast.utvik.pk, "owner_id": cast.utvik.pk, "school": cast.vik.pk, "school_id": cast.vik.pk, "version": 1,
    }  # fmt: skip


def belongings() -> dict[tuple[str, object], tuple[object, object]]:
    """Of every row of the work floor: whose it is."""
    found: dict[tuple[str, object], tuple[object, object]] = {}
    for model in canaries._models():
        names = {field.name for field in model._meta.get_fields()}
        if "owner" in names:
            for row in model._default_manager.all():
                found[model.__name__, row.pk] = (row.owner_id, getattr(row, "school_id", None))
    return found


def signed_by_mallory() -> list[str]:
    """Columns that say who did it, and hold what the form sent."""
    return [
        f"{model.__name__}.{field.name}"
        for model in canaries._models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField)
        and (field.name == "by" or field.name.endswith("_by"))
        and model._default_manager.filter(**{field.name: MALLORY}).exists()
    ]
