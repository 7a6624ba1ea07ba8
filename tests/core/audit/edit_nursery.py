"""People who edit one goal at the same time, each a process of its own; see test_concurrency.

`python -m tests.core.audit.edit_nursery HOW WRITERS EDITS` makes a goal in an empty database, lets them write and prints what they met.
An edit adds one to the goal's `order`, so an edit that is lost is missing there at the end.
"""

import json
import multiprocessing
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import django

if TYPE_CHECKING:
    from tettpaa.work.plans.models import Goal

READS = 0.02  # at most so many seconds for what the other wrote, before one tries again
THINKS = 0.002  # seconds between reading and writing; whoever saves plainly needs none to lose edits, but then always does


def main(how: str, writers: int, edits: int) -> None:
    django.setup()
    key = make_goal()
    processes = multiprocessing.get_context("fork")
    start, said = processes.Barrier(writers), processes.Queue()
    people = [
        processes.Process(target=work, args=(DEEDS[how], key, number, edits, start, said))
        for number in range(writers)
    ]
    for person in people:
        person.start()
    met = [said.get(timeout=300) for _ in people]
    for person in people:
        person.join()
    goal = reread(key)
    print(json.dumps({"version": goal.version, "order": goal.order, "faults": faults(), "met": met}))


def work(
    deed: "Callable[[Goal, int, int], Goal]", key: Any, number: int, edits: int, start: Any, said: Any
) -> None:
    """One person: so many edits, each tried again on what the other wrote until it is in."""
    from django.db import OperationalError

    from tettpaa.core.audit.versions import ConflictError

    met = {"conflicts": 0, "not_shown": 0, "locked": 0, "longest": 0.0}
    goal = reread(key)
    start.wait()
    for edit in range(edits):
        done = False
        while not done:
            began = time.monotonic()
            try:
                goal = deed(goal, number, edit)
                done = True
            except ConflictError as conflict:
                met["conflicts"] += 1
                theirs = cast("Goal", conflict.theirs)
                shown = (
                    theirs.version > goal.version and theirs.order > goal.order and theirs.text != goal.text
                )
                met["not_shown"] += not shown
                goal = theirs
                time.sleep(random.uniform(0, READS))
            except OperationalError:
                met["locked"] += 1
                goal = reread(key)
            met["longest"] = max(met["longest"], time.monotonic() - began)
    said.put(met)


def versioned(goal: "Goal", number: int, edit: int) -> "Goal":
    """As the rooms' actions do: the row and its line in the trail in one transaction."""
    from copy import copy

    from django.db import transaction

    from tettpaa.core.audit.actions import record
    from tettpaa.core.audit.versions import save_changes

    mine = copy(goal)
    mine.order, mine.text = goal.order + 1, f"{number} {edit}"
    with transaction.atomic():
        save_changes(mine, version=goal.version, fields=("order", "text"))
        record(kind="test.goal_changed", by=f"{number}@example.test", subject="goal", owner="9901")
    return mine


def plain(goal: "Goal", number: int, edit: int) -> "Goal":
    """What save_changes is there to prevent."""
    mine = reread(goal.pk)
    time.sleep(THINKS)
    mine.order, mine.text, mine.version = mine.order + 1, f"{number} {edit}", mine.version + 1
    mine.save()
    return mine


DEEDS = {"versioned": versioned, "plain": plain}


def make_goal() -> Any:
    """The key of a goal that everybody may write; no connection is left for the children to share."""
    from django.db import connections

    from tettpaa.core.orgs.actions import NewUnit, add_units
    from tettpaa.core.orgs.enums import Kind
    from tettpaa.work.plans.models import Goal, QualityPlan

    units = [NewUnit(Kind.NATION, "NO", "Landet", ""), NewUnit(Kind.COUNTY, "99", "Fylket", "NO")]
    owner = add_units(by="test", units=[*units, NewUnit(Kind.OWNER, "9901", "Fjordvik", "99")])["9901"]
    plan = QualityPlan.objects.create(
        owner=owner, title="Plan", starts_on=date(2024, 8, 1), ends_on=date(2028, 7, 31)
    )
    goal = Goal.objects.create(owner=owner, plan=plan, key="lesing", text="Alle leser", order=0)
    connections.close_all()
    return goal.pk


def reread(key: Any) -> "Goal":
    from tettpaa.work.plans.models import Goal

    return Goal.objects.get(pk=key)


def faults() -> int:
    """Lines of the trail that do not fit."""
    from tettpaa.core.audit import queries

    return len(list(queries.faults(owner="9901")))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
