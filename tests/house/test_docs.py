"""The documents are true: picture, settings, permissions, links, paths, commands and words agree with the code."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from tettpaa.core.orgs import access_page

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tettpaa"
ROOMS = sorted(path.parent for path in SRC.glob("*/*/__init__.py"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# The room's own index lists below carry links of their own; code blocks carry none.
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
PATH = re.compile(r"`((?:core|data|doors|report|site|src|tests|docs|requirements)/[\w./-]+)`")


def page_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- the picture ---


def picture(text: str) -> dict[str, str]:
    """Floor → its rooms, as the first code block of the page draws them; planned floors keep their parentheses."""
    block = re.findall(r"```\n(.*?)```", text, re.S)[0]
    return dict(line.split(maxsplit=1) for line in block.splitlines())


def layers_of(drawn: str) -> list[str]:
    """`a ▸ {b│c}` as import-linter writes it: `a`, `b | c`."""
    return [" | ".join(part.strip("{} ").split("│")) for part in map(str.strip, drawn.split("▸"))]


def contract(name: str) -> dict[str, list[str]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        rows = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(row for row in rows if row["name"] == name)


def disagreements(text: str) -> list[str]:
    """Where the picture says something else than the contracts."""
    drawn = picture(text)
    found = [] if list(drawn) == contract("1 Floors")["layers"] else ["the floors"]
    for name, floor in (("2 Core", "core"), ("3 Data", "data"), ("5 Report", "report")):
        if layers_of(drawn[floor]) != contract(name)["layers"]:
            found.append(floor)
    doors = [room.strip() for room in drawn["doors"].split("│")]
    here = [f"tettpaa.doors.{room}" for room in doors if not room.startswith("(")]
    return found if here == contract("6 Doors")["modules"] else [*found, "doors"]


def test_picture_equals_the_contracts() -> None:
    assert disagreements((ROOT / "docs/architecture.md").read_text()) == []


def test_a_wrong_picture_is_caught() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    assert disagreements(text.replace("ui ▸ orgs ▸ accounts", "ui ▸ accounts ▸ orgs")) == ["core"]
    assert disagreements(text.replace("{sources│charts} ▸ indicators", "sources ▸ charts ▸ indicators")) == [
        "data"
    ]
    assert disagreements(text.replace("│ demo │", "│ demo │ portal │")) == ["doors"]


def test_picture_names_the_rooms_that_exist_and_no_other() -> None:
    drawn = picture((ROOT / "docs/architecture.md").read_text())
    floors = {floor: rooms for floor, rooms in drawn.items() if floor != "site"}
    named = {
        f"{floor}/{room}"
        for floor, rooms in floors.items()
        for room in re.findall(r"\(?\w+\)?", rooms)
        if not room.startswith("(")
    }
    assert named == {str(room.relative_to(SRC)) for room in ROOMS}


# --- the generated page and the settings ---


def test_permissions_page_equals_the_tables() -> None:
    assert (ROOT / "docs/permissions.md").read_text() == access_page.page(), (
        "run python -m tettpaa.core.orgs.access_page"
    )


def test_permissions_page_follows_the_tables(tmp_path: Path) -> None:
    table = tmp_path / "access.toml"
    table.write_text('["x:y"]\nmethods = ["POST", "GET"]\npermission = "settings.write"\nplace = "owner"\n')
    made = access_page.page(table)
    after = made.split("### `settings.write`")[1]
    assert after.startswith(
        "\n\n- With the role on the place or above it: Head of schools, System administrator.\n"
    )
    assert "| `x:y` | GET, POST | owner |" in after
    assert "No route asks for it." in made.split("### `audit.read`")[1]
    access_page.main([str(tmp_path)])
    assert (tmp_path / "permissions.md").read_text() == access_page.page()


def documented(text: str) -> list[str]:
    return re.findall(r"^\| `([A-Z_]+)` \|", text, re.M)


def read_by_the_code() -> set[str]:
    """Names of variables: those the settings read, and those that set-up and the test run read."""
    settings = (SRC / "site/settings.py").read_text()
    names = set(
        re.findall(r"""environment\.(?:text|flag|number|words|secret)\(\s*["']([A-Z_]+)["']""", settings)
    )
    names |= {f"{name}_FILE" for name in re.findall(r"""environment\.secret\(\s*["']([A-Z_]+)""", settings)}
    names |= {"DATABASE_URL"} if "dj_database_url.config(" in settings else set()
    others = [
        *SRC.rglob("*.py"),
        *(ROOT / name for name in ("setup.sh", "Makefile", ".ci/run", "tests/run.py")),
    ]
    return names | {
        name for path in others for name in re.findall(r"\bTETTPAA_[A-Z_]+[A-Z]\b", path.read_text())
    }


def test_settings_page_names_every_variable_once() -> None:
    named = documented((ROOT / "docs/settings.md").read_text())
    assert sorted(named) == sorted(read_by_the_code())


def test_a_forgotten_variable_is_seen() -> None:
    assert documented("| `TETTPAA_X` | switch | off | x |\n| other | `TETTPAA_Y` |\n") == ["TETTPAA_X"]
    assert {
        "TETTPAA_DATA_DIR",
        "TETTPAA_SECRET_KEY_FILE",
        "DATABASE_URL",
        "TETTPAA_NO_SKIP",
    } <= read_by_the_code()


# --- links, paths, commands ---


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text()), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def dead_links(page: Path, text: str) -> list[str]:
    """Links to files or headings that do not exist; addresses of the web are not followed."""
    dead = []
    for target in LINK.findall(CODE.sub("", text)):
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        if "://" in target:
            continue
        if not path.exists() or (anchor and anchor not in anchors(path)):
            dead.append(target)
    return dead


