"""`tettpaa demo`: real public figures for five owners, an invented sixth, and an account for each role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from tettpaa.doors.demo.people import OWNERS, people
from tettpaa.doors.demo.preparing import PASSWORD, prepare


class Command(BaseCommand):
    help = "Prepare the demo and serve it: tettpaa demo [--no-serve] [--host HOST] [--port PORT]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="prepare the database and stop")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(lambda line: self.stdout.write(line))
        self._list_accounts()
        if options["no_serve"]:
            return
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write(f"\nTett på kjører på {address} – stopp med Ctrl+C.\n")
        self.stdout.flush()
        call_command("serve", host=options["host"], port=options["port"])

    def _list_accounts(self) -> None:
        self.stdout.write(f"\nKontoer (passord for alle: {PASSWORD}):")
        for owner in OWNERS:
            emails = [person.email for person in people() if person.owner == owner]
            self.stdout.write(f"  {owner.name}: {', '.join(emails)}")
