"""Every route × method × role × place answers as the access table says, reckoned here from the files alone."""

import re
import tomllib
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from tests.factories.cast import PEOPLE, Cast
from tettpaa.core.orgs import access, middleware
from tettpaa.core.orgs.access_table import access_table
from tettpaa.core.orgs.checks import every_route_stands_in_the_access_table, routes
from tettpaa.core.orgs.middleware import AccessMiddleware
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer

SRC = Path(__file__).resolve().parents[2] / "src" / "tettpaa"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OWNERS = {"own": "9901", "other": "9902", "none": "0000"}
SCHOOLS = {"nes": "F00000001", "vik": "F00000002", "utvik": "U00000001", "none": "X00000000"}
# A value for every other argument a route may have; a new argument fails here until it has one.
ARGUMENTS = {
    "indicator": "np5_lesing", "figure": 1, "format": "csv", "kind": "trend", "unit": "9901", "grade": 5,
    "variant": "wide", "digest": "0123456789abcdef", "suffix": "svg", "year": "2024-25", "block": "sammendrag",
    "release": 1, "item": uuid.UUID(int=7), "job": uuid.UUID(int=8), "key": "abc", "uidb36": "1", "pk": 1,
    **{
        noun: uuid.UUID(int=number)
        for number, noun in enumerate(
            ["meeting", "agreement", "initiative", "task", "goal", "plan", "case", "review", "proposal", "part", "decision", "hearing", "round", "procedure", "checkpoint", "statement", "row", "entry", "signal", "letter", "document", "employee", "exemption", "mentorship", "study", "trade", "role", "walk", "guidance", "programme", "application", "call", "need", "scheme", "offer", "registration", "network", "gathering", "member"], start=100
        )
    },
    "token": "tok-en", "month": 9, "number": 1, "voice": "parents", "side": "school", "pack": "stavanger",
    "person": "rektor", "edition": "public", "language": "nb", "report": "2024-25", "source": "open_template", "dataset": "np5",
}  # fmt: skip


@cache
def role_rows() -> dict[str, dict[str, list[str]]]:
    with (SRC / "core/orgs/roles.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def table_rows() -> dict[str, dict[str, object]]:
    with (SRC / "site/access.toml").open("rb") as file:
        return tomllib.load(file)


def expected(row: dict[str, object], person: str | None, method: str, owner: str, school: str | None) -> str:
    """open, login, closed (404) or method (405): from the two TOML files, without the product's code."""
    permission = str(row["permission"])
    allowed_method = method in {*row["methods"], "HEAD", "OPTIONS"}  # type: ignore[misc]
    if permission == "public":
        return "open" if allowed_method else "method"
    if person is None:
        return "login"
    if permission != "signed_in" and not permitted(permission, person, owner, school):
        return "closed"
    return "open" if allowed_method else "method"


def permitted(permission: str, person: str, owner: str, school: str | None) -> bool:
    role, place = PEOPLE[person]
    rights = role_rows()[role]
    home = {"F00000001": "9901", "F00000002": "9901", "U00000001": "9902"}
    if owner not in {"9901", "9902"} or (school is not None and home.get(school) != owner):
        return False
    on_place = permission in rights.get("permissions", []) and place in {owner, school}
    owner_wide = permission in rights.get("owner_wide", []) and home.get(place, place) == owner
    return on_place or owner_wide


def addresses(name: str, place: str, pattern: str) -> Iterator[tuple[str, str, str | None]]:
    """(address, owner, school) of a route at every place."""
    names = re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", pattern)
    wanted = {a or b for a, b in names}
    fixed = {n: ARGUMENTS[n] for n in wanted - {"owner", "school"}}
    for owner in OWNERS.values() if "owner" in wanted else [""]:
        for school in SCHOOLS.values() if "school" in wanted else [None]:
            places = {k: v for k, v in {"owner": owner, "school": school}.items() if k in wanted}
            yield reverse(name, kwargs=places | fixed), owner, school if place == "school" else None


def answer(request: HttpRequest) -> str:
    """What the guard says about a request, without running the view."""
    guard = AccessMiddleware(lambda _: None)  # type: ignore[arg-type, return-value]
    guard(request)
    match = resolve(request.path)
    request.resolver_match = match
    try:
        refusal = guard.process_view(request, match.func, match.args, match.kwargs)
    except Http404:
        return "closed"
    if refusal is None:
        return "open"
    return "method" if refusal.status_code == 405 else "login"


def mismatches(cast: Cast) -> Iterator[str]:
    factory = RequestFactory()
    everyone = [None, *PEOPLE]
    for name, pattern in routes():
        row = table_rows()[name]
        for address, owner, school in addresses(name, str(row.get("place", "")), pattern):
            for person in everyone:
                for method in METHODS:
                    request = factory.generic(method, address)
                    request.user = cast.users[person] if person else AnonymousUser()
                    want, got = expected(row, person, method, owner, school), answer(request)
                    if want != got:
                        yield f"{method} {address} as {person}: {got}, not {want}"


def test_every_route_is_placed() -> None:
    assert every_route_stands_in_the_access_table() == []
    assert {name for name, _ in routes()} == set(access_table())


def test_a_new_route_fails_until_it_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = dict(access_table())
    del table["workspace:overview"]
    monkeypatch.setattr("tettpaa.core.orgs.checks.access_table", lambda: table)
    assert [error.id for error in every_route_stands_in_the_access_table()] == ["orgs.E001"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """People and places stand still while a hundred thousand doors are tried: each is asked of the database once."""
    viewers, places = cache(middleware.load_viewer), {}

    def placed(viewer: Viewer, permission: Permission, **codes: str | None) -> object:
        asked = (viewer.email, permission, *codes.items())
        if asked not in places:
            try:
                places[asked] = access.place_of(viewer, permission, **codes)  # type: ignore[arg-type]
            except Http404:
                places[asked] = Http404
        if places[asked] is Http404:
            raise Http404  # a new one each time: one raised again and again keeps every frame it has passed
        return places[asked]

    monkeypatch.setattr(middleware, "load_viewer", viewers)
    monkeypatch.setattr(middleware, "place_of", placed)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_door_answers_as_the_table_says(cast: Cast, quick: None) -> None:
    assert list(mismatches(cast)) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_a_planted_leak_is_caught(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Viewer, "may", lambda *_: True)
    assert next(mismatches(cast), None)


@pytest.mark.django_db
def test_foreign_and_missing_places_look_the_same(cast: Cast, client_of: object) -> None:
    berit: Client = client_of("berit")  # type: ignore[operator]
    compared = 0
    for name, pattern in routes():
        rule = access_table()[name]
        if rule.place and "GET" in rule.methods:
            found = {owner: a for a, owner, _ in addresses(name, rule.place, pattern)}
            foreign, missing = berit.get(found["9902"]), berit.get(found["0000"])
            assert (foreign.status_code, missing.status_code) == (404, 404), name
            assert len(foreign.content) == len(missing.content), name
            compared += 1
    assert compared > 5
