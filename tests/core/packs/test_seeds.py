"""docs/seeds.md tells the truth: each row's entry is in its pack, its words stand on its page for the role named, and
each journey has a page where it begins and a test that walks it."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from tettpaa.core.accounts.actions import open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.actions import NewUnit, add_units, become_owner, give_role
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.merging import PLAIN, split
from tettpaa.core.packs.queries import founding_pack

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "seeds.md"
COLUMNS = 9  # bars of a row of the table of rows; a journey has fewer
OWNERS = {"1103": "stavanger", "5001": "trondheim", "3203": "asker", "3207": "ski", "1579": "eide"}
MANY = {"S0": 12, "S1": 7, "S2": 9, "S3": 8, "S4": 11}  # rows of each founding document
NOT_BUILT = {"S3.7"}
WANTED = {f"{system}.{number}" for system, last in MANY.items() for number in range(1, last + 1)} - NOT_BUILT


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    row: str
    file: str
    entries: tuple[str, ...]
    page: str
    address: str
    role: str
    words: tuple[str, ...]

    @property
    def owner(self) -> str:
        return self.address.split("/")[1]


def rows() -> list[Row]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| S") and line.count("|") == COLUMNS:
            row, _what, file, entries, page, address, role, words = [
                c.strip() for c in line.strip("|").split("|")
            ]
            keys = tuple(re.findall("`([^`]+)`", entries))
            found.append(
                Row(
                    row,
                    file.strip("`"),
                    keys,
                    page.strip("`"),
                    address.strip("`"),
                    role,
                    tuple(words.split(" · ")),
                )
            )
    return found


def label(row: Row) -> str:
    return f"{row.row} {row.address} {row.entries[0]}"


def test_every_row_has_its_place_and_what_is_not_built_is_said() -> None:
    assert {row.row for row in rows()} == WANTED
    told = PAGE.read_text(encoding="utf-8").partition("## Journeys in Fjordvik")[0]
    assert set(re.findall(r"\((S\d\.\d+)\) is not built", told)) == NOT_BUILT


@dataclass(frozen=True)
class Journey:
    """One line of the table of journeys."""

    rows: tuple[str, ...]
    address: str
    page: str
    role: str
    file: str
    test: str


def journeys() -> list[Journey]:
    told = PAGE.read_text(encoding="utf-8").partition("## Journeys in Fjordvik")[2].partition("\n## ")[0]
    found = []
    for line in told.splitlines():
        if line.startswith("| S"):
            numbers, _what, address, page, role, test = [
                c.strip().strip("`") for c in line.strip("|").split("|")
            ]
            file, _, name = test.partition("::")
            found.append(Journey(tuple(numbers.split(", ")), address, page, role, file, name))
    return found


JOURNEYS = ("S0.1", "S0.7", "S0.9", "S0.11", "S1.6", "S2.4", "S2.5", "S2.6", "S2.8", "S3.6", "S4.3")


def test_every_journey_has_a_page_to_begin_at_and_a_test_that_walks_it() -> None:
    found = journeys()
    assert {row for one in found for row in one.rows} == set(JOURNEYS)
    assert {one.role for one in found} - set(roles()) == set()
    assert [one for one in found if resolve(one.address).view_name != one.page] == []
    assert [one.test for one in found if one.test not in walks_in(ROOT / one.file)] == []
    assert "test_nobody_walks" not in walks_in(ROOT / found[0].file)


def walks_in(file: Path) -> list[str]:
    """The tests of a file that walk in a browser."""
    text = file.read_text(encoding="utf-8")
    assert "pytest.mark.journey" in text
    return re.findall(r"^def (test_\w+)\(", text, re.M)


@cache
def entries_of(file: str) -> frozenset[str]:
    """The entries of a file of a founding pack, as the table writes them."""
    name, _, part = file.removesuffix(".toml").partition("/")
    content = split(founding_pack(name).shapes[part])
    plain = {f"{field}" for field in content.get(PLAIN, {})}
    return frozenset(plain | {".".join(path) for path in content if path != PLAIN})


@pytest.mark.parametrize("row", rows(), ids=label)
def test_the_entry_is_in_the_pack_and_the_page_is_named_right(row: Row) -> None:
    assert set(row.entries) - entries_of(row.file) == set()
    assert row.file.startswith(f"{OWNERS[row.owner]}/")
    assert resolve(row.address).view_name == row.page


type SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A browser of a role at an owner that has loaded its pack: `sign_in("1103 council_member")`."""

    def enter(wanted: str) -> Client:
        code, role = wanted.split()
        name = OWNERS[code].title()
        units = [
            NewUnit(Kind.NATION, "NO", "Hele landet", ""),
            NewUnit(Kind.COUNTY, "98", "Fylket", "NO"),
            NewUnit(Kind.OWNER, code, name, "98"),
            NewUnit(Kind.SCHOOL, f"S0000{code}", f"{name} skole", code),
        ]
        owner = add_units(units=units, by="test")[code]
        become_owner(unit=owner, by="test")
        load_pack(owner=owner, pack=founding_pack(OWNERS[code]), by="test")
        user: User = open_account(email=f"{role}@example.test", name="Prøve", by="test")
        give_role(user=user, unit=owner, role=role, starts_on=date(2020, 8, 1), by="test")
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


def visible(page: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.slow
@pytest.mark.parametrize("wanted", sorted({f"{row.owner} {row.role}" for row in rows()}))
def test_the_words_stand_on_the_pages(
    sign_in: SignIn, wanted: str, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        client = sign_in(wanted)
    missing = []
    for row in rows():
        if f"{row.owner} {row.role}" == wanted:
            answer = client.get(row.address)
            text = visible(answer.content.decode())
            missing += [
                (row.row, row.address, answer.status_code, words) for words in row.words if words not in text
            ]
    assert missing == []


def test_a_word_that_is_not_there_is_caught() -> None:
    assert "Fantasi" not in visible("<main><a href='Fantasi'>Noe annet</a></main>")
