"""`tettpaa report`: the yearly report as a file, from the frozen edition or as a stamped draft."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.core.orgs.queries import unit_by_code
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.actions import file_name, render
from tettpaa.report.annual.actions.export import source_of
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.queries import report_or_sketch


class Command(BaseCommand):
    help = (
        "Write the yearly report as a file: tettpaa report --owner 1103 --year 2024-25 "
        "[--edition public|internal] [--format pdf|docx|pptx] [--output FILE]"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owner", required=True, help="municipality code, four digits")
        parser.add_argument("--year", required=True, help="school year, 2024-25")
        parser.add_argument("--edition", choices=["public", "internal"], default="public")
        parser.add_argument("--format", choices=[kind.value for kind in FileKind], default="pdf")
        parser.add_argument("--output", help="file to write; without it a name is made from the report")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = unit_by_code(options["owner"])
        if owner is None or not hasattr(owner, "settings"):
            raise CommandError(f"{options['owner']} is not an owner of this installation")
        report = report_or_sketch(owner, _period(options["year"]))
        kind = FileKind(options["format"])
        tree, frozen = source_of(report, Edition[options["edition"].upper()], self._progress)
        if frozen is None:
            self.stderr.write("The report is not frozen: this file is stamped as a draft.")
        content = render(tree, kind)
        target = Path(options["output"] or file_name(report, tree, kind))
        target.write_bytes(content)
        self.stdout.write(f"{target} ({len(content):,} bytes, checksum {tree.checksum[:8]})")

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"Chapter {done} of {total}")


def _period(text: str) -> int:
    """2024 for `2024-25`. Raises CommandError for anything else."""
    found = re.fullmatch(r"(20\d\d)-(\d\d)", text)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        raise CommandError(f"a school year is written as 2024-25, not {text!r}")
    return int(found[1])
