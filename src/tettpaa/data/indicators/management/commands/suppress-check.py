"""`tettpaa suppress-check`: add up the counter-tables of a publication, without the engine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.data.suppression.check import check


class Command(BaseCommand):
    help = "Check a publication against its counter-tables. Exit 1 and the cells' names if anything fails."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABLE.csv")
        parser.add_argument("published", metavar="PUBLISHED.csv")
        parser.add_argument("certificates", metavar="CERTS.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            failures = list(check(options["table"], options["published"], options["certificates"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"cannot be checked: {error!r}") from error
        if failures:
            raise CommandError("\n".join(failures))
        self.stdout.write("0")
