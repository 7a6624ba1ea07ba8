"""Udir's export interface v2: recorded figures cell by cell, its traps, and everything that may be wrong with a page."""

import json
from math import sqrt
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.data.sources.fetch.stand_in import StandIn, standing_in
from tests.data.sources.fetch.test_udir_report import as_bytes, snapshot
from tests.data.sources.fetch.udir_v1 import recorded
from tests.data.sources.fetch.udir_v2 import CODES, FILES, HOST, VIK, Eksport, rows
from tests.data.sources.helpers import codes, read
from tests.factories.cast import Cast
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Scope, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.udir_survey import BASE
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.source import Reading
from tettpaa.data.sources.udir_surveys import INDICES
from tettpaa.data.suppression.kinds import Gender, Level, Status

SURVEY = datasets()["udir_elevundersokelsen"]


def pages(*tables: tuple[int, list[dict[str, Any]]]) -> bytes:
    """A snapshot with one page for each table."""
    about = {"Sidenummer": "1", "RaderSide": "1000"}
    return snapshot(
        *(
            (
                str(table),
                [row | about | {"RaderTotalt": str(len(found))} for row in found],
                {"question": str(table)},
            )
            for table, found in tables
        )
    )


def everything() -> Reading:
    return read(pages(*((table, rows(table)) for table in (151, 148, 150))))


def number(text: str) -> float:
    return float(text.replace(",", "."))


def independent(table: int) -> dict[tuple[int, int, str], dict[str, Any]]:
    """Rows of the recorded file by period, grade and index, read without the product's code."""
    keys = {name: INDICES[f"EUIndeks_{code}"] for name, code in CODES.items()}
    return {
        (
            int(row["Skoleaarnavn"][:4]),
            10 + int(row["Trinnnavn"][-1]),
            keys.get(row.get("Spoersmaalgruppe", ""), "eu_deltakelse"),
        ): row
        for row in recorded(FILES[table])
        if row["EierformNavn"] == "Alle eierformer"
        and row.get("Spoersmaalnavn", "Alle spørsmål") == "Alle spørsmål"
    }


def test_every_recorded_figure_is_what_the_rows_say() -> None:
    reading = everything()
    assert reading.problems == ()
    found = {(c.period, c.grade, c.indicator): c for c in reading.cells}
    expected = independent(151) | independent(148) | independent(150)
    assert set(found) == set(expected)
    assert len(found) == len(reading.cells)
    answered = {key[:2]: int(row["AntallBesvart"]) for key, row in independent(151).items()}
    for key, row in expected.items():
        cell = found[key]
        if "Score" in row:
            n = int(row["AntallBesvart"])
            half = pytest.approx(1.96 * number(row["Standardavvik"]) / sqrt(n))
            assert (cell.value, cell.n, cell.uncertainty) == (number(row["Score"]), n, half)
        elif "AndelDeltatt" in row:
            assert (cell.value, cell.n) == (number(row["AndelDeltatt"]), int(row["AntallInvitert"]))
        elif row["AndelMobbet"] == "*":
            assert (cell.value, cell.n, cell.status) == (None, None, Status.HIDDEN_BY_SOURCE)
        else:
            assert (cell.value, cell.n) == (number(row["AndelMobbet"]), answered[key[:2]])


def test_the_pupils_of_bullying_are_those_who_answered() -> None:
    """2021-22 Vg2: 4.8 % are 7 bullied of 145; 2022-23: 8.1 % are 13 of 161 (data.md 1A)."""
    shares = {(c.period, c.grade): (c.value, c.n) for c in everything().cells if c.indicator == "eu_mobbing"}
    assert (shares[2021, 12], shares[2022, 12]) == ((4.8, 145), (8.1, 161))
    alone = {(c.period, c.grade): c.n for c in read(pages((150, rows(150)))).cells}
    assert alone[2021, 12] is None


ONE = next(
    row
    for row in rows(148)
    if row["EierformNavn"] == "Alle eierformer" and row["Spoersmaalnavn"] == "Alle spørsmål"
)


def one(**changes: Any) -> Reading:
    return read(pages((148, [ONE | changes])))


