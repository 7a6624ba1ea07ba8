"""The law's requirements as a table of cases, before and after 1 August 2024. No database."""

from datetime import date
from decimal import Decimal

import pytest

from tettpaa.work.competence import requirements
from tettpaa.work.competence.enums import Employment, Ground, Stage, Standing
from tettpaa.work.competence.requirements import (
    Excuse,
    Facts,
    Setting,
    end_of_school_year,
    judge,
    post_fault,
    required,
    rule_on,
    school_year,
    subject_name,
)

BEFORE, LAST_OLD, FIRST_NEW, NOW = date(2023, 10, 1), date(2024, 7, 31), date(2024, 8, 1), date(2026, 11, 23)
AFTER_2025 = date(2025, 8, 1)
P, U = Stage.PRIMARY, Stage.LOWER_SECONDARY


def has(subject: str, points: float, on: date | None = None) -> Facts:
    return Facts(credits=[(subject, Decimal(str(points)), on)])


NOTHING = Facts()
OLD_TEACHER = Facts(excuses=[Excuse(Ground.BEFORE_2014)])
GENERAL = Facts(excuses=[Excuse(Ground.GENERAL_TEACHER)])
TEMPORARY = Facts(employment=Employment.TEMPORARY)
CONDITIONAL = Facts(employment=Employment.CONDITIONAL)

# What, facts, subject, stage, day, answer. The law's words stand in requirements.toml; § 17-4 of the act of 2023,
# § 10-2 of the act of 1998 as the law of 13 January 2017 no. 1 changed it, Udir-3-2015 points 2, 6 and 7.
CASES = (
    ("30 credits are enough at the primary stage", has("norsk", 30), "norsk", P, BEFORE, Standing.MET),
    ("29.5 are not", has("norsk", 29.5), "norsk", P, BEFORE, Standing.GAP),
    ("30 are not enough at the lower secondary", has("norsk", 30), "norsk", U, BEFORE, Standing.GAP),
    ("60 are", has("norsk", 60), "norsk", U, BEFORE, Standing.MET),
    ("30 in another subject there", has("naturfag", 30), "naturfag", U, BEFORE, Standing.MET),
    ("none in another subject there", NOTHING, "naturfag", U, BEFORE, Standing.GAP),
    (
        "other subjects of the primary stage ask nothing",
        NOTHING,
        "naturfag",
        P,
        BEFORE,
        Standing.NO_REQUIREMENT,
    ),
    ("electives ask nothing", NOTHING, "valgfag", U, BEFORE, Standing.NO_REQUIREMENT),
    ("educational choice asks nothing", NOTHING, "utdanningsvalg", U, BEFORE, Standing.NO_REQUIREMENT),
    ("working life skills ask nothing", NOTHING, "arbeidslivsfag", U, BEFORE, Standing.NO_REQUIREMENT),
    ("Sámi is asked like Norwegian", NOTHING, "samisk", P, NOW, Standing.GAP),
    ("sign language too", NOTHING, "norsk-tegnsprak", U, NOW, Standing.GAP),
    ("credits of another subject do not count", has("engelsk", 60), "norsk", P, NOW, Standing.GAP),
    (
        "credits not passed yet do not count",
        has("norsk", 30, date(2027, 1, 1)),
        "norsk",
        P,
        NOW,
        Standing.GAP,
    ),
    ("credits passed that day do", has("norsk", 30, NOW), "norsk", P, NOW, Standing.MET),
    ("before 2014: dispensation in the old act", OLD_TEACHER, "norsk", P, LAST_OLD, Standing.EXEMPT),
    ("before 2014: for good in the new", OLD_TEACHER, "norsk", P, FIRST_NEW, Standing.EXEMPT),
    ("before 2014: also after 1 August 2025", OLD_TEACHER, "norsk", U, AFTER_2025, Standing.EXEMPT),
    ("general teachers: dispensation in the old act", GENERAL, "matematikk", P, LAST_OLD, Standing.EXEMPT),
    ("general teachers: for good in the new", GENERAL, "matematikk", P, AFTER_2025, Standing.EXEMPT),
    ("temporary staff: old", TEMPORARY, "engelsk", P, LAST_OLD, Standing.EXEMPT),
    ("temporary staff: new", TEMPORARY, "engelsk", P, FIRST_NEW, Standing.EXEMPT),
    ("on condition: old", CONDITIONAL, "engelsk", U, LAST_OLD, Standing.EXEMPT),
    ("on condition: new", CONDITIONAL, "engelsk", U, NOW, Standing.EXEMPT),
    ("enough credits go before an exemption", has("norsk", 30), "norsk", P, NOW, Standing.MET),
    (
        "a day before the table is not judged",
        has("norsk", 60),
        "norsk",
        P,
        date(2017, 7, 31),
        Standing.UNKNOWN,
    ),
    ("the first day of the table is", NOTHING, "norsk", P, date(2017, 8, 1), Standing.GAP),
)


