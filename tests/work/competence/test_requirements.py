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
    deviation_law,
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
EVE, EVE_23 = date(2017, 7, 31), date(2023, 7, 31)
P, U = Stage.PRIMARY, Stage.LOWER_SECONDARY


def has(subject: str, points: float, on: date | None = None) -> Facts:
    return Facts(credits=[(subject, Decimal(str(points)), on)])


NOTHING = Facts()
OLD_TEACHER = Facts(excuses=[Excuse(Ground.BEFORE_2014)])
GENERAL = Facts(excuses=[Excuse(Ground.GENERAL_TEACHER)])
TEMPORARY = Facts(employment=Employment.TEMPORARY)
CONDITIONAL = Facts(employment=Employment.CONDITIONAL)
TEMPORARY_AND_ENOUGH = Facts(employment=Employment.TEMPORARY, credits=[("norsk", Decimal(30), None)])
DECIDED_23 = Facts(deviations=frozenset({(2023, "norsk", "primary")}))
DECIDED_24 = Facts(deviations=frozenset({(2024, "norsk", "primary")}))
OLD, DISPENSED, STAFF, LEAVE = (
    "1998 § 10-2",
    "1998 § 10-2 (3) 2",
    "1998 § 10-2, Udir-3-2015 7.1",
    "1998 § 10-2 (4)",
)
NUMBERS, NEW, EXEMPT = "1998 § 10-2 (2), Udir-3-2015 2", "§ 17-4 (1)", "§ 17-4 (2)"
LEAVE_NEW, ANEW = "§ 17-4 (3) 1", "§ 17-4 (3) 2"
END_25 = date(2025, 7, 31)

# Where in the law (paragraph, then sentence; a circular where the act's own words have not been read), what, facts,
# subject, stage, day, answer. § 17-4 of the act of 2023; § 10-2 of the act of 1998 as the law of 13 January 2017
# no. 1 changed it. The new act's numbers are the old ones going on (`test_numbers_we_have_not_read…`).
CASES = (
    (
        NUMBERS,
        "30 credits are enough at the primary stage",
        has("norsk", 30),
        "norsk",
        P,
        BEFORE,
        Standing.MET,
    ),
    (NUMBERS, "29.5 are not", has("norsk", 29.5), "norsk", P, BEFORE, Standing.GAP),
    (NUMBERS, "30 are not enough at the lower secondary", has("norsk", 30), "norsk", U, BEFORE, Standing.GAP),
    (NUMBERS, "60 are", has("norsk", 60), "norsk", U, BEFORE, Standing.MET),
    (NUMBERS, "30 in another subject there", has("naturfag", 30), "naturfag", U, BEFORE, Standing.MET),
    (NUMBERS, "none in another subject there", NOTHING, "naturfag", U, BEFORE, Standing.GAP),
    (NUMBERS, "others at the primary ask nothing", NOTHING, "naturfag", P, BEFORE, Standing.NO_REQUIREMENT),
    (NUMBERS, "electives ask nothing", NOTHING, "valgfag", U, BEFORE, Standing.NO_REQUIREMENT),
    (
        NUMBERS,
        "educational choice asks nothing",
        NOTHING,
        "utdanningsvalg",
        U,
        BEFORE,
        Standing.NO_REQUIREMENT,
    ),
    (NUMBERS, "nor working life skills", NOTHING, "arbeidslivsfag", U, BEFORE, Standing.NO_REQUIREMENT),
    (OLD, "a day before the table is not judged", has("norsk", 60), "norsk", P, EVE, Standing.UNKNOWN),
    (OLD, "the first day of the table is", NOTHING, "norsk", P, date(2017, 8, 1), Standing.GAP),
    (OLD, "no competence on the last day", NOTHING, "norsk", P, LAST_OLD, Standing.GAP),
    (DISPENSED, "could be employed before 2014", OLD_TEACHER, "norsk", P, LAST_OLD, Standing.EXEMPT),
    (DISPENSED, "general teachers", GENERAL, "matematikk", P, LAST_OLD, Standing.EXEMPT),
    (STAFF, "temporary staff", TEMPORARY, "engelsk", P, LAST_OLD, Standing.EXEMPT),
    (STAFF, "on condition", CONDITIONAL, "engelsk", U, LAST_OLD, Standing.EXEMPT),
    (LEAVE, "decided for the school year", DECIDED_23, "norsk", P, date(2023, 8, 1), Standing.DEVIATION),
    (LEAVE, "to its last day", DECIDED_23, "norsk", P, LAST_OLD, Standing.DEVIATION),
    (LEAVE, "for each school year: not yet the one before", DECIDED_23, "norsk", P, EVE_23, Standing.GAP),
    (LEAVE, "decided for the coming one, not this", DECIDED_24, "norsk", P, LAST_OLD, Standing.GAP),
    (LEAVE, "at the other stage there is none", DECIDED_23, "norsk", U, BEFORE, Standing.GAP),
    (ANEW, "what was decided under the old act is gone", DECIDED_23, "norsk", P, FIRST_NEW, Standing.GAP),
    (
        LEAVE_NEW,
        "decided for the first new school year",
        DECIDED_24,
        "norsk",
        P,
        FIRST_NEW,
        Standing.DEVIATION,
    ),
    (LEAVE_NEW, "to its last day", DECIDED_24, "norsk", P, END_25, Standing.DEVIATION),
    (ANEW, "and no longer", DECIDED_24, "norsk", P, AFTER_2025, Standing.GAP),
    (LEAVE_NEW, "in another subject there is none", DECIDED_24, "engelsk", P, FIRST_NEW, Standing.GAP),
    (NEW, "no competence on the first day", NOTHING, "norsk", P, FIRST_NEW, Standing.GAP),
    (NEW, "enough", has("norsk", 30), "norsk", P, FIRST_NEW, Standing.MET),
    (NEW, "Sámi is asked like Norwegian", NOTHING, "samisk", P, NOW, Standing.GAP),
    (NEW, "sign language too", NOTHING, "norsk-tegnsprak", U, NOW, Standing.GAP),
    (NEW, "another subject's credits do not count", has("engelsk", 60), "norsk", P, NOW, Standing.GAP),
    (NEW, "nor those not passed yet", has("norsk", 30, date(2027, 1, 1)), "norsk", P, NOW, Standing.GAP),
    (NEW, "credits passed that day do", has("norsk", 30, NOW), "norsk", P, NOW, Standing.MET),
    (NEW, "enough goes before an exemption", TEMPORARY_AND_ENOUGH, "norsk", P, NOW, Standing.MET),
    (EXEMPT, "could be employed before 2014", OLD_TEACHER, "norsk", P, FIRST_NEW, Standing.EXEMPT),
    (
        EXEMPT,
        "for good: the day the dispensation ended",
        OLD_TEACHER,
        "norsk",
        U,
        AFTER_2025,
        Standing.EXEMPT,
    ),
    (EXEMPT, "general teachers, for good", GENERAL, "matematikk", P, AFTER_2025, Standing.EXEMPT),
    (EXEMPT, "temporary staff", TEMPORARY, "engelsk", P, FIRST_NEW, Standing.EXEMPT),
    (EXEMPT, "on condition is temporary", CONDITIONAL, "engelsk", U, FIRST_NEW, Standing.EXEMPT),
)


