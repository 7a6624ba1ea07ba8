"""The part of a pack: refused with a reason when it is wrong, written and read back the same."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import BERIT, rolled
from tettpaa.core.packs import registry
from tettpaa.work.yearwheel.enums import State
from tettpaa.work.yearwheel.models import Procedure, Task
from tettpaa.work.yearwheel.pack import PART, ProceduresShape

FULL = {
    "key": "np",
    "name": "Følg opp nasjonale prøver",
    "about": "Rektor og lærere.",
    "level": "school",
    "roles": ["principal"],
    "grades": [5, 8],
    "tag": "law",
    "law": "figures_to_the_state",
    "rule": "within",
    "month": 10,
    "month_autumn": 9,
    "depends_on": ["gsi"],
    "steps_before": ["Les resultatene."],
    "steps_after": ["Snakk med elevene."],
}
GSI = {
    "key": "gsi",
    "name": "GSI",
    "level": "owner",
    "roles": ["adviser"],
    "rule": "day",
    "month": 10,
    "day": 24,
}


def shape(*entries: dict[str, Any]) -> ProceduresShape:
    return ProceduresShape.model_validate({"procedures": entries})


def test_the_part_is_registered_with_its_place() -> None:
    assert [(part.name, part.order) for part in registry.parts() if part is PART] == [("procedures", 30)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule": "within", "month": None}, "måned"),
        ({"day": None}, "en dag"),
        ({"rule": "before", "weeks": 3}, "prosedyren den regner fra"),
        ({"rule": "before", "weeks": 3, "anchor": "borte"}, "ikke finnes"),
        ({"rule": "before", "weeks": 3, "anchor": "gsi"}, "i ring"),
        ({"depends_on": ["borte"]}, "ikke finnes"),
        ({"law": "participation"}, "merkes"),
        ({"law": "loven", "tag": "law"}, "not one of"),
        ({"roles": ["konge"]}, "not one of"),
        ({"roles": []}, "at least 1"),
        ({"month": 13}, "less than or equal"),
        ({"prioritet": 1}, "Extra inputs"),
    ],
)
def test_what_is_wrong_is_refused_with_a_reason(changes: dict[str, Any], words: str) -> None:
    assert shape(GSI)
    with pytest.raises(ValidationError, match=words):
        shape({**GSI, **changes})


def write(cast: Cast, entry: dict[str, Any] | None, key: str = "np") -> None:
    PART.write(owner=cast.fjordvik, path=("procedures", key), content=entry, by=BERIT)


@pytest.mark.django_db
def test_a_file_is_written_and_read_back_the_same(cast: Cast) -> None:
    file = shape(FULL, GSI)
    PART.write(owner=cast.fjordvik, path=("",), content={}, by=BERIT)
    for entry in file.procedures:
        write(cast, entry.model_dump(), entry.key)
    found = PART.read(cast.fjordvik)
    assert found.model_dump(mode="json") == file.model_dump(mode="json")
    assert ProceduresShape.model_validate(found.model_dump()) == file


@pytest.mark.django_db
def test_a_changed_entry_changes_the_row_and_one_that_is_gone_ends(cast: Cast) -> None:
    write(cast, GSI, "gsi")
    (task,) = rolled(cast)
    write(cast, {**GSI, "day": 20}, "gsi")
    assert [one.due_on for one in rolled(cast)] == [date(2026, 10, 20)]
    write(cast, None, "gsi")
    write(cast, None, "gsi")
    rolled(cast)
    assert Task.objects.get(pk=task.pk).state == State.DROPPED
    assert PART.read(cast.fjordvik) == ProceduresShape()
    write(cast, GSI, "gsi")
    assert Procedure.objects.get().is_active
