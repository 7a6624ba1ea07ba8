"""`tettpaa user`: accounts and roles from the command line."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.accounts.models import User
from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.models import Membership

pytestmark = pytest.mark.django_db
RESET = "/konto/password/reset/"


def run(capsys: pytest.CaptureFixture[str], line: str, **more: str) -> str:
    call_command("user", *line.split(), *(f"--{key}={value}" for key, value in more.items()))
    return capsys.readouterr().out


def test_a_new_person(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    line = "add Ola@Example.test --role principal --unit F00000002 --from 2026-08-01 --to 2027-07-31"
    told = run(capsys, line, name="Ola Normann").splitlines()
    assert told[:2] == [
        "Account opened for Ola Normann, Ola@Example.test",
        "ola@example.test: principal at F00000002 Vik skole, from 2026-08-01 to 2027-07-31",
    ]
    assert told[2].startswith("The password is chosen here, by a link sent to ola@example.test: http")
    assert told[2].endswith(RESET)
    row = Membership.objects.get(user__email="ola@example.test")
    assert (row.role, row.unit, row.starts_on, row.ends_on) == (
        "principal",
        cast.vik,
        date(2026, 8, 1),
        date(2027, 7, 31),
    )
    assert [event.kind for event in Event.objects.filter(by="system").order_by("pk")] == [
        "accounts.account_opened",
        "orgs.role_given",
    ]


def test_a_further_role_needs_no_name_and_begins_today(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(capsys, "add aud@example.test --role teacher --unit F00000002")
    today = timezone.localdate()
    assert (
        told.splitlines()[0] == f"aud@example.test: teacher at F00000002 Vik skole, from {today} without end"
    )
    assert Membership.objects.filter(user=cast.users["aud"]).count() == 2
    cast.users["aud"].set_password("x")
    cast.users["aud"].save()
    assert RESET not in run(capsys, "add aud@example.test --role adviser --unit 9901")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            "add x@example.test --name=X --role rektor --unit 9901",
            "There is no role 'rektor'. The roles are:\n",
        ),
        ("add x@example.test --name=X --role adviser --unit 1", "There is no unit '1'."),
        ("add x --name=X --role adviser --unit 9901", "e-post"),
        (
            "add x@example.test --role adviser --unit 9901",
            "x@example.test has no account yet, so --name is needed.",
        ),
        (
            "add aud@example.test --role adviser --unit 9901 --from 2026-08-02 --to 2026-08-01",
            "The last day 2026-08-01 is before the first day 2026-08-02.",
        ),
        (
            "add aud@example.test --role principal --unit F00000001 --from 2020-08-01",
            "aud@example.test has the role principal at F00000001 from 2020-08-01 already.",
        ),
        (
            "add x@example.test --name=X --role adviser --unit 9901 --from 1.8.2026",
            "invalid date (YYYY-MM-DD) value",
        ),
        ("list --owner 0000", "There is no unit '0000'."),
        ("end aud@example.test --role adviser --unit 9901", "does not have the role adviser at 9901 today."),
        (
            "end x@example.test --role adviser --unit 9901",
            "Nobody has an account with the address x@example.test.",
        ),
        (
            "end aud@example.test --role principal --unit F00000001 --on 2020-07-31",
            "The role begins on 2020-08-01, after 2020-07-31.",
        ),
        ("close x@example.test", "Nobody has an account with the address x@example.test."),
        ("", "deed"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(cast: Cast, line: str, fault: str) -> None:
    before = (User.objects.count(), Membership.objects.count(), Event.objects.count())
    with pytest.raises(CommandError) as caught:
        call_command("user", *line.split())
    assert fault in str(caught.value)
    assert (User.objects.count(), Membership.objects.count(), Event.objects.count()) == before


def test_an_unknown_role_lists_the_roles(cast: Cast) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("user", "add", "x@example.test", "--role=boss", "--unit=9901")
    lines = str(caught.value).splitlines()
    assert lines[1].split() == (
        [
            "chief_executive",
            "Kommunedirektør:",
            "Godkjenner",
            "meldingen",
            "og",
            "svarer",
            "for",
            "internkontroll",
            "og",
            "oppfølging.",
        ]
    )
    assert len(lines) == 17


def test_the_list_shows_people_and_roles(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    everybody = run(capsys, "list").splitlines()
    assert everybody[:2] == [
        "arne@example.test  Arne",
        "    adviser at 9901 Fjordvik, from 2020-08-01 without end",
    ]
    assert run(capsys, "list --owner 9902").splitlines() == [
        "eva@example.test  Eva",
        "    head_of_schools at 9902 Utvik, from 2020-08-01 without end",
    ]
    run(capsys, "close eva@example.test")
    assert run(capsys, "list --owner 9902").splitlines()[0] == "eva@example.test  Eva (closed)"


def test_a_role_ends_now_unless_a_day_is_given(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    told = run(capsys, "end aud@example.test --role principal --unit F00000001")
    assert told == f"aud@example.test: principal at F00000001 Nes skole, from 2020-08-01 to {yesterday}\n"
    run(capsys, "end carl@example.test --role teacher --unit F00000001 --on 2031-07-31")
    assert Membership.objects.get(user=cast.users["carl"]).ends_on == date(2031, 7, 31)
    run(capsys, "add dag@example.test --role teacher --unit F00000001")
    run(capsys, "end dag@example.test --role teacher --unit F00000001")
    assert Membership.objects.get(user=cast.users["dag"], role="teacher").ends_on == timezone.localdate()


def test_a_closed_account(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "close aud@example.test") == "Account closed: aud@example.test\n"
    found = user_by_email("aud@example.test")
    assert found is not None
    assert not found.is_active
    with pytest.raises(CommandError, match=r"is closed already\."):
        run(capsys, "close aud@example.test")
    with pytest.raises(CommandError, match=r"The account aud@example\.test is closed\."):
        run(capsys, "add aud@example.test --role teacher --unit 9901")
