"""The competence plan as a file: the adopted words, who may have it, and nothing of persons."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.agreements import making
from tests.work.competence.conftest import configure
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.doors.workspace.competence_document import document_of
from tettpaa.report.export import html
from tettpaa.work.competence import actions, queries, shelves
from tettpaa.work.competence.models import CompetencePlan

type ClientOf = Callable[[str], Client]
BERIT = "berit@example.test"


@pytest.fixture
def plan(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> CompetencePlan:
    """A plan with something of every kind, discussed and adopted; the owner offers one thing."""
    configure(cast)
    line = shelves.OfferLine("skole", "Lesenettverket", "nettverk", when="september")
    monkeypatch.setattr(shelves, "_offers", {"offers": lambda *_: [line]})
    owner = cast.fjordvik
    made = actions.start_plan(owner=owner, year=2026, by=BERIT)
    made.budget = "100 000 kroner."
    actions.save_plan(plan=made, version=1, fields=["budget"], by=BERIT)
    goal = making.a_goal(cast)
    made.areas.update(goal=goal, what="Nettverk.")
    for source, school, extra in (
        (
            "gap",
            cast.nes,
            {"subject": "norsk", "source_key": "norsk/lower_secondary", "count": 4, "total": 9},
        ),
        ("goal", None, {"text": "Alle leser."}),
        ("school", cast.nes, {"text": "KANARISKOLE"}),
        ("agreement", cast.nes, {"text": "KANARIAVTALE"}),
    ):
        made.needs.create(owner=owner, school=school, source=source, by=BERIT, **extra)
    talked = actions.Talked(date(2026, 4, 20), "De tillitsvalgte", "KANARISAGT", "Mer tid.")
    actions.discuss(plan=made, talked=talked, by=BERIT)
    return made


def adopted(plan: CompetencePlan) -> CompetencePlan:
    actions.move_plan(plan=plan, to="discussed", by=BERIT)
    return actions.move_plan(plan=plan, to="adopted", on=date(2026, 6, 1), case_reference="12/26", by=BERIT)


def words(cast: Cast, name: str, plan: CompetencePlan) -> str:
    """The edition's label, which stands on the title page, and all of the text."""
    viewer = load_viewer(cast.users[name], date(2026, 11, 1))
    made = document_of(queries.plan_paper(viewer, plan), cast.fjordvik)
    text = f"{made.edition_label} {html.render(made, lambda figure: '')}"
    return text.replace("\xa0", " ")  # a day and its month stay on one line


def test_the_adopted_plan_holds_what_everybody_may_read(cast: Cast, plan: CompetencePlan) -> None:
    text = words(cast, "dag", adopted(plan))
    for shown in (
        "Offentlig utgave, åpen for alle", "Lesing i alle fag", "4 av 9", "Mål i planen: Alle leser.",
        "Én skole har meldt behov med egne ord.", "Én skole har avtalt kompetanse med kommunen.",
        "Lesenettverket", "Over tid", "100 000 kroner.", "Det førte til: Mer tid.", "Sak 12/26.", "1. juni 2026",
    ):  # fmt: skip
        assert shown in text, shown
    assert "KANARI" not in text


def test_an_evaluated_plan_tells_how_the_year_went(cast: Cast, plan: CompetencePlan) -> None:
    made = actions.move_plan(plan=adopted(plan), to="in_use", by=BERIT)
    judged = actions.Judged(
        "Nettverket virket.", date(2027, 6, 1), {made.areas.get().pk: "Ni skoler deltok."}
    )
    text = words(cast, "dag", actions.evaluate_plan(plan=made, judged=judged, by=BERIT))
    assert "Nettverket virket." in text
    assert "Slik gikk det: Ni skoler deltok." in text


def test_a_draft_says_that_it_is_one(cast: Cast, plan: CompetencePlan) -> None:
    assert "Utkast, ikke vedtatt" in words(cast, "berit", plan)


def test_an_owner_with_nothing_but_a_name_has_a_plan(cast: Cast) -> None:
    made = actions.start_plan(owner=cast.fjordvik, year=2026, title="Plan", by=BERIT)
    talked = actions.Talked(date(2026, 4, 20), "De tillitsvalgte")
    actions.discuss(plan=made, talked=talked, by=BERIT)
    actions.move_plan(plan=made, to="discussed", by=BERIT)
    made = actions.move_plan(plan=made, to="adopted", on=date(2026, 6, 1), by=BERIT)
    text = words(cast, "dag", made)
    assert "Sak" not in text
    assert "De tillitsvalgte, 20. april 2026." in text


def test_the_files_are_had_by_who_may_read_the_plan(
    cast: Cast, plan: CompetencePlan, client_of: ClientOf
) -> None:
    def address(kind: str) -> str:
        return reverse("workspace:competence_file", args=["9901", plan.pk, kind])

    assert client_of("dag").get(address("pdf")).status_code == 404
    adopted(plan)
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client_of("dag").get(address(kind))
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
        assert answer["Content-Disposition"].endswith(f'versjon-1.{kind}"')
    assert client_of("dag").get(address("exe")).status_code == 404
    assert client_of("eva").get(address("pdf")).status_code == 404
    page = client_of("dag").get(reverse("competence:one", args=["9901", plan.pk])).content.decode()
    assert address("docx") in page
