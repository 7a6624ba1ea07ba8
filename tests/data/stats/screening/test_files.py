"""RESULTS.csv and FLAGS.csv: every way of writing them, every mistake with its place, and what is told beside."""

import csv
import io

import pytest

from tests.data.stats.screening.world import TRUE, world
from tettpaa.data.stats.screening.files import FLAGS, Problem, Read, read, write
from tettpaa.data.stats.screening.marks import (
    Mark,
    after_breaks,
    early_count,
    fall_count,
    level_count,
    screen,
    screened,
)
from tettpaa.data.stats.screening.results import Result
from tettpaa.data.stats.screening.telling import summary

HEAD = "school,test,cohort,year,n,mean"
GOOD = f"{HEAD}\nvik,reading5,5,2024,20,47.5\n"


def reading(text: str) -> Read:
    return read(io.StringIO(text))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeffSchool;Test;Cohort;Year;N;Mean\nvik;reading5;5;2024-25;20;47,5\n",
        "mean\tn\tyear\tcohort\ttest\tschool\n47.5\t20\t2024\t5\treading5\tvik\n\n",
    ],
)
def test_the_ways_of_writing_it(text: str) -> None:
    assert reading(text) == Read([Result("vik", "reading5", "5", 2024, 20.0, 47.5)], [], 0)


def test_the_nation_may_be_told() -> None:
    text = f"{HEAD},national\nvik,r,5,2024,20,47.5,50\nnes,r,5,2024,12,48,\n"
    assert [row.national for row in reading(text).rows] == [50.0, None]


@pytest.mark.parametrize("mean", ["", "*", ".", "-"])
def test_a_mean_that_is_not_shown_is_passed_over(mean: str) -> None:
    found = reading(f"{GOOD}nes,reading5,5,2024,*,{mean}\n")
    assert (len(found.rows), found.hidden, found.problems) == (1, 1, [])


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("nes,r,5,2024,20", "", "5 felt"),
        (",r,5,2024,20,47", "school", "Feltet er tomt"),
        ("nes,r,,2024,20,47", "cohort", "Feltet er tomt"),
        ("nes,all,5,2024,20,47", "test", "et annet navn"),
        ("nes,r,5,24,20,47", "year", "«24»"),
        ("nes,r,5,2024,0,47", "n", "1 eller flere"),
        ("nes,r,5,2024,x,47", "n", "«x»"),
        ("nes,r,5,2024,20,nan", "mean", "Skriv et tall"),
        ("vik,reading5,8,2024,20,47", "test", "rad 2"),
    ],
)
def test_a_wrong_row_is_named_with_its_place(line: str, column: str, words: str) -> None:
    found = reading(f"{GOOD}{line}\n")
    assert [(p.row, p.column, words in p.text) for p in found.problems] == [(3, column, True)]
    assert found.rows == []


def test_two_figures_for_the_same_nation() -> None:
    text = f"{HEAD},national\nvik,r,5,2024,20,47.5,50\nnes,r,5,2024,12,48,51\n"
    assert reading(text).problems == [
        Problem(3, "national", "Landet har 50 i rad 2 og 51 her. Samme prøve og år skal ha samme tall.")
    ]


@pytest.mark.parametrize("text", ["", "school,test\n", "x\n"])
def test_a_heading_that_lacks_columns(text: str) -> None:
    found = reading(text)
    assert {p.row for p in found.problems} == {1}
    assert "mean" in {p.column for p in found.problems}


def test_an_empty_file_says_so() -> None:
    assert [p.row for p in reading(f"{HEAD}\n").problems] == [2]


def history(school: str, means: tuple[float, ...], test: str = "t") -> list[Result]:
    return [Result(school, test, "c", 2018 + i, 60, mean, 50.0) for i, mean in enumerate(means)]


def test_marks_and_the_file_they_make() -> None:
    rows = [
        *history("fallen", (54.0,) * 4 + (44.0,) * 3),
        *history("falling", (54.0,) * 6 + (44.0,)),
        *history("gone", (44.0,) * 3),
        *history("sound", (51.0,) * 7),
        *history("weak", (47.1,) * 7),
        *history("sound", (50.0,) * 2, test="u"),
    ]
    found = screened(rows)
    out = io.StringIO()
    assert write(found, out) == 11
    lines = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert tuple(lines[0]) == FLAGS
    whole = {line["school"]: line for line in lines if line["test"] == "all"}
    assert {school: (line["level_flag"], line["change_flag"]) for school, line in whole.items()} == {
        "fallen": (Mark.CLEAR, Mark.FALL), "falling": ("", Mark.WATCH), "gone": ("", ""), "sound": ("", ""),
        "weak": (whole["weak"]["level_flag"], ""),
    }  # fmt: skip
    assert whole["weak"]["level_flag"] in (Mark.WATCH, Mark.CLEAR)
    assert [whole["gone"][name] for name in FLAGS[2:]] == [""] * 7
    low, estimate, high = (float(whole["fallen"][n]) for n in ("level_low", "level_estimate", "level_high"))
    assert low < estimate < high < 0
    assert float(whole["fallen"]["change_p"]) < 0.01
    assert [line["level_flag"] for line in lines if line["test"] == "u"] == [""]


def test_nothing_from_before_a_break() -> None:
    rows = [*history("a", (50.0,) * 4), *history("a", (50.0,) * 4, test="u")]
    assert [(r.test, r.year) for r in after_breaks(rows, {"*": 2020, "u": 2021})] == [
        ("t", 2020), ("t", 2021), ("u", 2021),
    ]  # fmt: skip
    assert after_breaks(rows, {}) == rows


def test_how_many_by_chance() -> None:
    found = screen(world(500, 20).results, parts=TRUE)
    level, fall, early = (count(found, [found.whole]) for count in (level_count, fall_count, early_count))
    assert 0 < level.by_chance < level.marked < level.judged == 500
    assert fall.by_chance == min(fall.marked, 5.0)
    assert early.judged == 500


def test_what_is_told_of_a_screening() -> None:
    short = screened(history("a", (50.0,)))
    assert summary(short, "nb") == [
        "Nivå, alle prøver sammen: Ingen skoler er merket. Det betyr ikke at alt er bra, bare at tallene ikke varsler noe.",
        "Fall over tid: For få år til å si noe. Regelen trenger 5 år.",
        "Tidlig varsel om fall: For få år til å si noe. Regelen trenger 2 år.",
    ]
    assert summary(short, "en")[1] == "Fall over time: Too few years to say anything. The rule needs 5 years."
    assert summary(screened(history("a", (44.0,) * 3)), "nn")[0].startswith(
        "Nivå, alle prøvene saman: 1 skule er merkt."
    )


@pytest.mark.parametrize(("sd", "limit"), [(0.0, 2.0), (10.0, 0.0)])
def test_a_screening_without_sense_is_refused(sd: float, limit: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        screened(history("a", (50.0,)), sd=sd, limit=limit)