@pytest.mark.parametrize(
    ("texts", "status", "value"),
    [
        ({"Score": "*", "AntallBesvart": "*"}, Status.HIDDEN_BY_SOURCE, None),
        ({"Score": "-", "AntallBesvart": "-"}, Status.MISSING, None),
        ({"Score": None, "AntallBesvart": None}, Status.MISSING, None),
        ({"Score": "", "AntallBesvart": "0"}, Status.NO_PARTICIPANTS, None),
        ({"Score": " 4,1*", "AntallBesvart": " 1 062"}, Status.CONFIDENTIAL, 4.1),
    ],
)
def test_missing_has_several_faces(texts: dict[str, Any], status: Status, value: float | None) -> None:
    (cell,) = one(**texts).cells
    assert (cell.status, cell.value) == (status, value)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"EnhetNivaa": "1", "Fylkekode": "I"}, (Level.NATION, "NO", "Hele landet", "", "")),
        ({"EnhetNivaa": "2", "Organisasjonsnummer": "99"}, (Level.COUNTY, "99", "Fylket", "99", "")),
        (
            {"EnhetNivaa": "3", "Organisasjonsnummer": "9901"},
            (Level.MUNICIPALITY, "9901", "Fjordvik", "99", "9901"),
        ),
        ({"EnhetNavn": "Vik skole "}, (Level.SCHOOL, VIK, "Vik skole", "99", "9901")),
    ],
)
def test_places_of_every_level(place: dict[str, str], expected: tuple[Any, ...]) -> None:
    (cell,) = one(**place).cells
    assert (cell.level, cell.unit_code, cell.unit_name, cell.county, cell.municipality) == expected


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Poeng": "1"}, "unknown_columns"),
        ({"EierformNavn": "Stiftelse"}, "unknown_dimension"),
        ({"Kjoenn": "Andre"}, "unknown_dimension"),
        ({"Trinnnavn": "Voksne"}, "unknown_dimension"),
        ({"Skoleaarnavn": "2025"}, "unknown_dimension"),
        ({"Spoersmaalgruppekode": "EUIndeks_1398"}, "unknown_dimension"),
        ({"Fylkekode": "9"}, "bad_county"),
        ({"Kommunekode": ""}, "bad_municipality"),
        ({"EnhetNivaa": "7"}, "unknown_level"),
        ({"Organisasjonsnummer": "974600001"}, "bad_orgnr"),
        ({"Score": "4.1.2025"}, "date_for_number"),
        ({"AntallBesvart": "mange"}, "not_a_number"),
        ({"RaderTotalt": "ukjent"}, "not_a_count"),
    ],
)
def test_what_is_not_known_is_refused(changes: dict[str, str], code: str) -> None:
    content = pages((148, [ONE])).decode()
    head, line = content.splitlines()
    del head
    page = json.loads(json.loads(line)["body"])
    reading = read(snapshot(("148", [page[0] | changes], {"question": "148"})))
    assert codes(reading)[0] == code


def test_groups_single_questions_and_kinds_of_ownership_are_left_out() -> None:
    others = [
        ONE | {"GruppeNivaa": "1"},
        ONE | {"Spoersmaalnavn": "Trives du på skolen?"},
        ONE | {"EierformNavn": "Privat eiet"},
        ONE | {"Spoersmaalgruppekode": "EUIndeks_1234", "Spoersmaalgruppe": "Ny indeks"},
    ]
    reading = read(pages((148, [ONE, *others, others[-1]])))
    assert (len(reading.cells), reading.left_out) == (1, ("Ny indeks",))


def test_the_table_of_themes_is_refused() -> None:
    """Table 149 in the headings that data.md 1A has for it; made, since no answer of it was recorded."""
    without = {
        "Spoersmaalgruppekode",
        "Spoersmaalgruppe",
        *(head for head in ONE if "Svaralternativ" in head),
    }
    theme = {"TemaNivaa": "1", "Temakode": "T", "Temanavn": "Tema", "SvaralternativNivaa": "0"} | {
        "SvaralternativKode": "S", "SvaralternativNavn": "Alle svar", "AndelBesvart": "100,0",
    }  # fmt: skip
    reading = read(pages((149, [{head: text for head, text in ONE.items() if head not in without} | theme])))
    assert codes(reading) == ["unknown_columns"]
    assert reading.problems[0].found.startswith("AndelBesvart, ")


def test_the_same_figure_twice_is_one_and_two_figures_are_refused() -> None:
    assert len(read(pages((148, [ONE, ONE]))).cells) == 1
    assert codes(read(pages((148, [ONE, ONE | {"Score": "1,0"}])))) == ["two_figures"]


def test_the_column_of_2026_is_the_same_column() -> None:
    row = {("Indikator" if key == "Spoersmaalgruppe" else key): value for key, value in ONE.items()}
    assert len(read(pages((148, [row]))).cells) == 1


def test_rows_that_are_lost_on_the_way_are_missed() -> None:
    about = {"Sidenummer": "1", "RaderSide": "2", "RaderTotalt": "2"}
    assert codes(read(as_bytes([ONE | about]))) == ["pages_do_not_add_up"]
    assert codes(read(as_bytes([ONE | about, ONE | about | {"RaderTotalt": "3"}])))[0] == "not_a_count"
    assert codes(read(snapshot(("a", [], {}), ("b", [1], {})))) == ["unknown_answer_form"]
    assert codes(read(snapshot(("a", [], {}), ("b", {}, {})))) == ["unknown_answer_form"]