@pytest.mark.parametrize("document", PAGES, ids=page_name)
def test_links_lead_somewhere(document: Path) -> None:
    assert dead_links(document, document.read_text()) == []


@pytest.mark.parametrize("document", PAGES, ids=page_name)
def test_named_paths_exist(document: Path) -> None:
    named = PATH.findall(document.read_text())
    assert [name for name in named if not (SRC / name).exists() and not (ROOT / name).exists()] == []


def test_dead_links_and_paths_are_caught() -> None:
    page = ROOT / "docs" / "architecture.md"
    text = (
        "[a](nowhere.md) [b](architecture.md#the-picture) [c](#no-such) `[d](x.md)` [e](https://example.no/)"
    )
    assert dead_links(page, text) == ["nowhere.md", "#no-such"]
    assert PATH.findall("`core/nothing.py` and `make test` and `tests/house`") == [
        "core/nothing.py",
        "tests/house",
    ]


def test_every_page_can_be_found_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        targets = (target.partition("#")[0] for target in LINK.findall(CODE.sub("", page.read_text())))
        waiting += [(page.parent / name).resolve() for name in targets if name and "://" not in name]
    assert [page_name(page) for page in PAGES if page not in seen] == []


def commands_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w/=])tettpaa ([a-z_]+)\b", "\n".join(CODE.findall(text))))


@pytest.mark.parametrize("document", PAGES, ids=page_name)
def test_named_commands_exist(document: Path) -> None:
    """Those that a text says are missing are listed here, and must be missing."""
    missing = {"backup", "restore"}
    assert commands_in(document.read_text()) - missing - set(get_commands()) == set()
    assert missing & set(get_commands()) == set()


def test_readme_is_short_and_names_what_make_offers() -> None:
    text = (ROOT / "README.md").read_text()
    assert text.count("\n") <= 100
    assert commands_in(text) == {
        "import",
        "figures",
        "suppress",
        "screen",
        "estimate",
        "report",
        "pack",
        "audit",
        "owner",
        "user",
        "serve",
        "worker",
        "demo",
    }
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    pages = "\n".join(page.read_text() for page in PAGES)
    assert set(re.findall(r"`?\bmake ([a-z-]+)(?=`|   #)", pages)) <= targets


# --- words and decisions ---


def glossary() -> list[tuple[str, str]]:
    """Identifier and room (or `planned`) of each row."""
    text = (ROOT / "docs/glossary.md").read_text()
    return re.findall(r"^\|[^|]+\|[^|]+\| `(\w+)` \| ([a-z/]+) \|", text, re.M)


def test_glossary_words_stand_in_the_code_where_it_says() -> None:
    wrong = []
    for identifier, room in glossary():
        if room != "planned":
            texts = (path.read_text() for path in (SRC / room).rglob("*") if path.suffix in {".py", ".toml"})
            if not re.search(rf"\b{identifier}\b", "\n".join(texts)):
                wrong.append(f"{identifier} is not in {room}")
    assert wrong == []


def test_planned_words_are_not_in_the_code_yet() -> None:
    everything = "\n".join(path.read_text() for path in SRC.rglob("*.py"))
    planned = {identifier for identifier, room in glossary() if room == "planned"}
    assert planned
    assert [word for word in planned if re.search(rf"^class {word}\b", everything, re.M)] == []


def test_glossary_has_each_identifier_once_and_every_row_is_read() -> None:
    words = [identifier for identifier, _ in glossary()]
    assert len(words) == len(set(words))
    rows = re.findall(r"^\| (?!bokmål|-)", (ROOT / "docs/glossary.md").read_text(), re.M)
    assert len(words) == len(rows)


def test_decisions_are_numbered_and_have_their_parts() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for number, page in enumerate(pages, start=1):
        text = page.read_text()
        assert text.startswith(f"# {number}. "), page.name
        assert re.search(r"^Status: (accepted|superseded)", text, re.M), page.name
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"], page.name
        assert text.count("\n") <= 45, page.name


def test_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\.[A-Z]", text, re.M) == [str(number) for number in range(1, 16)]
    assert "Appendix" in text
    assert "LiLiQ-R+" in text
