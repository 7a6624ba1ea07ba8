"""Chapter 8: counts as they may be told, and nothing before there is anything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories.cast import Cast
from tests.report.annual.staging import context
from tests.work.competence.conftest import AUD, configure
from tettpaa.report.annual.blocks import competence
from tettpaa.report.annual.development import (
    CompetenceFacts,
    NetworkFacts,
    SubjectFacts,
    _study,
    competence_of,
)
from tettpaa.report.annual.work import Work
from tettpaa.report.export.tree import Note, Section, Table
from tettpaa.work.competence import actions
from tettpaa.work.competence.counts import Shown, shown
from tettpaa.work.funds.queries import MoneyCount, StudyCount
from tettpaa.work.offers.enums import Part
from tettpaa.work.offers.models import Attendance, Gathering, Member, Network

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
    assert found["Lærere og kompetansekravet"] == [["Norsk, barnetrinnet", "18 av 23"]]
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


def test_the_table_names_the_law_of_the_reports_school_year(cast: Cast) -> None:
    def note(year: int) -> str:
        made = replace(context(cast), year=year, work=Work(competence=FULL))
        tables = [block for block in competence.build(made).blocks if isinstance(block, Table)]
        return tables[0].note.replace("\u00a0", " ")

    assert note(2023) == "Hvem kravet ikke omfatter, står i opplæringslova (1998) § 10-2."
    assert note(2024) == "Hvem kravet ikke omfatter, står i opplæringslova § 17-4."
    assert note(2016) == ""


def test_a_confirmed_number_needs_no_note_and_a_small_part_is_few(cast: Cast) -> None:
    one = SubjectFacts("norsk", "primary", shown(1, 9, 5), is_confirmed=True)
    hidden = SubjectFacts("engelsk", "primary", shown(1, 2, 5), is_confirmed=True)
    facts = CompetenceFacts(subjects=(one, hidden), trade=(("experience", 5, None),))
    section = competence.build(replace(context(cast), work=Work(competence=facts)))
    assert tables(section)["Lærere og kompetansekravet"] == [
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


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        # One of twelve was refused by the owner, and one of those by the state: neither difference can be drawn.
        ((12, 11, 10, 9), (12, "nearly_all 12", "nearly_all 12", "exact 9 12")),
        ((12, 9, 8, 5), (12, "exact 9 12", "nearly_all 9", "exact 5 9")),
        ((12, 9, 5, 1), (12, "exact 9 12", "exact 5 9", "few 5")),
        ((20, 14, 8, 2), (20, "exact 14 20", "exact 8 14", "few 8")),
        ((4, 4, 4, 4), (None, "hidden", "hidden", "hidden")),
        ((9, 0, 0, 0), (9, "few 9", "few 9", "few 9")),
    ],
)
def test_no_two_gates_of_a_study_differ_by_one_or_two(
    counts: tuple[int, ...], told: tuple[object, ...]
) -> None:
    found = _study(StudyCount("norsk", *counts), 5)
    gates = (found.approved, found.granted, found.passed)
    words = [" ".join(str(x) for x in (one.face, one.part, one.whole) if x is not None) for one in gates]
    assert (found.applied, *words) == told


def test_networks_studies_and_money_have_their_tables(cast: Cast) -> None:
    facts = CompetenceFacts(
        networks=NetworkFacts(2, 7, 6, Shown("exact", 41, 48)),
        studies=(_study(StudyCount("norsk", 12, 9, 6, 3), 5),),
        money=MoneyCount(Decimal(350000), Decimal(105000), Decimal(80000), 6),
        year=2024,
    )
    found = tables(competence.build(replace(context(cast), work=Work(competence=facts))))
    assert found["Nettverk"] == [
        ["Nettverk som har møttes", "2"], ["Samlinger", "7"], ["Skoler med deltakere", "6"],
        ["Møtte fram på samlingene", "41 av 48"],
    ]  # fmt: skip
    assert found["Videreutdanning, søknader i 2024"] == [["Norsk", "12", "9 av 12", "6 av 9", "3 av 6"]]
    assert found["Utviklingsmidler i 2024"] == [
        ["Staten", "350\u00a0000"],
        ["Kommunens egenandel", "105\u00a0000"],
        ["Kommunens midler til skolene (6 skoler)", "80\u00a0000"],
    ]
    one_school = replace(facts, money=MoneyCount(Decimal(0), Decimal(0), Decimal(80000), 1))
    rows = tables(competence.build(replace(context(cast), work=Work(competence=one_school))))
    assert rows["Utviklingsmidler i 2024"] == [["Kommunens midler til skolene", "80\u00a0000"]]
    assert not facts.is_empty


def test_networks_are_counted_when_they_have_met(cast: Cast) -> None:
    owner = cast.fjordvik
    network = Network.objects.create(owner=owner, key="lesing", name="Lesenettverket")
    for on, is_cancelled in ((date(2025, 9, 1), False), (date(2026, 2, 1), True), (date(2026, 9, 1), False)):
        Gathering.objects.create(
            owner=owner, network=network, on=on, title="Samling", is_cancelled=is_cancelled
        )
    for school in (cast.nes, cast.vik, None):
        person = actions.add_employee(
            owner=owner, school=school, name="A", email="", role="teacher", by=AUD,
            more=actions.NewEmployee(active_from=date(2020, 8, 1)),
        )  # fmt: skip
        ends = date(2025, 6, 1) if school == cast.vik else None
        Member.objects.create(
            network=network, employee=person, part=Part.FIXED, starts_on=date(2024, 8, 1), ends_on=ends
        )
    assert competence_of(owner, 2025, date(2026, 11, 1)).networks == NetworkFacts(1, 1, 1)


def test_who_came_is_counted_where_it_was_noted_and_never_of_a_few(cast: Cast) -> None:
    owner = cast.fjordvik
    network = Network.objects.create(owner=owner, key="lesing", name="Lesenettverket")
    days = [
        Gathering.objects.create(owner=owner, network=network, on=on, title="Samling")
        for on in (date(2025, 9, 1), date(2025, 11, 1), date(2026, 2, 1))
    ]
    for number in range(8):
        person = actions.add_employee(
            owner=owner, school=cast.nes, name="A", email="", role="teacher", by=AUD,
            more=actions.NewEmployee(active_from=date(2020, 8, 1)),
        )  # fmt: skip
        starts = date(2025, 10, 1) if number == 0 else date(2024, 8, 1)  # one was not yet in it at the first
        Member.objects.create(network=network, employee=person, part=Part.FIXED, starts_on=starts)
        for day in days[:2]:  # nobody noted who came to the last
            if number < 5:
                Attendance.objects.create(gathering=day, employee=person, came=number != 4)
    assert competence_of(owner, 2025, date(2026, 11, 1)).networks.came == Shown("exact", 7, 15)
    Member.objects.exclude(employee__in=Member.objects.values("employee")[:4]).delete()
    assert competence_of(owner, 2025, date(2026, 11, 1)).networks.came == Shown("hidden")
