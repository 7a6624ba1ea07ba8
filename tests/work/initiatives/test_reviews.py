"""An effect review: its road, the second pair of eyes, and what each reader is told of the figures."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation

from tests.doors.workspace.conftest import NATION, NATIONAL, NES, OWNER, cell, world, years
from tests.factories.cast import Cast
from tests.work.initiatives.conftest import AUD, BERIT, LIV, Begin
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Status
from tettpaa.work.initiatives import actions, effect
from tettpaa.work.initiatives.actions import Written
from tettpaa.work.initiatives.enums import REVIEW_PATHS, Certainty, Conclusion, Explanation, ReviewState
from tettpaa.work.initiatives.models import EffectReview

WORDS = Written(
    seen="Flere leser bøker ferdig.",
    conclusion=Conclusion.UNKNOWN,
    certainty=Certainty.UNKNOWN,
    explanations=[Explanation.OTHER_PUPILS],
    other_explanations="Nytt bibliotek.",
)
type Plan = Callable[..., EffectReview]


@pytest.fixture
def plan(begin: Begin) -> Plan:
    def make(**changes: object) -> EffectReview:
        parts = {"indicator": "np5_lesing", "grade": 5, "before": 2023, "after": 2024, "by": AUD}
        initiative = changes.pop("initiative", None) or begin(evaluate_on=date(2026, 9, 1))
        return actions.plan_review(initiative=initiative, **(parts | changes))  # type: ignore[arg-type]

    return make


def put(cells: list[Cell]) -> None:
    publish(comparison=compare(cells=cells, origin=NATIONAL, owner=None), by=BERIT)


def viewer(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], date(2026, 1, 1))


def put_in(review: EffectReview, state: str) -> EffectReview:
    EffectReview.objects.filter(pk=review.pk).update(state=state)
    review.refresh_from_db()
    return review


def test_a_review_is_planned_for_the_agreed_day(plan: Plan, cast: Cast) -> None:
    made = plan()
    assert (made.state, made.planned_on, made.school, made.owner) == (
        "planned", date(2026, 9, 1), cast.nes, cast.fjordvik,
    )  # fmt: skip
    assert plan(initiative=made.initiative, planned_on=date(2026, 12, 1)).planned_on == date(2026, 12, 1)
    assert Event.objects.filter(kind="initiatives.review_planned").count() == 2


@pytest.mark.parametrize("wrong", [{"indicator": "finnes_ikke"}, {"before": 2024}, {"before": 2025}])
def test_a_review_of_nothing_is_not_planned(plan: Plan, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no review"):
        plan(**wrong)
    assert not EffectReview.objects.exists()


def test_the_whole_road_with_another_person_to_check(plan: Plan) -> None:
    made = actions.mark_ready(review=plan(), has_figures=True, by=AUD)
    made = actions.write_review(review=made, words=WORDS, version=made.version, by=AUD, on=date(2026, 9, 2))
    assert (made.state, made.written_by, made.written_on, made.conclusion, made.explanations) == (
        "written", AUD, date(2026, 9, 2), "unknown", ["other_pupils"],
    )  # fmt: skip
    for same in (AUD, AUD.upper()):
        with pytest.raises(actions.OwnWorkError):
            actions.check_review(review=made, version=made.version, by=same)
    made = actions.check_review(review=made, version=made.version, by=LIV, on=date(2026, 9, 3))
    assert (made.state, made.checked_by, made.checked_on) == ("checked", LIV, date(2026, 9, 3))
    made = actions.use_review(review=made, used_in="Kvalitetsmelding 2026", by=BERIT)
    assert (made.state, made.used_in) == ("used", "Kvalitetsmelding 2026")
    kinds = [event.kind.removeprefix("initiatives.review_") for event in Event.objects.order_by("pk")]
    assert kinds[-5:] == ["planned", "ready", "written", "checked", "used"]


def test_no_figures_no_review(plan: Plan) -> None:
    made = plan()
    with pytest.raises(actions.FiguresMissingError):
        actions.mark_ready(review=made, has_figures=False, by=AUD)
    with pytest.raises(NotAllowedError):
        actions.write_review(review=made, words=WORDS, version=1, by=AUD)
    made.refresh_from_db()
    assert (made.state, made.seen) == ("planned", "")


@pytest.mark.parametrize("before", ReviewState)
def test_only_the_drawn_steps(plan: Plan, before: ReviewState) -> None:
    made = put_in(plan(), before)
    steps: dict[str, Callable[[], EffectReview]] = {
        ReviewState.READY: lambda: actions.mark_ready(review=made, has_figures=True, by=AUD),
        ReviewState.CHECKED: lambda: actions.check_review(review=made, version=made.version, by=LIV),
        ReviewState.USED: lambda: actions.use_review(review=made, used_in="x", by=BERIT),
    }
    for after, step in steps.items():
        put_in(made, before)
        if after in REVIEW_PATHS.get(before, ()):
            assert step().state == after
        else:
            with pytest.raises(NotAllowedError):
                step()
            made.refresh_from_db()
            assert (made.state, made.used_in) == (before, "") or made.used_in == "x"


def test_a_review_goes_back_to_its_writer_and_to_waiting(plan: Plan) -> None:
    made = put_in(plan(), ReviewState.WRITTEN)
    made = actions.send_back(review=made, by=LIV)
    assert made.state == ReviewState.READY
    assert actions.send_back(review=made, by=LIV).state == ReviewState.PLANNED
    for state in (ReviewState.PLANNED, ReviewState.CHECKED, ReviewState.USED):
        with pytest.raises(NotAllowedError):
            actions.send_back(review=put_in(made, state), by=LIV)
    assert EffectReview.objects.get().state == ReviewState.USED


def test_one_who_checks_stands_by_the_words_that_were_seen(plan: Plan) -> None:
    made = actions.mark_ready(review=plan(), has_figures=True, by=AUD)
    seen = actions.write_review(review=made, words=WORDS, version=made.version, by=AUD)
    later = EffectReview.objects.get()
    actions.write_review(review=later, words=WORDS, version=later.version, by=AUD)
    with pytest.raises(ConflictError):
        actions.check_review(review=seen, version=seen.version, by=LIV)
    assert EffectReview.objects.get().state == ReviewState.WRITTEN


def test_the_reading_tells_what_would_have_come_by_itself(plan: Plan, cast: Cast) -> None:
    put([*years(NATION, (50, 50, 50), 56_000), *years(NES, (46, 44, 47), 34)])
    found = effect.reading(viewer(cast, "aud"), plan())
    assert found.name == "Lesing 5. trinn"
    assert [row.key for row in found.rows] == ["before", "expected", "after"]
    assert [row.label for row in found.rows] == ["Før, 2023–24", "Å vente uten tiltak", "Etter, 2024–25"]
    assert [row.value for row in found.rows][::2] == ["44,0", "47,0"]
    assert found.rows[0].between == "42,0 til 46,0"
    assert found.expected.startswith("Uten tiltak måtte vi vente omtrent 46,5 i 2024–25.")
    assert found.expected.endswith("Endringen kan ha kommet av seg selv.")
    assert found.change.startswith("Nes skole viser ingen sikker endring fra 2023–24 til 2024–25.")
    assert (found.certainty, found.has_both, found.is_published) == ("none", True, True)
    for row in found.rows:
        strip = row.strip
        assert strip.dot is not None
        assert strip.start is not None
        assert strip.length is not None
        assert 0 <= strip.start <= strip.dot <= strip.start + strip.length <= 260


@pytest.mark.parametrize(("after", "word"), [(60.0, "høyere"), (30.0, "lavere")])
def test_what_is_far_off_is_said_with_its_size(plan: Plan, cast: Cast, after: float, word: str) -> None:
    put([*years(NATION, (50, 50, 50), 56_000), *years(NES, (50, 50, after), 34)])
    found = effect.reading(viewer(cast, "aud"), plan())
    assert f"poeng {word} enn vi måtte vente." in found.expected
    assert found.certainty == "clear"


def test_a_hidden_figure_stays_hidden_and_takes_its_estimate_along(plan: Plan, cast: Cast) -> None:
    hidden = cell(NES, None, None, period=2024, status=Status.HIDDEN_BY_SOURCE)
    put([*years(NATION, (50, 50, 50), 56_000), *years(NES, (46, 44, 47), 34)[:2], hidden])
    found = effect.reading(viewer(cast, "aud"), plan())
    assert (found.has_both, found.is_published, found.change) == (False, True, "")
    assert found.rows[-1].value == "Skjult hos kilden"
    assert found.rows[-1].strip.dot is None
    assert "Det vi så" not in found.expected
    assert found.certainty == "unknown"


def test_no_figures_at_all(plan: Plan, cast: Cast) -> None:
    found = effect.reading(viewer(cast, "aud"), plan())
    assert [row.value for row in found.rows] == ["Mangler", "Mangler"]
    assert found.expected.startswith("Her kan vi ikke regne ut")
    assert (found.has_both, found.is_published, found.certainty) == (False, False, "unknown")


def test_the_owners_own_initiative_is_read_on_the_owners_figures(
    plan: Plan, begin: Begin, cast: Cast
) -> None:
    put(world())
    made = plan(initiative=begin(school=None))
    found = effect.reading(viewer(cast, "berit"), made)
    assert found.rows[0].value == "45,0"
    assert found.expected.startswith("Her kan vi ikke regne ut")  # an area's lasting spread is not measured
    assert cast.fjordvik.code == OWNER


def test_the_reading_costs_the_same_whatever_it_is_about(
    plan: Plan, cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    made, reader = plan(), viewer(cast, "aud")
    put(world())
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        effect.reading(reader, made)


def test_names_follow_the_language(plan: Plan, cast: Cast) -> None:
    put([*years(NATION, (50, 50, 50), 56_000), *years(NES, (46, 44, 47), 34)])
    made, texts = plan(), set()
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            texts.add(effect.reading(viewer(cast, "aud"), made).expected)
    assert len(texts) == 3


def test_every_conclusion_has_words() -> None:
    labels = [str(one.label) for one in Conclusion]
    assert labels[0] == "Vi vet ikke om tiltaket virket"
    assert all(first != second for first, second in pairwise(labels))
