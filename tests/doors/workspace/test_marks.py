"""National tests on the attention list: read together, as the signals of the follow-up are."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from tests.doors.workspace.conftest import NATION, Put, years
from tests.factories.cast import Cast
from tests.report.annual.staging import VIK
from tests.work.followup.staging import BERIT, owner_of
from tests.work.followup.test_screening import publish_tests
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace.queries.attention import Attention, attention
from tettpaa.work.followup import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_autumn")]
type SignIn = Callable[[str], Client]


@pytest.fixture
def _autumn() -> object:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


def listed(cast: Cast, name: str = "berit", language: str = "nb") -> Attention:
    with translation.override(language):
        return attention(load_viewer(cast.users[name], date(2026, 11, 22)), owner_of(cast))


@pytest.mark.parametrize("vik", [[46.5] * 3, [50.0] * 3, [54.0, 54.0, 47.0, 47.0, 47.0], [55.0, 55.0, 44.0]])
def test_the_list_and_the_signals_point_at_the_same_schools(cast: Cast, vik: list[float]) -> None:
    publish_tests(vik, n=60)
    signals = {one.school.label for one in actions.find_signals(owner=owner_of(cast), by=BERIT)}
    assert {item.school for item in listed(cast).items} == signals


def test_a_weak_level_says_how_probable_how_big_and_on_what_basis(cast: Cast) -> None:
    publish_tests([46.5] * 3)
    (item,) = listed(cast).items
    assert (item.school, item.indicator, item.phrase.word, item.key) == (
        "Vik skole",
        "lesing 5. trinn",
        "trolig",
        "likely",
    )
    assert item.said.replace("\N{NO-BREAK SPACE}", " ") == (
        "Det er 71 % sannsynlig at forskjellen egentlig er mer enn 2 poeng. "
        "Nivået ligger trolig mellom 45,4 og 49,3. Landet har 50,0."
    )
    assert item.text == "3 år samlet, 60 elever. Skolens andre nasjonale prøver teller med."
    assert [(other.name, other.circle) for other in item.others] == [
        ("Regning 5. trinn", "trolig under landet"),
        ("Engelsk 5. trinn", "trolig under landet"),
    ]


@pytest.mark.parametrize(
    ("language", "phrase", "said"),
    [
        ("nb", "kan ha gått ned", "De nyeste tallene er lavere enn årene før tilsier. "),
        ("nn", "kan ha gått ned", "Dei nyaste tala er lågare enn åra før tilseier. "),
        ("en", "may have fallen", "The newest figures are lower than the years before suggest. "),
    ],
)
def test_an_early_warning_stands_alone(cast: Cast, language: str, phrase: str, said: str) -> None:
    publish_tests([55.0, 55.0, 44.0], n=60)
    (item,) = listed(cast, language=language).items
    assert (item.phrase.before, item.phrase.word, item.text, item.picture) == (phrase, "", "", None)
    assert item.circle == phrase[:1].upper() + phrase[1:]
    assert item.said.startswith(said)


def test_a_fall_stands_beside_the_level(cast: Cast, client_of: SignIn) -> None:
    publish_tests([56.0, 56.0, 46.0, 46.0, 46.0], n=60)
    (item,) = listed(cast).items
    assert item.others[-1].name == "Nasjonale prøver samlet"
    assert item.others[-1].circle in {"har trolig gått ned", "har gått klart ned"}
    html = client_of("berit").get("/9901/").content.decode()
    assert "Nasjonale prøver samlet</a>" in html
    assert "1 skole er merket. Det er" in html


@pytest.mark.parametrize(("before", "phrase"), [(54.0, "har trolig gått ned"), (59.0, "har gått klart ned")])
def test_a_fall_by_itself_tells_its_size(cast: Cast, before: float, phrase: str) -> None:
    publish_tests([before, before, 49.0, 49.0, 49.0], n=60)
    (item,) = listed(cast).items
    assert item.indicator == "nasjonale prøver samlet"
    assert f"{item.phrase.before}{item.phrase.word}{item.phrase.after}" == phrase
    assert item.said.startswith("De siste tre årene ligger ")
    assert item.said.endswith("Omtrent 1 av 100 skoler uten endring får et slikt varsel hvert år.")


def test_marks_on_hidden_figures_never_leave_the_internal_edition(cast: Cast) -> None:
    publish_tests([44.0] * 3, n=60, status=Status.CONFIDENTIAL)
    assert [item.school for item in listed(cast).items] == ["Vik skole"]
    outside = listed(cast, "dag")
    assert outside.items == ()
    assert "Vik skole" in outside.silent


def test_the_picture_of_a_mark_is_the_one_at_its_address(cast: Cast, client_of: SignIn) -> None:
    publish_tests([46.5] * 3)
    (item,) = listed(cast).items
    assert item.picture is not None
    assert client_of("berit").get(item.picture.src).status_code == 200
    other = item.picture.src.replace("np5_lesing", "np5_regning")
    assert client_of("berit").get(other).status_code == 302  # drawn, under its own address


def test_a_test_without_three_years_says_nothing_yet(cast: Cast, put: Put) -> None:
    put([*years(NATION, (50, 50, 50), 56_000)[1:], *years(VIK, (38, 38, 38), 60)[1:]])
    found = listed(cast)
    assert (found.items, found.silent) == ((), ("Nes skole", "Vik skole"))
