"""The portal's file: read by the columns the user names, wrong by row and column, all or nothing."""

from decimal import Decimal

import pytest

from tests.factories.cast import Cast
from tests.work.funds.nursery import BERIT, approved, call_of, employ, spoken, walk
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.competence.models import Employee
from tettpaa.work.funds import actions, portal
from tettpaa.work.funds.enums import State
from tettpaa.work.funds.models import Application, Call

COLUMNS = portal.Columns("Ref", "Vedtak", "Innvilget", "Avslått", "Ordning", "Merknad")


def known(*references: str) -> dict[str, Application]:
    """Approved applications that stand in no database."""
    rows = [
        Application(call=Call(year=2027), number=int(one[-3:]), state=State.APPROVED) for one in references
    ]
    return {row.reference: row for row in rows}


def read(
    text: str, columns: portal.Columns = COLUMNS, encoding: str = "utf-8"
) -> tuple[list[str], list[str]]:
    """What was read in words, and what is wrong with it."""
    answers, problems = portal.read_answers(text.encode(encoding), columns, known("2027-001", "2027-002"))
    return (
        [f"{one.application.reference} {one.is_granted} {one.form} {one.words}".strip() for one in answers],
        [f"{one.row} {one.column} {one.found}: {one.said}" for one in problems],
    )


GOOD = "Ref;Vedtak;Ordning;Merknad\n2027-001;Innvilget;Vikar;Fint\n\n2027-002;avslått;;\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GOOD, "utf-8"),
        (GOOD, "utf-8-sig"),
        (GOOD, "cp1252"),
        (GOOD.replace(";", ","), "utf-8"),
        (GOOD.replace(";", "\t"), "utf-8"),
        (f"sep=;\n{GOOD}", "utf-8"),
        (GOOD.replace("\n", "\r\n"), "utf-8"),
        (GOOD.replace("Ref;", " REF ;"), "utf-8"),
    ],
)
def test_a_good_file_in_every_dress(text: str, encoding: str) -> None:
    assert read(text, encoding=encoding) == (["2027-001 True substitute Fint", "2027-002 False"], [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ref;Svar\n2027-001;Innvilget\n", ["1 Vedtak : Kolonnen finnes ikke. Filen har: Ref, Svar."]),
        ("", ["1 Vedtak : Kolonnen finnes ikke. Filen har: –."]),
        ("Ref;Vedtak\n", ["1  : Filen har ingen rader under overskriften."]),
        (
            "Ref;Vedtak\n2027-009;Innvilget\n",
            ["2 Ref 2027-009: Ingen søknad i denne runden har denne referansen."],
        ),
        ("Ref;Vedtak\n2027-001;Kanskje\n", ["2 Vedtak Kanskje: Svaret må være «Innvilget» eller «Avslått»."]),
        ("Ref;Vedtak\n2027-001\n", ["2 Vedtak : Svaret må være «Innvilget» eller «Avslått»."]),
        (
            "Ref;Vedtak\n2027-001;Innvilget\n\n2027-001;Avslått\n",
            ["4 Ref 2027-001: Referansen står også i rad 2. Ta bort den ene."],
        ),
    ],
)
def test_each_slip_is_told_by_row_and_column(text: str, wanted: list[str]) -> None:
    columns = portal.Columns("Ref", "Vedtak", "Innvilget", "Avslått")
    answers, problems = read(text, columns)
    assert answers == []
    assert [one for one in problems if " Ref : Kolonnen" not in one] == wanted


def test_a_form_nobody_knows_and_a_file_that_is_no_text() -> None:
    assert read("Ref;Vedtak;Ordning;Merknad\n2027-001;Innvilget;Gave;\n")[1] == [
        "2 Ordning Gave: Ordningen må være «Vikar» eller «Stipend»."
    ]
    for data in (b"PK\x00\x01", b"x" * (portal.MOST_BYTES + 1)):
        answers, [problem] = portal.read_answers(data, COLUMNS, {})
        assert (answers, problem.said) == (
            [],
            "Filen kan ikke leses som tekst. Lagre den som CSV og prøv igjen.",
        )


def test_an_application_that_waits_for_no_answer() -> None:
    rows = known("2027-001")
    rows["2027-001"].state = State.WITHDRAWN
    problems = portal.read_answers(
        b"Ref;Vedtak\n2027-001;Innvilget\n", portal.Columns("Ref", "Vedtak", "Innvilget", "Nei"), rows
    )[1]
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
    assert actions.take_answers(call=sent, answers=answers[:1], by=BERIT) == 1
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
