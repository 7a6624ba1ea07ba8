"""`tettpaa suppress-check`: add up the counter-tables of a publication, without the engine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.words import say


class Command(BaseCommand):
    help = "Check a publication against its counter-tables. Exit 1 and the cells' names if anything fails."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABLE.csv", type=Path)
        parser.add_argument("published", metavar="PUBLISHED.csv", type=Path)
        parser.add_argument("certificates", metavar="CERTS.jsonl", type=Path)
        parser.add_argument("--previous", nargs="+", default=[], metavar="EARLIER.csv", type=Path)
        parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["table"], options["published"], options["certificates"]
        try:
            table, published, certificates = map(str, files)
            earlier = [str(path) for path in options["previous"]]
            failures = list(check(table, published, certificates, earlier))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            # Only now the engine's own reader, which knows how to tell what is wrong with a file.
            from tettpaa.data.suppression.command import fault  # noqa: PLC0415

            raise CommandError(fault(*files, error).said(options["language"])) from error
        if failures:
            raise CommandError("\n".join(failures))
        self.stdout.write(say("checked", options["language"]))
