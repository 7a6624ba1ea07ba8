"""`tettpaa figures`: published figures as CSV, for a spreadsheet or a BI tool."""

import contextlib
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.figure_csv import Selection, Writable, write_figures
from tettpaa.data.suppression.kinds import Edition


def school_year(text: str) -> int:
    """`2024-25` → 2024. Raises ArgumentTypeError for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ArgumentTypeError(f"{text!r} is not a school year; write it like 2024-25")
    return int(match[1])


class Command(BaseCommand):
    help = "Write published figures as CSV (UTF-8, comma, decimal point)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--unit", action="append", default=[], metavar="CODE",
            help="organisation number, municipality (4 digits), county (2) or NO; may be repeated",
        )  # fmt: skip
        parser.add_argument(
            "--indicator", action="append", default=[], metavar="KEY", help="may be repeated: np5_lesing"
        )
        parser.add_argument(
            "--year", action="append", default=[], metavar="2024-25", type=school_year, help="may be repeated"
        )
        parser.add_argument("--edition", choices=["internal", "public"], default="public")
        parser.add_argument("--output", metavar="FILE", help="without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        for key in options["indicator"]:
            if key not in definitions():
                raise CommandError(f"unknown indicator {key!r}")
        selection = Selection(
            units=options["unit"],
            indicators=options["indicator"],
            periods=options["year"],
            edition=Edition[options["edition"].upper()],
        )
        try:
            with _opened(options["output"], self.stdout) as out:
                count = write_figures(selection, out)
        except BrokenPipeError:  # the reader (head, less) has seen enough
            sys.stderr.close()
            return
        except OSError as error:
            raise CommandError(f"cannot write {options['output']}: {error.strerror}") from error
        if options["output"]:
            self.stderr.write(f"{count} figures written to {options['output']}")


@contextlib.contextmanager
def _opened(path: str | None, stdout: Any) -> Iterator[Writable]:
    """The file, written beside and renamed at the end so that no half file is left; or standard output."""
    if path is None:
        yield _Plain(stdout)
        return
    target = Path(path)
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


class _Plain:
    """Django's output adds a line end to every write; a CSV has its own."""

    def __init__(self, stdout: Any) -> None:
        self._stdout = stdout

    def write(self, text: str, /) -> None:
        self._stdout.write(text, ending="")
