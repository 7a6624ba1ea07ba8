"""Lines of TOML: by hand on what is hard, and against files written by tomlkit."""

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tettpaa.core.packs.finder import Place, line_of, lines_of, written

HARD = '''# a comment with [brackets] = "and quotes"
name = "x" # goals = 1
"quoted.key" = 'a = b'
dotted . inner = 1
[owner.a]
k = [1, 2, # a ] in a comment
  {b = "}", c.d = [3]},
]
[[goals]]
key = "a"
text = """
] [ = ""\\"
[[goals]]
"""
[goals.signs]
pupil = \'\'\'
[x]\'\'\'\'
[[goals]]
key = "b" # after
[[goals.tools]]
name = 1
[[goals.tools]]
at = 2026-01-01T00:00:00
["a\\u0062" . 'c']
z = {}
'''
PLACES = {
    ("name",): 2,
    ("quoted.key",): 3,
    ("dotted",): 4,
    ("dotted", "inner"): 4,
    ("owner", "a"): 5,
    ("owner", "a", "k", 1): 6,
    ("owner", "a", "k", 2): 7,
    ("owner", "a", "k", 2, "c", "d", 0): 7,
    ("goals",): 9,
    ("goals", 0): 9,
    ("goals", 0, "text"): 11,
    ("goals", 0, "signs"): 15,
    ("goals", 0, "signs", "pupil"): 16,
    ("goals", 1): 18,
    ("goals", 1, "key"): 19,
    ("goals", 1, "tools", 0, "name"): 21,
    ("goals", 1, "tools", 1, "at"): 23,
    ("ab", "c", "z"): 25,
}


@pytest.mark.parametrize("text", [HARD, HARD.replace("\n", "\r\n")], ids=["lf", "crlf"])
def test_every_kind_of_toml_has_its_line(text: str) -> None:
    tomllib.loads(text)
    lines = lines_of(text)
    assert {place: lines[place] for place in PLACES} == PLACES


def test_what_does_not_stand_there_has_the_line_of_what_is_round_it() -> None:
    lines = lines_of(HARD)
    assert line_of(lines, ("goals", 1, "tools", 1, "name")) == 22
    assert line_of(lines, ("goals", 7)) == 9
    assert line_of(lines, ("nothing", "here")) == 1


def test_places_are_written_as_people_count() -> None:
    assert written(("goals", 2, "signs", "pupil")) == "goals[3].signs.pupil"
    assert written(()) == ""


_NAMES = st.one_of(
    st.from_regex(r"\A[A-Za-z0-9_-]{1,6}\Z"),
    st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=5),
)
_LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x7f"), max_size=12),
)
_TABLES = st.dictionaries(
    _NAMES,
    st.recursive(
        _LEAVES,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(_NAMES, inner, max_size=3),
            st.lists(st.dictionaries(_NAMES, inner, min_size=1, max_size=3), min_size=1, max_size=3),
        ),
        max_leaves=12,
    ),
    max_size=4,
)


def marked(value: Any, marks: list[tuple[Place, str]], place: Place = ()) -> Any:
    """The same tree with a mark in each text, so that its line can be seen in the file."""
    if isinstance(value, dict):
        return {key: marked(inner, marks, (*place, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [marked(inner, marks, (*place, number)) for number, inner in enumerate(value)]
    if isinstance(value, str):
        mark = f"mark{len(marks):04}"
        marks.append((place, mark))
        return f"{mark}{value}"
    return value


@pytest.mark.slow
@settings(max_examples=80)
@given(_TABLES)
def test_every_text_of_a_file_by_tomlkit_is_found_at_its_line(tree: dict[str, Any]) -> None:
    marks: list[tuple[Place, str]] = []
    text = tomlkit.dumps(marked(tree, marks))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # tomlkit writes some rare keys and letters in a way that the standard library refuses
    lines, rows = lines_of(text), text.replace("\r\n", "\n").split("\n")
    assert [mark for place, mark in marks if mark not in rows[lines[place] - 1]] == []
