"""National tests read together: what is marked, how surely, how many by chance, and who may know."""

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.report.annual.staging import NES, VIK, cell, publish_cells, viewer
from tests.work.followup.staging import BERIT, owner_of
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import above
from tettpaa.data.indicators.queries import figures, series
from tettpaa.data.stats.screening.parts import shipped
from tettpaa.data.suppression.kinds import Edition, Status
from tettpaa.work.followup import actions, queries, wording
from tettpaa.work.followup.actions.looking import owners_eyes
from tettpaa.work.followup.models import Signal
from tettpaa.work.followup.screening import TOGETHER, readings, screened
from tettpaa.work.followup.signals import Lines, findings

type SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db
SUBJECTS = ("np5_lesing", "np5_regning", "np5_engelsk")


def publish_tests(
    vik: Iterable[float], *, first: int = 2022, n: int = 20, nes: float = 50.0, **changes: object
) -> None:
    """All three tests of grade 5, a mean for each year at Vik; the nation at 50."""
    publish_cells(
        [
            cell(unit, value, pupils, indicator=key, period=first + place, **(changes if unit == VIK else {}))
            for place, mean in enumerate(vik)
            for key in SUBJECTS
            for unit, value, pupils in (
                ("NO", 50.0, 56000),
                ("9901", 50.0, 90),
                (VIK, mean, n),
                (NES, nes, 30),
            )
        ]
    )


def lines_of(cast: Cast) -> Lines:
    nation = above(cast.fjordvik)[-1]
    return series(figures(owners_eyes(owner_of(cast)), [nation, cast.vik, cast.nes]))


def look(cast: Cast) -> list[Signal]:
    return actions.find_signals(owner=owner_of(cast), by=BERIT)


def test_three_tests_are_surer_than_one(cast: Cast) -> None:
    publish_tests([46.5] * 3)
    lines = lines_of(cast)
    alone, together = (
        {one.indicator: one for one in found if one.unit == VIK}
        for found in (findings(lines, "NO"), screened(lines, "NO"))
    )
    assert set(together) == set(SUBJECTS)
    for key, one in together.items():
        assert one.evidence["p"] == one.evidence["p_below"] == pytest.approx(1 - one.evidence["by_chance"])
        assert one.evidence["low90"] < one.evidence["estimate"] < one.evidence["high90"]
        if key in alone:
            assert one.evidence["p"] > alone[key].evidence["p"]


def test_the_probability_is_that_of_the_model(cast: Cast) -> None:
    """One weak test among three sound ones is drawn towards them."""
    publish_tests([50.0] * 3)
    read = {one.indicator: one for one in readings(lines_of(cast), "NO", VIK)}
    assert list(read) == ["np5_engelsk", "np5_lesing", "np5_regning"]
    assert read["np5_lesing"].curve.mean == pytest.approx(50, abs=0.01)
    assert read["np5_lesing"].curve.sd < (shipped().school + shipped().test) ** 0.5
    assert readings(lines_of(cast), "NO", "unknown") == []


def test_a_fall_is_told_with_its_size_and_its_doubt(cast: Cast) -> None:
    publish_tests([54.0, 54.0, 47.0, 47.0, 47.0], n=60)
    falls = [one for one in look(cast) if one.indicator == TOGETHER]
    assert [(one.school, one.grade, one.period_from, one.period_to) for one in falls] == [
        (cast.vik, 0, 2022, 2026)
    ]
    kept = falls[0].evidence
    assert (kept["rule"], kept["years"]) == ("fall", [])
    assert 3 < kept["fall"] < 8
    assert kept["p"] < 0.01
    assert wording.signal_sentence(falls[0]).startswith("Nasjonale prøver samlet: De siste tre årene ligger ")
    assert wording.signal_doubt(falls[0]).startswith("Også skoler uten endring får slike varsler")
    assert wording.indicator_name(falls[0]) == "Nasjonale prøver samlet"


def test_an_early_warning_is_likely_and_never_clear(cast: Cast) -> None:
    publish_tests([55.0, 55.0, 44.0], n=60)
    early = [one for one in look(cast) if one.indicator == TOGETHER]
    assert [(one.certainty, one.evidence["rule"], one.evidence["fall"]) for one in early] == [
        ("likely", "early", None)
    ]
    assert "tidlig varsel" in wording.signal_sentence(early[0])


def test_a_school_that_was_always_weak_has_not_fallen(cast: Cast) -> None:
    publish_tests([41.0] * 5, n=60)
    assert TOGETHER not in {one.indicator for one in look(cast)}


def test_nothing_from_before_the_break_is_used(cast: Cast) -> None:
    publish_tests([56.0, 56.0, 48.0, 48.0, 48.0], first=2020, n=60)
    assert [one for one in look(cast) if one.indicator == TOGETHER] == []


