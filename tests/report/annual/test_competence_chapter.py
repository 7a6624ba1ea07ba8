"""Chapter 8: counts as they may be told, and nothing before there is anything."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.report.annual.staging import context
from tests.work.competence.conftest import AUD, configure
from tettpaa.report.annual.blocks import competence
from tettpaa.report.annual.development import CompetenceFacts, SubjectFacts, competence_of
from tettpaa.report.annual.work import Work
from tettpaa.report.export.tree import Note, Section, Table
from tettpaa.work.competence import actions
from tettpaa.work.competence.counts import shown

pytestmark = pytest.mark.django_db
FULL = CompetenceFacts(
    plan="Kompetanseplan for oppvekst",
    areas=("Lesing i alle fag",),
    subjects=(SubjectFacts("norsk", "primary", shown(18, 23, 5), is_confirmed=False),),
    deviations=None,
    mentored=shown(5, 5, 5),
    principals=shown(3, 8, 5),
    studying=0,
    trade=(("experience", 6, 5), ("on_the_job", None, 0)),
    roles=(("Leseveileder", 4),),
    schools=8,
    spread_schools=3,
)


def tables(section: Section) -> dict[str, list[list[str]]]:
    return {
        block.caption: [[cell.text for cell in row] for row in block.rows]
        for block in section.blocks
        if isinstance(block, Table)
    }


def test_the_chapter_tells_counts_as_they_may_be_told(cast: Cast) -> None:
    made = replace(context(cast), work=Work(competence=FULL))
    section = competence.build(made)
    found = tables(section)
    assert found["Lærere som oppfyller kompetansekravet"] == [["Norsk, barnetrinnet", "18 av 23"]]
    assert found["Nyutdannede, ledere og assistenter"] == [
        ["Fravik vedtatt for skoleåret", "for få til å vises"],
        ["Nyutdannede som får veiledning", "alle eller nesten alle av 5"],
        ["Rektorer med rektorutdanning", "3 av 8"],
        ["I gang med rektorutdanning", "Ingen"],
        ["Praksiskandidater på vei til fagbrev", "6"],
        ["Fagbrev på jobb, på vei", "for få til å vises"],
        ["Assistenter som har bestått fagprøven", "5"],
    ]
    assert found["Ressursroller på skolene"] == [
        ["Leseveileder", "4 av 8"],
        ["Skoler som har delt noe på skolen i år", "3 av 8"],
    ]
    assert any(isinstance(block, Note) and "1. august 2024" in block.text for block in section.blocks)
    assert competence.told(made)["Rektorer med rektorutdanning"] == "3 av 8"
    assert competence.applies(made)


def test_a_confirmed_number_needs_no_note_and_a_small_part_is_few(cast: Cast) -> None:
    one = SubjectFacts("norsk", "primary", shown(1, 9, 5), is_confirmed=True)
    hidden = SubjectFacts("engelsk", "primary", shown(1, 2, 5), is_confirmed=True)
    facts = CompetenceFacts(subjects=(one, hidden), trade=(("experience", 5, None),))
    section = competence.build(replace(context(cast), work=Work(competence=facts)))
    assert tables(section)["Lærere som oppfyller kompetansekravet"] == [
        ["Norsk, barnetrinnet", "høyst 2 av 9"],
        ["Engelsk, barnetrinnet", "for få til å vises"],
    ]
    assert not any(isinstance(block, Note) for block in section.blocks)
    assert tables(section)["Nyutdannede, ledere og assistenter"][-1][1] == "for få til å vises"


def test_nothing_is_told_before_there_is_anything(cast: Cast) -> None:
    facts = competence_of(cast.fjordvik, 2026, date(2026, 11, 1))
    assert facts.is_empty
    assert not competence.applies(replace(context(cast), work=Work(competence=facts)))


def test_the_facts_are_of_the_school_year_and_its_adopted_plan(cast: Cast) -> None:
    configure(cast)
    owner = cast.fjordvik
    made = actions.add_employee(
        owner=owner, school=cast.nes, name="A", email="", role="teacher", by=AUD,
        more=actions.NewEmployee(active_from=date(2020, 8, 1)),
    )  # fmt: skip
    actions.set_teaching(employee=made, year=2025, rows=[("norsk", "primary")], by=AUD)
    role = actions.Appointment(owner_area(cast), date(2025, 9, 1))
    actions.appoint(employee=made, role=role, by=AUD)
    actions.tell_spread(school=cast.nes, told=actions.Told(date(2025, 10, 1), "X"), by=AUD)
    plan = actions.start_plan(owner=owner, year=2025, by=AUD)
    draft = competence_of(owner, 2025, date(2026, 11, 1))
    assert (draft.plan, draft.areas, draft.spread_schools, draft.roles) == ("", (), 1, (("Leseveileder", 1),))
    assert [one.met.face for one in draft.subjects] == ["hidden"]
    actions.discuss(plan=plan, talked=actions.Talked(date(2025, 4, 1), "Tillitsvalgte"), by=AUD)
    for to in ("discussed", "adopted"):
        plan = actions.move_plan(plan=plan, to=to, by=AUD)
    facts = competence_of(owner, 2025, date(2026, 11, 1))
    assert (facts.plan, facts.areas) == ("Kompetanseplan for oppvekst", ("Lesing i alle fag",))
    assert competence_of(owner, 2026, date(2026, 11, 1)).subjects == ()


def owner_area(cast: Cast) -> object:
    from tettpaa.work.competence.queries import resource_areas

    return resource_areas(cast.fjordvik)[0]
