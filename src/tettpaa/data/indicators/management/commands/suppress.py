"""`tettpaa suppress`: publish a table of counts so that no small number can be worked out, with proof."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Hide what must be hidden in a table of counts, and prove it (docs/suppression.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABLE.csv", type=Path, help="inner cells, zeros included")
        parser.add_argument(
            "--hierarchy", required=True, metavar="A,B,C", help="from the top: fylke,kommune,school"
        )
        parser.add_argument(
            "--dimensions", default="", metavar="A,B", help="columns that cross: grade,gender,level"
        )
        parser.add_argument("--count", default="n", metavar="COLUMN", help="the number of pupils")
        parser.add_argument("--threshold", default=5, type=int, help="hide counts below it (default 5)")
        parser.add_argument(
            "--zeros", choices=["hidden", "shown"], default="hidden", help="zeros of existing groups"
        )
        parser.add_argument(
            "--insider", default=0, type=int, metavar="N", help="a school may know itself in units of up to N"
        )
        parser.add_argument("--sum", action="append", default=[], metavar="year:2022-24=2022+2023+2024")
        parser.add_argument(
            "--previous", nargs="+", action="extend", default=[], metavar="EARLIER.csv", type=Path
        )
        parser.add_argument("--output", required=True, metavar="PUBLISHED.csv", type=Path)
        parser.add_argument("--certificates", metavar="CERTS.jsonl", type=Path)
        parser.add_argument(
            "--breakdowns", action="store_true", help="tell also what would be hidden without each dimension"
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb")

    def handle(self, *args: Any, **options: Any) -> None:
        # The engine takes a second to import, and every other command would wait for it.
        from tettpaa.data.suppression.command import Wanted, suppress_files  # noqa: PLC0415
        from tettpaa.data.suppression.files import FileError  # noqa: PLC0415

        wanted = Wanted(**{name: options[name] for name in Wanted.__dataclass_fields__})
        try:
            for line in suppress_files(wanted):
                self.stderr.write(line)
        except FileError as error:
            raise CommandError(error.said(options["language"])) from error
