"""Schools let in from a register, and who took over from whom: said by a person, once each way, and taken back."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.queries import (
    all_schools_in,
    confirmed_succession,
    confirmed_successions,
    predecessors_of,
    same_entity,
)
from tettpaa.core.orgs.registers import Change, load_registers, take_in_codes
from tettpaa.core.orgs.schools import (
    SchoolFacts,
    SuccessorError,
    confirm_successor,
    take_in_schools,
    undo_successor,
)

pytestmark = pytest.mark.django_db
ON = date(2024, 8, 1)


def say(cast: Cast, old: Unit, new: Unit, **changes: Any) -> Succession:
    words = {"owner": cast.fjordvik, "old": old, "new": new, "on": ON, "why": " Nytt nummer. ", "by": "arne"}
    return confirm_successor(**(words | changes))


def another(cast: Cast, code: str = "F00000009") -> Unit:
    return add_units(units=[NewUnit(Kind.SCHOOL, code, "Ny skole", "9901")], by="test")[code]


def test_a_link_has_a_person_a_day_and_a_reason_and_can_be_taken_back(cast: Cast) -> None:
    link = say(cast, cast.nes, cast.vik)
    assert (link.kind, link.by, link.why, link.on) == (SuccessionKind.CONTINUED, "arne", "Nytt nummer.", ON)
    assert [step.old for step in predecessors_of(cast.vik)] == [cast.nes]
    assert confirmed_successions(cast.fjordvik) == [link]
    assert confirmed_successions(cast.units["9902"]) == []
    assert confirmed_succession(cast.fjordvik, link.pk) == link
    assert set(same_entity([cast.vik])) == {cast.vik.pk}  # it is another school all the same
    undo_successor(owner=cast.fjordvik, link=link, why="Feil skole", by="berit")
    undo_successor(owner=cast.fjordvik, link=Succession(pk=link.pk or 1), why="igjen", by="berit")
    assert predecessors_of(cast.vik) == []
    said, undone = Event.objects.filter(kind__startswith="orgs.successor").order_by("pk")
    assert (said.by, said.detail) == ("arne", {"on": "2024-08-01", "why": "Nytt nummer."})
    assert (undone.by, undone.detail["why"], undone.detail["was_confirmed_by"], undone.detail["was_because"]) == (
        "berit", "Feil skole", "arne", "Nytt nummer.",
    )  # fmt: skip


def test_a_chain_is_followed_back(cast: Cast) -> None:
    third = another(cast)
    say(cast, cast.nes, cast.vik)
    say(cast, cast.vik, third)
    assert [step.old for step in predecessors_of(third)] == [cast.vik, cast.nes]


def test_what_cannot_be_linked(cast: Cast) -> None:
    third = another(cast)
    say(cast, cast.nes, cast.vik)
    for old, new, reason in (
        (cast.nes, cast.nes, "same"),
        (cast.nes, third, "taken"),
        (third, cast.vik, "taken"),
        (cast.vik, cast.nes, "circle"),
        (cast.units["U00000001"], third, "place"),
        (cast.fjordvik, third, "place"),
    ):
        with pytest.raises(SuccessorError, match=reason):
            say(cast, old, new)
    Succession.objects.create(old=cast.vik, new=third, kind=SuccessionKind.RENUMBER, on=ON)
    with pytest.raises(SuccessorError, match="taken"):
        say(cast, cast.vik, third)


def test_the_database_itself_refuses_a_link_that_nobody_said(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(old=cast.nes, new=cast.vik, kind=SuccessionKind.CONTINUED, on=ON)


def test_schools_of_a_register_come_in_and_are_noted(cast: Cast) -> None:
    facts = [
        SchoolFacts("F00000008", "Fjell  friskole", 1, 7, "nn", is_private=True),
        SchoolFacts("F00000007", "Ås skole"),
        SchoolFacts(cast.nes.code, "Nes barneskole", 1, 4, "nb", ended=date(2025, 7, 31)),
        SchoolFacts("U00000001", "Utvik", 1, 7),
    ]
    assert take_in_schools(owner=cast.fjordvik, schools=facts, by="arne") == (
        ["F00000007", "F00000008"],
        [cast.nes.code],
    )
    fjell, nes = Unit.objects.get(code="F00000008"), Unit.objects.get(code=cast.nes.code)
    assert (fjell.name, fjell.grade_to, fjell.main_language, fjell.run_by_owner, fjell.parent) == (
        "Fjell friskole", 7, "nn", False, cast.fjordvik,
    )  # fmt: skip
    assert (nes.name, nes.grade_to, nes.valid_to) == ("Nes skole", 4, date(2025, 7, 31))
    assert Unit.objects.get(code="U00000001").grade_to is None
    event = Event.objects.get(kind="orgs.schools_noted")
    assert event.detail == {
        "schools": ["F00000008", "F00000007", cast.nes.code],
        "new": ["F00000007", "F00000008"],
    }
    again = [*facts[:2], SchoolFacts(cast.vik.code, "Vik")]
    assert take_in_schools(owner=cast.fjordvik, schools=again, by="arne") == ([], [])
    assert {"F00000007", cast.nes.code} < {school.code for school in all_schools_in(cast.fjordvik)}


def test_municipality_codes_that_came_since(db: None) -> None:
    load_registers(by="test")
    codes = {
        code: name
        for code, name in Unit.objects.filter(kind=Kind.OWNER, valid_to=None).values_list("code", "name")
        if code not in {"1103", "1108", "1111", "1112", "1114"}
    } | {"1160": "Nye Stavanger", "1161": "Sokndal", "1162": "Lund", "9999": "Uoppgitt", "1119": "Hå - Hå"}
    on = date(2028, 1, 1)
    steps = [("1103", "1160"), ("1108", "1160"), ("1111", "1161"), ("1112", "1162"), ("1112", "1119"), ("1119", "1119"),
             ("1120", "1121"), ("1114", "9999")]  # fmt: skip
    changes = [Change(old, new, f"Navn {old}", on) for old, new in steps]
    assert take_in_codes(codes=codes, changes=changes, by="test") == ["1119", "1160", "1161", "1162"]
    kinds = {
        (s.old.code, s.new.code): s.kind
        for s in Succession.objects.filter(on=on).select_related("old", "new")
    }
    assert kinds == {
        ("1103", "1160"): SuccessionKind.MERGE,
        ("1108", "1160"): SuccessionKind.MERGE,
        ("1111", "1161"): SuccessionKind.RENUMBER,
        ("1112", "1162"): SuccessionKind.SPLIT,
        ("1112", "1119"): SuccessionKind.SPLIT,
        ("1120", "1121"): SuccessionKind.BOUNDARY,
    }
    ends = dict(Unit.objects.filter(code__in=["1103", "1120", "1119"]).values_list("code", "valid_to"))
    assert ends == {"1103": on, "1120": None, "1119": None}
    assert Unit.objects.get(code="1119").name == "Hå - Hå"
    assert Event.objects.filter(kind="orgs.registers_loaded").count() == 2
    assert take_in_codes(codes=codes, changes=changes, by="test") == []
    assert Event.objects.filter(kind="orgs.registers_loaded").count() == 2
