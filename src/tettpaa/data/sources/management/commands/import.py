"""`tettpaa import FILE`: check a file and publish it, with a progress bar; every error in words."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from tettpaa.data.sources.bringing_in import Terms
from tettpaa.data.sources.management.bringing import BY, BringingCommand, owner_of


class Command(BringingCommand):
    help = "Check and publish a file of figures: tettpaa import FILE [--owner CODE] [--dry-run]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--owner", metavar="CODE", help="municipality; without it, for the whole installation"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
        parser.add_argument(
            "--names", type=Path, metavar="FILE",
            help="CSV with a school's name and its organisation number in each line, for files without numbers",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        owner = owner_of(options["owner"])
        names = _names(options["names"]) if options["names"] else {}
        terms = Terms(by=BY, owner=owner, dry_run=options["dry_run"], names=names)
        failed = [path for path in options["files"] if not self.bring_in_file(path, terms)]
        if failed:
            raise CommandError("Ingenting er endret." if len(options["files"]) == 1 else _which(failed))


def _which(failed: list[Path]) -> str:
    return f"Disse filene ble ikke publisert: {', '.join(path.name for path in failed)}"


def _names(path: Path) -> dict[str, str]:
    """Lines of `name;number`; an empty number leaves the name out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Filen med navn kan ikke leses: {path}") from error
    rows = [row for row in csv.reader(lines, delimiter=";") if row]
    if any(len(row) != 2 for row in rows):
        raise CommandError(f"{path}: hver linje skal ha et navn, semikolon og et organisasjonsnummer.")
    return {name.strip(): code.strip() for name, code in rows}
