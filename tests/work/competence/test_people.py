"""People, qualifications, deviations; counts that follow; what is deleted when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests.work.competence.conftest import AUD, BEGAN, BERIT, Staff
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence import actions, owndata, queries
from tettpaa.work.competence.actions import NewEmployee, PostError, Proposed
from tettpaa.work.competence.enums import Standing
from tettpaa.work.competence.models import Deviation, Employee, Frame, Teaching, WalkNote
from tettpaa.work.competence.tasks import round_of_day


def standings(staff: Staff, name: str = "carl") -> dict[str, str]:
    return dict(Teaching.objects.filter(employee=staff[name]).values_list("subject", "standing"))


def test_one_e_mail_is_one_person_and_finds_the_account(staff: Staff) -> None:
    again = actions.add_employee(
        owner=staff.cast.fjordvik,
        school=staff.cast.vik,
        name="Noen",
        email=" Carl@Example.test ",
        role="teacher",
        by=AUD,
    )
    assert again == staff["carl"]
    assert staff["carl"].user == staff.cast.users["carl"]
    assert staff["vidar"].user is None


def test_a_post_the_law_does_not_allow_is_refused_and_an_open_end_becomes_31_july(staff: Staff) -> None:
    place = {"owner": staff.cast.fjordvik, "school": staff.cast.nes, "role": "teacher", "by": AUD}
    with pytest.raises(PostError, match="needs_education"):
        actions.add_employee(
            **place, name="A", email="a@example.test", more=NewEmployee(has_teacher_education=False)
        )
    more = NewEmployee(employment="temporary", has_teacher_education=False, active_from=date(2026, 8, 15))
    made = actions.add_employee(**place, name="B", email="", more=more)
    assert made.employment_until == date(2027, 7, 31)
    old = replace(more, active_from=date(2023, 8, 15))
    assert actions.add_employee(**place, name="C", email="", more=old).employment_until == date(2024, 7, 31)
    with pytest.raises(PostError, match="too_long"):
        actions.add_employee(
            **place, name="D", email="", more=replace(old, employment_until=date(2024, 8, 1))
        )
    assert (made.works_on(date(2026, 8, 14)), made.works_on(date(2026, 8, 15))) == (False, True)


def test_what_one_teaches_is_judged_when_anything_it_rests_on_changes(gap: Staff, today: date) -> None:
    carl = gap["carl"]
    assert standings(gap) == {"norsk": "met", "matematikk": "gap", "musikk": "no_requirement"}
    assert queries.has_gap(carl, "matematikk", today)
    row = actions.add_qualification(employee=carl, subject="matematikk", credits=30, source="Kurs", by=AUD)
    assert standings(gap)["matematikk"] == "met"
    assert not queries.has_gap(carl, "matematikk", today)
    actions.remove_qualification(row=row, by=AUD)
    excuse = actions.add_exemption(employee=carl, ground="general_teacher", by=AUD)
    assert standings(gap)["matematikk"] == "exempt"
    actions.remove_exemption(row=excuse, by=AUD)
    assert standings(gap)["matematikk"] == "gap"
    carl.employment = "temporary"
    actions.save_employee(employee=carl, version=carl.version, fields=["employment"], by=AUD)
    assert standings(gap)["matematikk"] == "exempt"


def test_a_passed_study_is_written_once(gap: Staff) -> None:
    ask = {"employee": gap["carl"], "subject": "matematikk", "credits": 30, "source": "Studium", "by": BERIT}
    first = actions.add_qualification(**ask, source_key="funds.application:1")
    assert actions.add_qualification(**ask, source_key="funds.application:1") == first
    assert gap["carl"].qualifications.filter(subject="matematikk").count() == 1


def test_teaching_is_replaced_and_needs_a_school(gap: Staff, year: int) -> None:
    actions.set_teaching(employee=gap["carl"], year=year, rows=[("norsk", "primary")], by=AUD)
    assert standings(gap) == {"norsk": "met"}
    with pytest.raises(ValueError, match="school"):
        actions.set_teaching(employee=gap["arne"], year=year, rows=[], by=AUD)


def test_two_who_write_a_record_at_once(staff: Staff) -> None:
    mine, theirs = Employee.objects.get(pk=staff["carl"].pk), Employee.objects.get(pk=staff["carl"].pk)
    theirs.name = "Carl C"
    actions.save_employee(employee=theirs, version=1, fields=["name"], by=AUD)
    mine.name = "Carl D"
    with pytest.raises(ConflictError):
        actions.save_employee(employee=mine, version=1, fields=["name"], by=AUD)


def test_an_employment_ends_after_it_began(staff: Staff, viewer_of: Callable[[str], Viewer]) -> None:
    with pytest.raises(actions.WrongDayError):
        actions.end_employment(employee=staff["carl"], on=BEGAN - timedelta(days=1), by=AUD)
    actions.end_employment(employee=staff["carl"], on=BEGAN, by=AUD)
    staff["carl"].refresh_from_db()
    assert staff["carl"].active_to == BEGAN


def test_a_deviation_is_asked_for_decided_and_asked_for_anew_next_year(gap: Staff, year: int) -> None:
    carl = gap["carl"]
    asked = Proposed(year, "matematikk", "primary", "Ingen andre.", "Lyst ut to ganger.")
    made = actions.propose_deviation(employee=carl, asked=asked, by=AUD)
    assert made.expires_on == date(year + 1, 7, 31)
    with pytest.raises(NotAllowedError):
        actions.propose_deviation(employee=carl, asked=asked, by=AUD)
    with pytest.raises(actions.NoReasonError):
        actions.decide_deviation(deviation=made, to="decided", reason=" ", by=BERIT)
    assert standings(gap)["matematikk"] == "gap"
    actions.decide_deviation(deviation=made, to="decided", reason="Nødvendig.", by=BERIT)
    assert standings(gap)["matematikk"] == "deviation"
    with pytest.raises(NotAllowedError):
        actions.decide_deviation(deviation=made, to="refused", reason="Nei.", by=BERIT)
    actions.set_teaching(employee=carl, year=year + 1, rows=[("matematikk", "primary")], by=AUD)
    found = Teaching.objects.get(employee=carl, year=year + 1)
    assert found.standing == Standing.GAP
    again = actions.propose_deviation(
        employee=carl, asked=Proposed(year + 1, "matematikk", "primary", "Fortsatt."), by=AUD
    )
    assert again.pk != made.pk


def test_a_refused_or_withdrawn_deviation_may_be_asked_for_again(gap: Staff, year: int) -> None:
    asked = Proposed(year, "matematikk", "primary", "Ingen andre.")
    for answer, reason in (("refused", "Bytt timer."), ("withdrawn", "")):
        made = actions.propose_deviation(employee=gap["carl"], asked=asked, by=AUD)
        assert (made.decided_by, made.decision_reason) == ("", "")
        made = actions.decide_deviation(deviation=made, to=answer, reason=reason, by=BERIT)
        assert made.state == answer
    assert Deviation.objects.count() == 1


@pytest.mark.parametrize(("subject", "reason", "error"), [
    ("norsk", "Derfor.", actions.NoGapError),  # met
    ("musikk", "Derfor.", actions.NoGapError),  # nothing asked
    ("engelsk", "Derfor.", actions.NoGapError),  # not taught
    ("matematikk", " ", actions.NoReasonError),
])  # fmt: skip
def test_a_deviation_needs_a_gap_and_a_reason(
    gap: Staff, year: int, subject: str, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.propose_deviation(
            employee=gap["carl"], asked=Proposed(year, subject, "primary", reason), by=AUD
        )


def test_counts_tell_of_no_one(gap: Staff, today: date, viewer_of: Callable[[str], Viewer]) -> None:
    owner = gap.cast.fjordvik
    found = {(row.subject, row.total, row.lacking) for row in queries.gaps(owner, None, today)}
    assert found == {("norsk", 1, 0), ("matematikk", 1, 1)}
    assert [row.subject for row in queries.gaps_of_school(gap.cast.fjordvik, gap.cast.nes, today)] == [
        "matematikk"
    ]
    assert queries.gaps(owner, gap.cast.vik, today) == []
    open_ = queries.coverage(viewer_of("dag"), owner, today)
    whole = queries.coverage(viewer_of("arne"), owner, today)
    assert {one.in_order.face for one in open_.subjects} == {"hidden"}
    assert [(one.subject, one.lacking.part) for one in whole.subjects] == [("matematikk", 1), ("norsk", 0)]
    assert (open_.mentored.face, whole.mentored.part, whole.mentored.whole) == ("hidden", 0, 1)
    assert [one.gaps for one in open_.schools] == [None, None]
    assert [one.gaps for one in whole.schools] == [1, 0]
    assert open_.principals.face == "hidden"
    assert not open_.is_empty


def test_an_owners_number_judges_the_year_anew(gap: Staff, year: int) -> None:
    asked = actions.Asked("matematikk", "primary", Decimal(0), date(year, 8, 1), "forskrifta")
    row = actions.set_requirement(owner=gap.cast.fjordvik, asked=asked, by=BERIT)
    assert standings(gap)["matematikk"] == "no_requirement"
    actions.drop_requirement(owner=gap.cast.fjordvik, key=row.key, by=BERIT)
    assert standings(gap)["matematikk"] == "gap"


def test_every_field_about_a_person_says_why_who_and_when_it_is_deleted() -> None:
    """fields.toml against the models: a new field fails until it stands there."""
    plain = {"id", "owner", "employee", "version", "walk", "mentorship", "guidance", "teacher"}
    for name, table in owndata.fields().items():
        model = apps.get_model("competence", name)
        fields = {
            field.name
            for field in model._meta.concrete_fields
            if field.name not in plain or (isinstance(field, ForeignKey) and field.name in table)
        }
        assert set(table) == fields, name
        for row in table.values():
            assert row["delete"] in owndata.rules()
            assert row["why"]
    about = {"Employee", "Qualification", "Teaching", "Exemption", "Deviation", "Mentorship", "LeaderStudy"}
    assert about <= set(owndata.fields())


def test_what_is_over_is_deleted_and_what_must_be_accounted_for_stays(
    gap: Staff, year: int, today: date
) -> None:
    carl, owner = gap["carl"], gap.cast.fjordvik
    asked = Proposed(year, "matematikk", "primary", "Ingen andre.")
    made = actions.propose_deviation(employee=carl, asked=asked, by=AUD)
    actions.end_employment(employee=carl, on=today - timedelta(days=20), by=AUD)
    assert actions.forget(owner=owner, today=today, by="system")["records"] == 0
    later = today + timedelta(days=400)
    gone = actions.forget(owner=owner, today=later, by="system")
    assert gone["records"] == 1
    made.refresh_from_db()
    assert (made.employee, made.subject) == (None, "matematikk")
    assert sum(actions.forget(owner=owner, today=later, by="system").values()) == 0
    decided = actions.decide_deviation(deviation=made, to="decided", reason="Sent.", by=BERIT)
    assert decided.state == "decided"


def test_the_owner_may_keep_records_longer(gap: Staff, today: date) -> None:
    Frame.objects.filter(owner=gap.cast.fjordvik).update(kept_months=36)
    actions.end_employment(employee=gap["carl"], on=today - timedelta(days=20), by=AUD)
    later = today + timedelta(days=400)
    assert actions.forget(owner=gap.cast.fjordvik, today=later, by="system")["records"] == 0


def test_notes_go_with_the_school_year(staff: Staff, year: int) -> None:
    held = date(year, 10, 1)
    wanted = actions.NewRound("Tema", "Tegn", "Hensikt", held, held)
    row = actions.start_round(owner=staff.cast.fjordvik, school=staff.cast.nes, wanted=wanted, by=AUD)
    actions.agree_round(row=row, with_staff=held, with_unions=held, by=AUD)
    walk = actions.plan_walk(row=row, teacher=staff["carl"], wanted=actions.NewWalk(held, 5), by=AUD)
    actions.write_own_words(walk=walk, text="Mitt.", by="carl@example.test")
    assert (
        actions.forget(owner=staff.cast.fjordvik, today=date(year + 1, 7, 31), by="system")["walk_notes"] == 0
    )
    gone = actions.forget(owner=staff.cast.fjordvik, today=date(year + 1, 8, 1), by="system")
    assert (gone["walk_notes"], gone["walks"], WalkNote.objects.count()) == (1, 1, 0)


def test_the_daily_round_judges_and_deletes(gap: Staff, today: date) -> None:
    Teaching.objects.update(standing=Standing.UNKNOWN)
    steps: list[tuple[int, int]] = []
    found = round_of_day({"day": today.isoformat()}, lambda done, total: steps.append((done, total)))
    assert found == {"judged": 3, "deleted": 0}
    assert steps == [(1, 1)]
    assert standings(gap)["matematikk"] == "gap"