@pytest.mark.parametrize(
    ("facts", "subject", "stage", "day", "answer"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_cases_of_the_law(facts: Facts, subject: str, stage: Stage, day: date, answer: Standing) -> None:
    assert judge(facts, subject, stage, day).standing == answer


def test_the_rule_of_the_day_and_how_it_is_cited() -> None:
    old, new = rule_on(LAST_OLD), rule_on(FIRST_NEW)
    assert old is not None
    assert new is not None
    assert (old.key, new.key) == ("act_1998", "act_2023")
    assert new.cited("nn") == "Opplæringslova §\u00a017-4"
    assert rule_on(date(2010, 1, 1)) is None


def test_the_dispensation_of_the_old_act_had_an_end_and_the_new_exemption_has_none() -> None:
    old, new = rule_on(LAST_OLD), rule_on(FIRST_NEW)
    assert old is not None
    assert new is not None
    for ground in (Ground.BEFORE_2014, Ground.GENERAL_TEACHER):
        assert (old.excuses(ground, date(2025, 7, 31)), old.excuses(ground, AFTER_2025)) == (True, False)
        assert new.excuses(ground, date(2050, 1, 1))


def test_a_deviation_holds_for_its_own_school_year_only() -> None:
    decided = Facts(deviations=frozenset({(2025, "norsk", "primary")}))
    days = (date(2025, 7, 31), date(2025, 8, 1), date(2026, 7, 31), date(2026, 8, 1))
    found = [judge(decided, "norsk", P, day).standing for day in days]
    assert found == [Standing.GAP, Standing.DEVIATION, Standing.DEVIATION, Standing.GAP]
    assert judge(decided, "norsk", U, days[1]).standing == Standing.GAP


def test_an_exemption_has_days_and_may_be_for_one_subject() -> None:
    excuse = Excuse(Ground.BEFORE_2014, "norsk", date(2026, 1, 1), date(2026, 12, 31))
    facts = Facts(excuses=[excuse])
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    found = [judge(facts, "norsk", P, day).standing for day in days]
    assert found == [Standing.GAP, Standing.EXEMPT, Standing.EXEMPT, Standing.GAP]
    assert judge(facts, "engelsk", P, days[1]).standing == Standing.GAP
    assert judge(facts, "norsk", P, days[1]).ground == Ground.BEFORE_2014


def test_numbers_we_have_not_read_the_regulation_for_are_marked() -> None:
    old, new = required("norsk", P, LAST_OLD), required("norsk", P, FIRST_NEW)
    assert old is not None
    assert new is not None
    assert (old.credits, old.is_confirmed, new.credits, new.is_confirmed) == (30, True, 30, False)


def test_an_owners_own_number_goes_before_the_table_while_it_holds() -> None:
    own = [Setting("norsk", "primary", Decimal(45), date(2026, 8, 1), date(2027, 8, 1), "forskrifta")]
    found = required("norsk", P, NOW, own)
    assert found is not None
    assert (found.credits, found.is_confirmed, found.source) == (45, True, "forskrifta")
    table = required("norsk", P, date(2027, 8, 1), own)
    assert table is not None
    assert table.credits == 30
    assert required("norsk", P, NOW, [Setting("norsk", "primary", Decimal(0), date(2026, 8, 1))]) is None
    assert judge(has("norsk", 30), "norsk", P, NOW, own).standing == Standing.GAP


# OL § 17-3: who may have a teaching post. Begins on, until, answer.
POSTS = (
    ("educated", Employment.PERMANENT, True, None, ""),
    ("permanent without education", Employment.PERMANENT, False, None, "needs_education"),
    ("on condition, with the agreed end", Employment.CONDITIONAL, False, date(2029, 7, 31), ""),
    ("on condition without an end", Employment.CONDITIONAL, False, None, "needs_end"),
    ("temporary to 31 July", Employment.TEMPORARY, False, date(2027, 7, 31), ""),
    ("temporary one day longer", Employment.TEMPORARY, False, date(2027, 8, 1), "too_long"),
    ("temporary without an end", Employment.TEMPORARY, False, None, "needs_end"),
    ("an educated substitute may stay longer", Employment.TEMPORARY, True, date(2028, 12, 31), ""),
)


@pytest.mark.parametrize(
    ("kind", "educated", "until", "fault"), [p[1:] for p in POSTS], ids=[p[0] for p in POSTS]
)
def test_posts_of_the_law(kind: Employment, educated: bool, until: date | None, fault: str) -> None:
    began = date(2026, 8, 15)
    assert post_fault(kind, is_educated=educated, starts_on=began, until=until) == fault


def test_school_years_turn_on_1_august() -> None:
    assert (school_year(LAST_OLD), school_year(FIRST_NEW)) == (2023, 2024)
    assert end_of_school_year(date(2026, 8, 1)) == date(2027, 7, 31)
    assert end_of_school_year(date(2027, 7, 31)) == date(2027, 7, 31)


def test_subjects_have_names_in_three_languages_and_an_unknown_key_is_shown() -> None:
    assert all(set(names) == {"nb", "nn", "en"} for names in requirements.subjects().values())
    assert (subject_name("engelsk", "en"), subject_name("finnes-ikke", "nb")) == ("English", "finnes-ikke")
