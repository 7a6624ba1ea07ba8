"""The trail is append-only on the database itself, chained, and found out when it is not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tettpaa.core.audit import queries
from tettpaa.core.audit.actions import record
from tettpaa.core.audit.models import ChainHead, Event
from tettpaa.core.audit.triggers import protect, release

pytestmark = pytest.mark.django_db


def deeds(number: int, owner: str = "9901") -> list[Event]:
    return [
        record(kind="test.deed_done", by="aud@example.test", subject=f"deed {i}", owner=owner)
        for i in range(number)
    ]


def test_events_are_numbered_and_chained_per_owner() -> None:
    first, second = deeds(2)
    other = deeds(1, owner="9902")[0]
    assert (first.number, second.number, other.number) == (1, 2, 1)
    assert (second.previous_hash, other.previous_hash) == (first.hash, "")
    assert queries.chain_head(owner="9901") == second.hash
    assert [event.number for event in queries.events(owner="9901")] == [2, 1]
    assert list(queries.faults(owner="9901")) == []


def test_a_deed_and_its_trace_stand_or_fall_together() -> None:
    def deed_that_fails() -> None:
        with transaction.atomic():
            deeds(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed_that_fails()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        deeds(1)


BACKWAYS = {
    "sqlite": "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
    "postgresql": "TRUNCATE audit_event",
}


@pytest.mark.parametrize("way", ["update", "delete", "the database's own way round"])
def test_the_database_refuses_change(way: str) -> None:
    deeds(2)
    straight = {"update": "UPDATE audit_event SET subject = 'x'", "delete": "DELETE FROM audit_event"}
    statement = straight.get(way) or BACKWAYS[connection.vendor]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [e.subject for e in queries.events(owner="9901")] == ["deed 1", "deed 0"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"subject": "forged"}, [(2, "content")]),
        ({"detail": {"a": 1}}, [(2, "content")]),
        ({"hash": "0" * 64}, [(2, "content"), (3, "link")]),
    ],
)
def test_a_flipped_row_is_reported(change: dict[str, object], expected: list[tuple[int, str]]) -> None:
    deeds(3)
    release(connection, "audit_event")
    Event.objects.filter(number=2).update(**change)
    assert [(fault.number, fault.reason) for fault in queries.faults(owner="9901")] == expected
    protect(connection, "audit_event")


def test_a_removed_row_and_a_cut_tail_are_reported() -> None:
    deeds(3)
    release(connection, "audit_event")
    Event.objects.filter(number=2).delete()
    assert [(f.number, f.reason) for f in queries.faults(owner="9901")] == [(2, "missing"), (3, "link")]
    Event.objects.filter(number=3).delete()
    assert [(f.number, f.reason) for f in queries.faults(owner="9901")] == [(3, "head")]
    protect(connection, "audit_event")


def test_the_command_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    head = deeds(2)[1].hash
    call_command("audit", "verify")
    assert capsys.readouterr().out.splitlines()[-1] == f"chain 9901: whole, head {head}"
    ChainHead.objects.filter(chain="9901").update(number=9)
    with pytest.raises(CommandError, match=r"1 fault"):
        call_command("audit", "verify", "--owner", "9901")
