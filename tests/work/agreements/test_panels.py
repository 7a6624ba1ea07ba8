"""What the room shows on others' pages, its part of a pack, and the list of legal bases."""

from datetime import date

import pytest
from pydantic import ValidationError

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.packs.registry import parts
from tettpaa.core.ui.panels import Asked, Item, Words
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.bases import bases_on, basis
from tettpaa.work.agreements.content import kind_name
from tettpaa.work.agreements.enums import Status
from tettpaa.work.agreements.models import KindName
from tettpaa.work.agreements.pack import AgreementsShape, KindShape, read, write
from tettpaa.work.agreements.panels import agreement_items, agreement_knot, thread_of

TODAY = date(2026, 2, 20)


def asked(cast: Cast, name: str, **more: object) -> Asked:
    return Asked(load_viewer(cast.users[name], TODAY), cast.fjordvik, TODAY, **more)  # type: ignore[arg-type]


def test_the_knot_of_a_signed_agreement(cast: Cast) -> None:
    goal = making.a_goal(cast)
    agreement = making.in_force(cast, goal=goal)
    knot = agreement_knot(asked(cast, "fia", school=cast.nes, goal=goal.pk))
    assert knot is not None
    assert (knot.state, knot.sentence) == (
        "there", (Words("Vi lovet hverandre "), Words("tre ting", address_of(agreement)), Words(".")),
    )  # fmt: skip
    assert knot.facts == ("Signert av begge", "0 av 3 løfter er gjort", "1 løfte er sent")
    assert agreement_knot(asked(cast, "fia", school=cast.vik, goal=goal.pk)) is None
    assert agreement_knot(asked(cast, "fia", school=cast.nes)) is None
    assert agreement_knot(asked(cast, "eva", school=cast.nes, goal=goal.pk)) is None


def test_the_knot_before_both_have_signed(cast: Cast) -> None:
    goal = making.a_goal(cast)
    agreement = making.draft(cast, goal=goal)
    here = {"school": cast.nes, "goal": goal.pk}
    knot = agreement_knot(asked(cast, "aud", **here))
    assert knot is not None
    assert (knot.state, agreement_knot(asked(cast, "fia", **here))) == ("later", None)
    making.add_goal(agreement, goal)
    making.to_consulted(agreement)
    knot = agreement_knot(asked(cast, "aud", **here))
    assert knot is not None
    assert (knot.state, knot.whose, knot.act) == (
        "missing", "Rektor", Words("Les og signer", f"{address_of(agreement)}signer/"),
    )  # fmt: skip
    making.sign_school(agreement)
    knot = agreement_knot(asked(cast, "liv", **here))
    assert knot is not None
    assert (knot.whose, knot.act) == ("Skoleeier", None)
    actions.drop(wording=making.wording(agreement), reason="", by="aud@example.test")
    assert agreement_knot(asked(cast, "aud", **here)) is None


def test_the_lines_of_the_front_pages(cast: Cast) -> None:
    waiting = making.ready(cast, title="Ny", source="a:1")
    living = making.in_force(cast, title="Gammel", source="a:2")
    found = sorted(agreement_items(asked(cast, "aud")), key=lambda item: item.kind)
    assert found == [
        Item("due", "Sjekkpunkt for avtalen «Gammel»", address_of(living), date(2026, 2, 23), "Nes skole", mine=True),
        Item(
            "slipping", "Gammel", address_of(living), place="Nes skole",
            note="1 løfte er sent: 1 av skolens, 0 av skoleeiers",
        ),
        Item("waiting", "Signer avtalen «Ny»", f"{address_of(waiting)}signer/", place="Nes skole", mine=True),
    ]  # fmt: skip
    owner = [item for item in agreement_items(asked(cast, "berit")) if item.kind == "waiting"]
    assert [(item.title, item.note, item.mine) for item in owner] == [
        ("Avtalen «Ny» venter på signatur", "Rektor", False)
    ]
    late = Asked(load_viewer(cast.users["kai"], TODAY), cast.fjordvik, date(2026, 3, 5))
    assert [item.kind for item in agreement_items(late) if item.when] == ["late"]
    assert list(agreement_items(asked(cast, "fia"))) == []
    assert list(agreement_items(asked(cast, "berit", school=cast.vik))) == []


def test_an_agreement_without_a_goal_of_the_plan_lies_in_no_thread(cast: Cast) -> None:
    agreement = making.draft(cast)
    viewer = asked(cast, "aud").viewer
    assert thread_of(viewer, making.wording(agreement)) is None
    goal = making.a_goal(cast)
    other = making.draft(cast, goal=goal, source="a:2")
    thread = thread_of(viewer, making.wording(other))
    assert thread is not None
    assert (thread.name, thread.asked.goal) == (goal.text, goal.pk)


def test_the_pack_names_the_kinds(cast: Cast) -> None:
    part = next(part for part in parts() if part.name == "agreements")
    assert (part.order, part.shape) == (60, AgreementsShape)
    assert kind_name(cast.fjordvik, "corrective") == "avtale om korrigerende tiltak"
    write(owner=cast.fjordvik, path=("",), content={}, by="t")
    write(
        owner=cast.fjordvik, path=("kinds", "corrective"), by="t",
        content={"key": "corrective", "name": "Fase 4-avtale", "use": "Etter møte"},
    )  # fmt: skip
    assert kind_name(cast.fjordvik, "corrective") == "Fase 4-avtale"
    assert kind_name(cast.utvik, "corrective") == "avtale om korrigerende tiltak"
    assert read(cast.fjordvik) == AgreementsShape(
        kinds=(KindShape(key="corrective", name="Fase 4-avtale", use="Etter møte"),)
    )
    write(owner=cast.fjordvik, path=("kinds", "corrective"), content=None, by="t")
    assert KindName.objects.count() == 0


def test_the_pack_knows_four_kinds() -> None:
    with pytest.raises(ValidationError):
        AgreementsShape.model_validate({"kinds": [{"key": "secret", "name": "x"}]})


def test_the_bases_hold_from_a_day_and_are_never_forgotten() -> None:
    assert bases_on(date(2008, 12, 31)) == []
    assert len(bases_on(date(2026, 1, 1))) == 5
    first = basis("offl13_fvl13_1")
    assert (first.must, first.cited("nn")) == (
        True, "offentleglova § 13, jf. forvaltningslova § 13 første leddet nr. 1",
    )  # fmt: skip
    assert first.explained("xx") == first.says["nb"]


def test_a_late_word_counts_both(cast: Cast) -> None:
    living = making.in_force(cast)
    row = making.wording(living).commitments.get(number=3)
    actions.report_status(commitment=row, status=Status.LATE, by="berit@example.test")
    notes = [item.note for item in agreement_items(asked(cast, "kai")) if item.kind == "slipping"]
    assert notes == ["2 løfter er sene: 1 av skolens, 1 av skoleeiers"]
