"""`tettpaa user …`: who may sign in, and with which role where."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tettpaa.core.accounts.actions import close_account, open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.orgs.actions import end_role, give_role
from tettpaa.core.orgs.models import Membership, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import unit_by_code

BY = "system"


class Command(BaseCommand):
    help = "Accounts and roles: tettpaa user add | list | end | close (each with --help)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        add = deeds.add_parser("add", help="open an account, or give one that exists a further role")
        _person_and_place(add)
        add.add_argument("--name", help="the person's name; needed for a new account")
        add.add_argument(
            "--from", dest="starts_on", type=_day, metavar="DATE", help="first day (default: today)"
        )
        add.add_argument("--to", dest="ends_on", type=_day, metavar="DATE", help="last day (default: no end)")
        people = deeds.add_parser("list", help="accounts and their roles")
        people.add_argument(
            "--owner", metavar="CODE", help="only those with a role at this owner or its schools"
        )
        end = deeds.add_parser(
            "end", help="end a role; the row stays, so that it can be seen who had access when"
        )
        _person_and_place(end)
        end.add_argument(
            "--on", type=_day, metavar="DATE", help="last day (default: yesterday, so it ends now)"
        )
        close = deeds.add_parser(
            "close", help="close an account; whoever is signed in is out on the next click"
        )
        close.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        deeds = {"add": self._add, "list": self._list, "end": self._end, "close": self._close}
        try:
            with transaction.atomic():
                deeds[options["deed"]](options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _add(self, options: dict[str, Any]) -> None:
        role, unit = _role(options["role"]), _unit(options["unit"])
        starts_on, ends_on = options["starts_on"] or timezone.localdate(), options["ends_on"]
        if ends_on and ends_on < starts_on:
            raise CommandError(f"The last day {ends_on} is before the first day {starts_on}.")
        user = user_by_email(options["email"])
        if user is None:
            user = self._open(options["email"], options["name"])
        elif not user.is_active:
            raise CommandError(f"The account {user.email} is closed.")
        if Membership.objects.filter(user=user, unit=unit, role=role, starts_on=starts_on).exists():
            raise CommandError(f"{user.email} has the role {role} at {unit.code} from {starts_on} already.")
        row = give_role(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on, by=BY)
        self.stdout.write(f"{user.email}: {_words(row)}")
        if not user.has_usable_password():
            address = settings.BASE_ADDRESS + reverse("account_reset_password")
            self.stdout.write(f"The password is chosen here, by a link sent to {user.email}: {address}")

    def _open(self, email: str, name: str | None) -> User:
        validate_email(email)
        if not name:
            raise CommandError(f"{email} has no account yet, so --name is needed.")
        self.stdout.write(f"Account opened for {name}, {email}")
        return open_account(email=email, name=name, by=BY)

    def _list(self, options: dict[str, Any]) -> None:
        rows = Membership.objects.select_related("unit").order_by("unit__path", "role", "starts_on")
        people = User.objects.order_by("email")
        if options["owner"]:
            rows = rows.filter(unit__path__startswith=_unit(options["owner"]).path)
            people = people.filter(pk__in=rows.values("user"))
        held: dict[int, list[Membership]] = {}
        for row in rows:
            held.setdefault(row.user_id, []).append(row)
        for person in people:
            state = "" if person.is_active else " (closed)"
            self.stdout.write(f"{person.email}  {person.name}{state}")
            for row in held.get(person.pk, []):
                self.stdout.write(f"    {_words(row)}")

    def _end(self, options: dict[str, Any]) -> None:
        user, role, unit = _user(options["email"]), _role(options["role"]), _unit(options["unit"])
        today = timezone.localdate()
        held = Membership.objects.filter(user=user, role=role, unit=unit)
        row = held.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by("starts_on").first()
        if row is None:
            raise CommandError(f"{user.email} does not have the role {role} at {unit.code} today.")
        last_day = options["on"] or max(today - timedelta(days=1), row.starts_on)
        if last_day < row.starts_on:
            raise CommandError(f"The role begins on {row.starts_on}, after {last_day}.")
        end_role(membership=row, ends_on=last_day, by=BY)
        self.stdout.write(f"{user.email}: {_words(row)}")

    def _close(self, options: dict[str, Any]) -> None:
        user = _user(options["email"])
        if not user.is_active:
            raise CommandError(f"The account {user.email} is closed already.")
        close_account(user=user, by=BY)
        self.stdout.write(f"Account closed: {user.email}")


def _person_and_place(parser: ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--role", required=True, help="one of: " + ", ".join(roles()))
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="municipality code or organisation number"
    )


def _day(text: str) -> date:
    """A date as YYYY-MM-DD; argparse tells of the ValueError."""
    return date.fromisoformat(text)


_day.__name__ = "date (YYYY-MM-DD)"  # argparse says "invalid date (YYYY-MM-DD) value: '1.8.2026'"


def _words(row: Membership) -> str:
    last = f"to {row.ends_on}" if row.ends_on else "without end"
    return f"{row.role} at {row.unit.code} {row.unit.label}, from {row.starts_on} {last}"


def _user(email: str) -> User:
    user = user_by_email(email)
    if user is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return user


def _role(key: str) -> str:
    if key not in roles():
        lines = "\n".join(
            f"  {role.key:18} {role.names['nb']}: {role.sentence['nb']}" for role in roles().values()
        )
        raise CommandError(f"There is no role {key!r}. The roles are:\n{lines}")
    return key


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise CommandError(
            f"There is no unit {code!r}. Give a municipality's four digits or a school's organisation number; "
            "schools come in with their first file."
        )
    return unit
