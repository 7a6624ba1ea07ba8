"""The portal's file: read by the columns that are pointed at, wrong by row and column, all or nothing."""

import io
import tempfile
from decimal import Decimal

import pytest

from tests.data.sources.helpers import sample
from tests.data.sources.mapping.files import csv_bytes, xlsx_bytes
from tests.factories.cast import Cast
from tests.work.funds.nursery import BERIT, approved, call_of, employ, spoken, walk
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.competence.models import Employee
from tettpaa.work.funds import actions, portal
from tettpaa.work.funds.enums import State
from tettpaa.work.funds.models import Application, Call, Scheme

COLUMNS = portal.Columns("Ref", "Vedtak", "Innvilget", "Avslått", "Ordning", "Merknad")
GOOD = [
    ["Ref", "Navn", "Vedtak", "Ordning", "Merknad"],
    ["2027-001", "Kari Nes", "Innvilget", "Vikar", "Fint"],
]


def known(*references: str) -> dict[str, Application]:
    """Approved applications that stand in no database."""
    rows = [
        Application(call=Call(year=2027), number=int(one[-3:]), state=State.APPROVED) for one in references
    ]
    return {row.reference: row for row in rows}


def read(*lines: portal.Line) -> tuple[list[str], list[str]]:
    """What was read in words, and what is wrong with it."""
    answers, problems = portal.read_answers(lines, COLUMNS, known("2027-001", "2027-002"))
    return (
        [f"{one.application.reference} {one.is_granted} {one.form} {one.words}".strip() for one in answers],
        [f"{one.row} {one.column} {one.found}: {one.said}" for one in problems],
    )


def test_answers_by_what_the_columns_mean() -> None:
    good = (
        portal.Line(2, "2027-001", "Innvilget", "Vikar", "Fint"),
        portal.Line(4, "2027-002", "avslått"),
    )
    assert read(*good) == (["2027-001 True substitute Fint", "2027-002 False"], [])


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([], ["1  : Filen har ingen rader under overskriften."]),
        (
            [portal.Line(2, "2027-009", "Innvilget")],
            ["2 Ref 2027-009: Ingen søknad i denne runden har denne referansen."],
        ),
        (
            [portal.Line(2, "2027-001", "Kanskje")],
            ["2 Vedtak Kanskje: Svaret må være «Innvilget» eller «Avslått»."],
        ),
        (
            [portal.Line(2, "2027-001", "Innvilget"), portal.Line(4, "2027-001", "Avslått")],
            ["4 Ref 2027-001: Referansen står også i rad 2. Ta bort den ene."],
        ),
        (
            [portal.Line(2, "2027-001", "Innvilget", "Gave")],
            ["2 Ordning Gave: Ordningen må være «Vikar» eller «Stipend»."],
        ),
    ],
)
def test_each_slip_is_told_by_row_and_column(lines: list[portal.Line], wanted: list[str]) -> None:
    assert read(*lines) == ([], wanted)


def test_a_file_in_every_dress_is_read_in_a_process_of_its_own() -> None:
    for data in (csv_bytes(GOOD), xlsx_bytes(GOOD)):
        file = open_file(data)
        assert portal.look(file) == (GOOD[0], [])
        assert portal.lines_of(file, COLUMNS) == (
            [portal.Line(2, "2027-001", "Innvilget", "Vikar", "Fint")], []
        )  # fmt: skip


def open_file(data: bytes) -> io.BufferedRandom:
    """A nameless file, as uploads are."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
    file.write(data)
    file.seek(0)
    return file  # type: ignore[return-value]


def test_what_cannot_be_read_is_told_in_words() -> None:
    heads, [problem] = portal.look(open_file(b"%PDF-1.7"))
    assert (heads, problem.row, problem.column) == ([], 1, "")
    assert "PDF" in problem.said
    _heads, [figures] = portal.look(open_file(sample("np5_2024-25_utdrag.csv")))
    assert figures.said == "Dette er en fil med tall, ikke svar på søknader."
    lines, [gone] = portal.lines_of(open_file(csv_bytes(GOOD)), portal.Columns("Ref", "Svar", "Ja", "Nei"))
    assert (lines, "Svar" in gone.said) == ([], True)


def test_which_column_is_which_is_proposed_and_remembered() -> None:
    assert portal.likely(["Nr.", "Referanse", "Svar", "Status", "Begrunnelse"]) == {
        "reference": "Referanse", "decision": "Svar", "form": "", "words": "Begrunnelse"
    }  # fmt: skip
    scheme = Scheme(answer_columns=COLUMNS.as_json())
    assert portal.remembered(scheme, GOOD[0]) == COLUMNS
    assert portal.remembered(scheme, ["Ref", "Vedtak"]) is None
    assert portal.remembered(Scheme(), GOOD[0]) is None


def test_an_application_that_waits_for_no_answer() -> None:
    rows = known("2027-001")
    rows["2027-001"].state = State.WITHDRAWN
    problems = portal.read_answers([portal.Line(2, "2027-001", "Innvilget")], COLUMNS, rows)[1]
    assert [one.said for one in problems] == ["Søknaden venter ikke på svar. Den er: Trukket."]


@pytest.fixture
def sent(cast: Cast) -> Call:
    """Two approved applications."""
    call, carl = call_of(cast, rules=[]), employ(cast, "carl", cast.nes)
    for title in "AB":
        spoken(call, carl, title=title)
    return approved(call)


def test_answers_are_taken_all_or_none(sent: Call) -> None:
    rows = {row.title: row for row in sent.applications.all()}
    answers = [
        actions.Answer(rows["A"], is_granted=True, form="stipend", words="Innvilget som stipend"),
        actions.Answer(rows["B"], is_granted=False),
    ]
    walk(rows["B"], State.WITHDRAWN)
    with pytest.raises(NotAllowedError):
        actions.take_answers(call=sent, answers=answers, by=BERIT)
    assert sent.applications.get(title="A").state == State.APPROVED
    columns = COLUMNS.as_json()
    assert actions.take_answers(call=sent, answers=answers[:1], by=BERIT, columns=columns) == 1
    assert Scheme.objects.get(pk=sent.scheme_id).answer_columns == columns
    found = sent.applications.get(title="A")
    assert (found.state, found.form) == (State.GRANTED, "stipend")
    assert found.steps.last().reason == "Innvilget som stipend"  # type: ignore[union-attr]


def test_the_list_that_goes_out(sent: Call) -> None:
    rows = portal.rows(list(sent.applications.select_related("call", "school", "employee")))
    assert len(portal.header()) == len(rows[0])
    assert rows[0][:10] == [
        "2027-001", 1, "Carl", "carl@example.test", "Nes skole", "A", "Høgskolen", 30.0, "Vikar", "Stipend",
    ]  # fmt: skip
    Employee.objects.update(name="X")
    bare = portal.rows([Application(call=sent, number=3, credits=Decimal("7.5"))])
    assert bare[0][:8] == ["2027-003", None, "", "", "", "", "", 7.5]