def test_more_bullied_than_answered_and_more_answers_than_invited_are_refused() -> None:
    bullied = [row | {"AntallBesvart": "9 999"} for row in rows(150) if row["AndelMobbet"] == "4,8"][:1]
    assert codes(read(pages((151, rows(151)), (150, bullied)))) == ["part_above_whole"]
    assert codes(read(pages((150, [bullied[0] | {"AntallBesvart": "syv"}])))) == ["not_a_number"]
    asked = [row | {"AntallInvitert": "1"} for row in rows(151) if row["EierformNavn"] == "Alle eierformer"][
        :1
    ]
    assert codes(read(pages((151, asked)))) == ["part_above_whole"]


def test_girls_have_no_number_behind_bullying() -> None:
    girls = [row | {"Kjoenn": "Jente"} for row in rows(150) if row["AndelMobbet"] == "4,8"][:1]
    (cell,) = read(pages((151, rows(151)), (150, [girls[0] | {"EierformNavn": "Alle eierformer"}]))).cells[
        -1:
    ]
    assert (cell.gender, cell.value, cell.n) == (Gender.GIRLS, 4.8, None)


def test_no_table_by_hand_is_mistaken_for_it() -> None:
    source = sources()["udir_eksport"]
    assert source.recognise(["Spoersmaalgruppe", "Score"]) is False
    assert list(source.read(None, None, None)) == []  # type: ignore[arg-type]


class Asked:
    """Answers by the stand-in's speaker without a line."""

    def __init__(self, eksport: Eksport) -> None:
        self.eksport, self.paths = eksport, []  # type: ignore[var-annotated]

    def __call__(self, host: str, path: str) -> Got:
        self.paths.append(path)
        with_query = path.partition("?")
        query = dict(part.split("=", 1) for part in with_query[2].split("&") if part)
        found = self.eksport(with_query[0], query)
        assert found is not None
        return Got(f"https://{host}{path}", found[1], json.loads(found[1]))


def test_pages_are_counted_first_and_no_address_grows_too_long() -> None:
    ask = Asked(Eksport())
    schools = tuple(f"F{number:08d}" for number in range(100))
    steps = list(SURVEY.plan(Scope("9901", "99", schools), ask))
    assert max(map(len, ask.paths)) < 1_000
    counted = [path for path in ask.paths if "sideData" in path]
    assert len(counted) == 3 * 2 * 3
    assert [path for path in ask.paths if "EierformID(-10)" not in path] == [
        BASE,
        *(f"{BASE}/{table}/filterStatus?filterId=TidID&filter=TidID(*)" for table in (151, 148, 150)),
    ]
    assert steps[-1].total == len(steps)


@pytest.mark.parametrize(
    ("path", "answer", "found"),
    [
        (BASE, [{"EksportID": 148}], "EksportID 151, 150"),
        (BASE, {}, "EksportID 151, 148, 150"),
        ("filterStatus", {"TidID": []}, "TidID"),
        ("sideData", [{"JSONSider": "2"}], "JSONSider"),
        ("sideData", [{"JSONSider": 501}], "JSONSider"),
        ("sideData", [], "JSONSider"),
    ],
)
def test_an_interface_that_answers_in_a_new_way_stops_it(path: str, answer: Any, found: str) -> None:
    true = Asked(Eksport())

    def ask(host: str, asked: str) -> Got:
        is_it = asked == path if path == BASE else path in asked
        return Got(asked, b"", answer) if is_it else true(host, asked)

    with pytest.raises(FetchError) as caught:
        list(SURVEY.plan(Scope("9901", "99", (VIK,)), ask))
    assert caught.value.params["found"] == found


def test_without_schools_there_is_nothing_to_ask_for() -> None:
    with pytest.raises(FetchError, match="Hent skoleregisteret først"):
        list(SURVEY.plan(Scope("9901", "99"), Asked(Eksport())))


@pytest.fixture
def eksport() -> Eksport:
    return Eksport()


@pytest.fixture
def server(eksport: Eksport, settings: Any, tmp_path: Any) -> Any:
    with standing_in({HOST: eksport}) as stand_in:
        settings.FETCH_STAND_IN, settings.FILE_STORE = stand_in.address, tmp_path / "store"
        yield stand_in


@pytest.mark.django_db
def test_the_survey_is_fetched_for_an_owner_and_a_lost_row_stops_it(
    cast: Cast, eksport: Eksport, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("fetch", "udir_elevundersokelsen")
    assert "Si hvilken kommune det gjelder." in capsys.readouterr().err
    call_command("fetch", "udir_elevundersokelsen", owner="9901")
    assert Release.objects.get().source == "udir_eksport"
    standing = PublishedValue.objects.filter(superseded_by=None)
    assert {"eu_trivsel", "eu_mobbing", "eu_deltakelse"} <= set(
        standing.values_list("indicator__key", flat=True)
    )
    eksport.lose_rows = 1
    with pytest.raises(CommandError):
        call_command("fetch", "udir_elevundersokelsen", owner="9901", again=True)
    assert "Kilden sier at det skal være" in capsys.readouterr().err
    assert Release.objects.count() == 1
