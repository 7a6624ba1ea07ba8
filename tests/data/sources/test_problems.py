"""Every problem has words in three languages, and none of them lets a file's text do harm."""

import re
from pathlib import Path

import pytest

from tests.data.sources.helpers import read, udir_bytes
from tettpaa.data.sources import docs, not_fetched, registry
from tettpaa.data.sources.problems import messages, render, where
from tettpaa.data.sources.source import Problem

FOLDER = Path(registry.__file__).parent
BOKMAAL_ONLY = re.compile(
    r"\b(ikke|hva|hvor|hvem|hvilken|jeg|noe|noen|skole|skolen|skoler|mangler|elevene|lærere|fra|uke|forskjell|også|"
    r"enkelte|kommunens|skolens|antall|andel|bare|lagre den|dette|disse|være|gjøre|blir vist ikke)\b"
)


def codes_raised() -> set[str]:
    """Codes that the readers raise, found in their text."""
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    return set(re.findall(r'(?:Problem|refuse|_problem|\.problem|Wrong)\(\s*"([a-z_]+)"', text))


def test_every_code_raised_has_words() -> None:
    assert codes_raised() - set(messages()) == set()


@pytest.mark.parametrize("code", sorted(messages()))
def test_a_message_says_three_things_in_three_languages(code: str) -> None:
    assert set(messages()[code]) == {"nb", "nn", "en"}
    holes = set()
    for language, parts in messages()[code].items():
        assert len(parts) == 3, language
        assert all(part.strip() and part.strip()[-1] in ".:?}»”)" for part in parts), (language, parts)
        holes.add(frozenset(re.findall(r"{(\w+)}", " ".join(parts))))
    assert len(holes) == 1
    assert BOKMAAL_ONLY.findall(" ".join(messages()[code]["nn"])) == []


def test_a_message_names_sheet_row_column_and_what_stood_there() -> None:
    problem = Problem("off_scale", 812, "L", "verdi", "Data", "500", {"low": "20", "high": "80"})
    message = render(problem)
    assert str(message) == (
        "Ark «Data», rad 812, kolonne L (verdi): Vi leste «500». Vi ventet et tall fra 20 til 80. "
        "Se om tallene står i feil kolonne, og rett cellen."
    )
    assert render(problem, "nn").where == "Ark «Data», rad 812, kolonne L (verdi)"
    assert render(problem, "en").found == "We read “500”."
    assert render(Problem("empty_file"), "xx").where == "Hele filen"
    assert render(Problem("not_a_number", 3), "en").found == "We read “nothing”."


def test_braces_in_a_file_are_only_text() -> None:
    problem = Problem("unknown_school", found="{0.__class__} {known}", params={"suggestions": "{found}"})
    assert render(problem).found == "Vi vet ikke hvilken skole «{0.__class__} {known}» er."
    assert render(problem).expected == "Vi kjenner skoler som ligner: {found}"


def test_what_does_not_fit_is_counted() -> None:
    rows = [
        ["4", "I", "11", "1103", str(number), *[""] * 4, *["50", "3,4", "29"] * 3] for number in range(600)
    ]
    reading = read(udir_bytes(rows))
    assert (len(reading.problems), reading.problem_count) == (500, 600)
    assert where(Problem("empty_file"), "en") == "The whole file"


def test_reading_stops_when_a_file_is_wrong_throughout() -> None:
    rows = [
        ["4", "I", "11", "1103", str(number), *[""] * 4, *["50", "3,4", "29"] * 3] for number in range(6_000)
    ]
    assert read(udir_bytes(rows)).problem_count == 5_000


def test_sources_are_found_without_a_list() -> None:
    assert {"open_template", "skoleporten", "ssb_kostra", "udir_eksport", "udir_statistikkbank"} <= set(
        registry.sources()
    )
    assert list(registry.sources()) == sorted(registry.sources())
    for key, source in registry.sources().items():
        assert source.key == key
        assert all(words.nb and words.nn and words.en for words in (source.name, source.about, source.credit))
    assert registry.recognise(["navn", "tall"]) is None


def test_the_pages_on_sources_and_indicators_are_current(tmp_path: Path) -> None:
    assert docs.main([str(tmp_path)]) == 0
    for name in docs.PAGES:
        assert (FOLDER.parents[3] / "docs" / name).read_text(encoding="utf-8") == (tmp_path / name).read_text(
            encoding="utf-8"
        )


def test_every_reason_for_not_fetching_is_still_one() -> None:
    left = not_fetched.left_out()
    assert list(left) != []
    assert set(left) == set(not_fetched.REASONS.values())
    assert not {key for keys in left.values() for key in keys} & {
        key for source in registry.sources().values() for key in source.indicators
    }