def test_old_figures_do_not_pass_for_new(cast: Cast) -> None:
    publish_tests([44.0] * 3, n=60)
    publish_cells([cell("NO", 50.0, 56000, period=2027, indicator=key) for key in SUBJECTS])
    assert look(cast) == []


def test_the_list_says_how_many_by_chance(cast: Cast) -> None:
    publish_tests([44.0] * 3, n=60, nes=44.0)
    found = look(cast)
    assert {one.school for one in found} == {cast.vik, cast.nes}
    text = wording.list_doubt(found)
    assert text == "2 skoler er merket. Vi venter at færre enn 1 av dem er merket ved en tilfeldighet."
    assert wording.list_doubt([]) == ""
    old = Signal(school=cast.vik, evidence={})
    assert (
        wording.list_doubt([old])
        == "Én skole er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig."
    )
    both = wording.list_doubt([*(one for one in found if one.school == cast.nes), old])
    assert both.startswith("1 skole er merket. Det er")
    assert both.endswith("tilfeldig.")


def test_a_school_marked_twice_counts_by_its_surest_mark(cast: Cast) -> None:
    marks = [Signal(school=cast.vik, evidence={"by_chance": chance}) for chance in (0.4, 0.1, None)]
    assert "er 10" in wording.list_doubt(marks)


def test_sentences_of_a_level(cast: Cast) -> None:
    publish_tests([44.0] * 3, n=60)
    signal = next(one for one in look(cast) if one.indicator == "np5_lesing")
    said = wording.signal_sentence(signal)
    assert said.startswith(
        "Lesing 5. trinn, 2022–23 til 2024–25 sett sammen: 44,0 mot 50,0 i landet. Sannsynligheten "
    )
    assert "mer enn 2\u00a0poeng under" in said
    assert "Skolens andre prøver teller med" in wording.signal_doubt(signal)
    signal.evidence |= {"side": "above", "others": 0}
    assert wording.signal_doubt(signal).endswith(
        "Nivået er beregnet: Noe av forskjellen er trolig tilfeldig."
    )
    assert "poeng over, er" in wording.signal_sentence(signal)
    signal.evidence |= {"p": None, "delta": 2.5}
    assert wording.signal_sentence(signal).endswith("større enn tilfeldig.")
    assert "2,5\u00a0poeng" in wording.signal_doubt(signal)


def test_a_mark_that_rests_on_hidden_figures_says_so(cast: Cast, client_of: SignIn) -> None:
    publish_tests([44.0] * 3, n=60, status=Status.CONFIDENTIAL)
    found = look(cast)
    assert {one.evidence["internal"] for one in found} == {True}
    page = client_of("berit").get("/9901/oppfolging/").content.decode()
    assert "Bare til internt bruk." in page
    outside = figures(owners_eyes(owner_of(cast)), [cast.vik], edition=Edition.PUBLIC)
    assert [figure for figure in outside if figure.is_shown] == []


def test_figures_that_all_may_see_make_no_secret(cast: Cast) -> None:
    publish_tests([44.0] * 3, n=60)
    assert {one.evidence["internal"] for one in look(cast)} == {False}


def test_all_who_may_see_marks_may_see_the_internal_figures() -> None:
    may = [role for role in roles().values() if Permission.CASES_READ in role.permissions]
    assert may
    assert [role.key for role in may if Permission.FIGURES_INTERNAL not in role.permissions] == []


def test_from_the_list_to_the_figures_and_the_schools_own_reading(cast: Cast, client_of: SignIn) -> None:
    publish_tests([55.0, 55.0, 44.0, 44.0, 44.0], n=60)
    look(cast)
    page = client_of("berit").get("/9901/oppfolging/").content.decode()
    assert "skole er merket" in page
    for address in (f"/9901/skoler/{VIK}/np5_lesing/", f"/9901/skoler/{VIK}/"):
        assert f'href="{address}"' in page
        assert client_of("berit").get(address).status_code == 200
    assert "/9901/tall/" in client_of("berit").get(f"/9901/skoler/{VIK}/np5_lesing/").content.decode()
    own = client_of("vera").get(f"/9901/skoler/{VIK}/oppfolging/").content.decode()
    assert "Lesing 5. trinn: trolig mellom" in own
    assert "Et uvanlig lavt eller høyt år" in own


def level_readings_are_for_those_who_may_see_cases(cast: Cast) -> None:
    publish_tests([50.0] * 3)
    assert len(queries.level_readings(viewer(cast, "vera"), cast.vik)) == 3
    assert queries.level_readings(viewer(cast, "aud"), cast.vik) == []
    sound = queries.level_readings(viewer(cast, "berit"), cast.vik)[0]
    assert wording.reading_sentence(sound).endswith("Landet har 50,0.")