@pytest.mark.parametrize(
    ("facts", "subject", "stage", "day", "answer"),
    [case[2:] for case in CASES],
    ids=[f"{law}: {what}" for law, what, *_rest in CASES],
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


def test_a_deviation_rests_on_the_law_of_its_school_year_and_on_nothing_before_the_table() -> None:
    found = [deviation_law(year).replace("\u00a0", " ") for year in (2016, 2017, 2023, 2024, 2026)]
    old, new = "Opplæringslova (1998) § 10-2 fjerde ledd", "Opplæringslova § 17-4 tredje ledd"
    assert found == ["", old, old, new, new]


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


# Where in the law, what, post, has what the law asks, begins on, until, what is wrong. The act of 1998
# asked for relevant professional and pedagogical competence; the new act asks for a teacher education.
ASKED_OLD, CONDITION_OLD, YEAR_OLD = "1998 § 10-1", "1998 § 10-6 a", "1998 § 10-6"
ASKED, CONDITION, AGREED, YEAR = "§ 17-3 (1)", "§ 17-3 (2) 1", "§ 17-3 (2) 2", "§ 17-3 (3)"
FIXED, FOR_A_TIME, ON_TERMS = Employment.PERMANENT, Employment.TEMPORARY, Employment.CONDITIONAL
UNREAD, AUTUMN = date(2013, 12, 31), date(2026, 8, 15)
POSTS = (
    (ASKED_OLD, "has the competence", FIXED, True, BEFORE, None, ""),
    (ASKED_OLD, "lacks it", FIXED, False, BEFORE, None, "needs_competence"),
    (ASKED_OLD, "lacks it, the old act's last day", FIXED, False, LAST_OLD, None, "needs_competence"),
    (ASKED_OLD, "the first day we know", FIXED, False, date(2014, 1, 1), None, "needs_competence"),
    (ASKED_OLD, "the day before is not judged", FIXED, False, UNREAD, None, ""),
    (CONDITION_OLD, "with the agreed end, over the change", ON_TERMS, False, BEFORE, date(2026, 6, 30), ""),
    (CONDITION_OLD, "without an end", ON_TERMS, False, BEFORE, None, "needs_end"),
    (YEAR_OLD, "to 31 July", FOR_A_TIME, False, BEFORE, LAST_OLD, ""),
    (YEAR_OLD, "one day into the new act", FOR_A_TIME, False, BEFORE, FIRST_NEW, "too_long"),
    (YEAR_OLD, "begun on 31 July, that one day", FOR_A_TIME, False, LAST_OLD, LAST_OLD, ""),
    (YEAR_OLD, "begun on 31 July, a year", FOR_A_TIME, False, LAST_OLD, END_25, "too_long"),
    (YEAR_OLD, "without an end", FOR_A_TIME, False, BEFORE, None, "needs_end"),
    (YEAR_OLD, "who has the competence may stay longer", FOR_A_TIME, True, BEFORE, date(2025, 12, 31), ""),
    (ASKED, "educated", FIXED, True, FIRST_NEW, None, ""),
    (ASKED, "without education, the first day", FIXED, False, FIRST_NEW, None, "needs_education"),
    (ASKED, "without education", FIXED, False, AUTUMN, None, "needs_education"),
    (CONDITION, "begun education, with the agreed end", ON_TERMS, False, AUTUMN, date(2029, 7, 31), ""),
    (AGREED, "how long is agreed: without an end", ON_TERMS, False, FIRST_NEW, None, "needs_end"),
    (YEAR, "begun on 1 August, to 31 July", FOR_A_TIME, False, FIRST_NEW, END_25, ""),
    (YEAR, "one day longer", FOR_A_TIME, False, FIRST_NEW, AFTER_2025, "too_long"),
    (YEAR, "begun in the autumn, to 31 July", FOR_A_TIME, False, AUTUMN, date(2027, 7, 31), ""),
    (YEAR, "begun in the autumn, one day longer", FOR_A_TIME, False, AUTUMN, date(2027, 8, 1), "too_long"),
    (YEAR, "without an end", FOR_A_TIME, False, AUTUMN, None, "needs_end"),
    (YEAR, "an educated substitute may stay longer", FOR_A_TIME, True, AUTUMN, date(2028, 12, 31), ""),
)
PARAGRAPHS = {"(1)": "første ledd", "(2)": "andre ledd", "(3)": "tredje ledd"}


def as_cited(law: str) -> str:
    """`§ 17-3 (2) 1` as the pages name it: act, section and paragraph."""
    name = f"Opplæringslova ({law}" if law.startswith("1998") else f"Opplæringslova {law}"
    name = name.replace("(1998 ", "(1998) ").removesuffix(" 1").removesuffix(" 2")
    for mark, word in PARAGRAPHS.items():
        name = name.replace(mark, word)
    return name


@pytest.mark.parametrize(
    ("law", "kind", "asked", "begins", "until", "fault"),
    [(law, *rest) for law, _what, *rest in POSTS],
    ids=[f"{law}: {what}" for law, what, *_rest in POSTS],
)
def test_posts_of_the_law(
    law: str, kind: Employment, asked: bool, begins: date, until: date | None, fault: str
) -> None:
    found = post_fault(kind, is_educated=asked, starts_on=begins, until=until)
    assert (found.key if found else "") == fault
    if found:
        assert found.law.replace("\u00a0", " ") == as_cited(law)


def test_the_rules_follow_each_other_without_a_gap() -> None:
    for known in (requirements.rules(), requirements.appointments()):
        assert [one.valid_to for one in known] == [*(one.valid_from for one in known[1:]), None]


def test_school_years_turn_on_1_august() -> None:
    assert (school_year(LAST_OLD), school_year(FIRST_NEW)) == (2023, 2024)
    assert end_of_school_year(date(2026, 8, 1)) == date(2027, 7, 31)
    assert end_of_school_year(date(2027, 7, 31)) == date(2027, 7, 31)


def test_subjects_have_names_in_three_languages_and_an_unknown_key_is_shown() -> None:
    assert all(set(names) == {"nb", "nn", "en"} for names in requirements.subjects().values())
    assert (subject_name("engelsk", "en"), subject_name("finnes-ikke", "nb")) == ("English", "finnes-ikke")
