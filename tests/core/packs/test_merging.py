"""The three-way merge as arithmetic, with a shape of its own."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator

from tettpaa.core.packs.merging import PLAIN, Change, Kind, defaults, merge, split
from tettpaa.core.packs.registry import Shape
from tettpaa.core.packs.shapes import allowed_at, entry_models, expected_at
from tettpaa.core.packs.wording import change_line, summary, value_words
from tettpaa.core.packs.writing import toml_of


class Signs(Shape):
    pupil: tuple[str, ...] = ()
    teacher: tuple[str, ...] = ()


class Goal(Shape):
    key: str
    text: str
    signs: Signs = Signs()
    low: int = 0
    high: int = 10

    @model_validator(mode="after")
    def _in_order(self) -> "Goal":
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Whole(Shape):
    title: str = "Plan"
    on: date | None = None
    factor: float | None = None
    goals: tuple[Goal, ...] = ()
    loose: tuple[dict[str, int], ...] = ()


def content(**fields: Any) -> dict[Any, Any]:
    return split(Whole.model_validate(fields))


def merged(base: dict[Any, Any], mine: dict[Any, Any], new: dict[Any, Any]) -> Any:
    return merge("plan", Whole, base=base, mine=mine, new=new)


def goal(**fields: Any) -> dict[str, Any]:
    return {"key": "a", "text": "x"} | fields


def test_a_shape_is_split_in_entries_by_key() -> None:
    found = content(goals=[goal()], on=date(2026, 8, 15))
    assert list(found) == [PLAIN, ("goals", "a")]
    assert found[PLAIN] == {"title": "Plan", "on": "2026-08-15", "factor": None, "loose": []}
    assert list(entry_models(Whole)) == ["goals"]
    assert defaults(Goal) == {"signs": {"pupil": [], "teacher": []}, "low": 0, "high": 10}


def test_tables_inside_an_entry_are_merged_field_by_field() -> None:
    base = content(goals=[goal(signs={"pupil": ["1"], "teacher": ["1"]})])
    mine = content(goals=[goal(signs={"pupil": ["ours"], "teacher": ["1"]})])
    new = content(goals=[goal(signs={"pupil": ["2"], "teacher": ["2"]})])
    result = merged(base, mine, new)
    assert result.writes == [
        (("goals", "a"), goal(signs={"pupil": ["ours"], "teacher": ["2"]}, low=0, high=10))
    ]
    assert [(one.kind, one.field) for one in result.changes] == [
        (Kind.CHANGED, "signs"),
        (Kind.KEPT, "signs"),
    ]


def test_what_would_not_fit_together_stays_as_people_have_it() -> None:
    base, mine, new = content(goals=[goal()]), content(goals=[goal(low=8)]), content(goals=[goal(high=5)])
    result = merged(base, mine, new)
    assert result.writes == []
    assert [(one.kind, one.field) for one in result.changes] == [(Kind.KEPT, "low"), (Kind.KEPT, "high")]


def test_without_a_base_only_what_nobody_has_said_is_filled_in() -> None:
    mine = content(title="Vår plan", goals=[goal(low=3)])
    new = content(title="Pakkens plan", on=date(2026, 1, 1), goals=[goal(text="y", low=4, high=9)])
    result = merged({}, mine, new)
    assert dict(result.writes) == {
        PLAIN: {"title": "Vår plan", "on": "2026-01-01", "factor": None, "loose": []},
        ("goals", "a"): goal(low=3, high=9, signs={"pupil": [], "teacher": []}),
    }


def test_children_end_before_their_parents() -> None:
    base = content(goals=[goal(), goal(key="b")])
    assert merged(base, base, content()).ends == [("goals", "b"), ("goals", "a")]


_TEXTS = st.sampled_from(["1", "2", "3"])
_CONTENTS = st.builds(
    lambda title, texts: content(
        title=title, goals=[goal(key=key, text=text) for key, text in texts.items()]
    ),
    _TEXTS,
    st.dictionaries(st.sampled_from("abc"), _TEXTS),
)


def applied(mine: dict[Any, Any], result: Any) -> dict[Any, Any]:
    return {path: entry for path, entry in (mine | dict(result.writes)).items() if path not in result.ends}


@given(_CONTENTS, _CONTENTS, _CONTENTS)
def test_loading_twice_does_nothing_and_people_lose_nothing(
    base: dict[Any, Any], mine: dict[Any, Any], new: dict[Any, Any]
) -> None:
    after = applied(mine, merged(base, mine, new))
    again = merged(new, after, new)
    assert (again.writes, again.ends) == ([], [])
    for path, entry in mine.items():
        for name, value in entry.items():
            if path not in base or value != base[path][name]:
                assert after[path][name] == value or (
                    path not in base and value == defaults_of(path).get(name)
                )


def defaults_of(path: tuple[str, ...]) -> dict[str, Any]:
    return defaults(Whole) if path == PLAIN else defaults(Goal)


@given(_CONTENTS, _CONTENTS)
def test_an_owner_who_has_touched_nothing_gets_the_pack_as_it_is(
    base: dict[Any, Any], new: dict[Any, Any]
) -> None:
    assert applied(base, merged(base, base, new)) == new


def test_a_pack_is_written_so_that_people_can_read_it() -> None:
    long = "En setning som er så lang at listen får linjer."
    shape = Whole.model_validate(
        {
            "on": date(2026, 8, 15),
            "factor": 0.5,
            "goals": [goal(text="To\nlinjer", signs={"pupil": [long, "b"]})],
        }
    )
    assert toml_of(shape) == (
        "on = 2026-08-15\nfactor = 0.5\n\n"
        '[[goals]]\nkey = "a"\ntext = """To\nlinjer"""\n\n'
        f'[goals.signs]\npupil = [\n    "{long}",\n    "b",\n]\n'
    )
    assert toml_of(Whole()) == ""


@pytest.mark.parametrize(
    ("value", "field", "words"),
    [
        (None, "", "ingenting"),
        ([], "", "ingenting"),
        (True, "", "ja"),
        (False, "", "nei"),
        (7, "", "7"),
        (["a", "b"], "", "2 ledd"),
        ("2026-08-15", "", "15.\N{NO-BREAK SPACE}august 2026"),
        ("before_summer", "wheel_profile", "før sommeren"),
        ("x" * 90, "", "x" * 80 + "…"),
    ],
)
def test_values_are_told_in_words(value: Any, field: str, words: str) -> None:
    assert value_words(value, field) == words


def test_what_happens_is_told_in_lines() -> None:
    gone = Change(Kind.GONE, "plan", ("goals", "a"), title="Lesing")
    assert change_line(gone) == "Avsluttes: plan.toml · Lesing"
    assert summary([gone]) == "1 endring. 0 av deres egne valg beholdes."
    assert summary([]) == "Ingenting er annerledes enn i pakken."


def test_the_shape_says_what_may_stand_where() -> None:
    assert allowed_at(Whole, ("goals", 0, "signs")) == ["pupil", "teacher"]
    assert expected_at(Whole, ("goals",), "nb") == "tabeller som begynner med [[goals]]"
    assert expected_at(Whole, ("goals", 0, "low"), "en") == "a whole number"
    assert expected_at(Whole, ("on",), "nn") == "ein dato, til dømes 2026-08-15"
    assert expected_at(Whole, ("factor",), "nb") == "et tall"
    assert expected_at(Whole, ("goals", 0, "signs", "pupil", 0), "nb") == "en tekst i anførselstegn"
    assert expected_at(Whole, ("loose", 0, "x"), "nb") == "et helt tall"
    assert expected_at(Whole, ("nothing",), "nb") == "en verdi"


class Tight(Shape):
    """Every kind of limit once."""

    key: str = Field(default="a", pattern="^[a-z]+$", max_length=5)
    share: float = Field(default=0, gt=0, le=1)
    number: int = Field(default=1, ge=1)
    word: str = Field(default="x", min_length=1)


def test_limits_are_told_in_words() -> None:
    assert [expected_at(Tight, (name,), "nb") for name in Tight.model_fields] == [
        "et kort navn av bokstaver uten æøå, tall og bindestreker, høyst 5 tegn",
        "et tall, fra 0, til og med 1",
        "et helt tall, fra 1",
        "en tekst i anførselstegn, ikke tom",
    ]
