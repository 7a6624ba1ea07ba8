"""`tettpaa screen RESULTS.csv --output FLAGS.csv`: mark schools that are weak or have fallen, with the doubt told."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.data.stats.screening.files import Problem, Read, read, write
from tettpaa.data.stats.screening.marks import MATERIALITY, Screening, after_breaks, screened
from tettpaa.data.stats.screening.results import Result
from tettpaa.data.stats.screening.telling import summary

TOLD = 20  # problems told; the rest are counted


def series_break(text: str) -> tuple[str, int]:
    """`2022` → everything, `reading5:2022` → one test. Raises ArgumentTypeError for anything else."""
    test, _, year = text.rpartition(":")
    if not (year.isdigit() and len(year) == 4):
        raise ArgumentTypeError(f"{text!r} is not a break; write 2022 or TEST:2022")
    return test or "*", int(year)


def above_zero(text: str) -> float:
    """A number above 0. Raises ArgumentTypeError for anything else."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


class Command(BaseCommand):
    help = (
        "Mark schools with a weak level or a fall. RESULTS.csv: school,test,cohort,year,n,mean[,national]. "
        "FLAGS.csv: a row for each school and test, and one for the school on all tests (test `all`). "
        "level_flag: clear or watch; change_flag: fall (formal) or watch (early). change_p: the chance of so low "
        "a figure in a school that has not changed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("results", type=Path, metavar="RESULTS.csv")
        parser.add_argument("--output", type=Path, required=True, metavar="FLAGS.csv")
        parser.add_argument(
            "--sd", type=above_zero, default=10.0, metavar="10", help="pupils' spread within a school"
        )
        parser.add_argument(
            "--limit", type=above_zero, default=MATERIALITY, metavar="2", help="the difference that matters"
        )
        parser.add_argument(
            "--break", dest="breaks", action="append", default=[], type=series_break, metavar="[TEST:]YEAR",
            help="the first year of a new series; nothing before it is used. May be repeated",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["results"]
        rows = after_breaks(self._rows(source), dict(options["breaks"]))
        if not rows:
            raise CommandError(f"{source.name}: Ingen rader er fra etter bruddet. Se på --break.")
        if not any(row.national is not None for row in rows):
            self.stderr.write(
                "Filen har ikke tall for landet (kolonnen national). Snittet av skolene brukes."
            )
        found = screened(rows, sd=options["sd"], limit=options["limit"])
        count = self._write(found, options["output"])
        for line in summary(found, "nb"):
            self.stdout.write(line)
        self.stderr.write(f"{count} rader er skrevet til {options['output']}")

    def _rows(self, path: Path) -> list[Result]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                found = read(file)
        except UnicodeDecodeError as error:
            raise CommandError(f"{path.name}: Filen er ikke UTF-8. Lagre den som «CSV UTF-8».") from error
        except OSError as error:
            raise CommandError(f"Filen kan ikke leses: {path} ({error.strerror})") from error
        if found.problems:
            self._tell(path, found)
            raise CommandError("Ingenting er skrevet.")
        if found.hidden:
            self.stderr.write(f"{found.hidden} rader uten vist resultat er hoppet over.")
        return found.rows

    def _tell(self, path: Path, found: Read) -> None:
        for problem in found.problems[:TOLD]:
            self.stderr.write(_line(path, problem))
        if len(found.problems) > TOLD:
            self.stderr.write(f"{path.name}: og {len(found.problems) - TOLD} feil til.")

    def _write(self, found: Screening, target: Path) -> int:
        draft = target.with_name(f".{target.name}.part")
        try:
            with draft.open("w", encoding="utf-8", newline="") as file:
                count = write(found, file)
            draft.replace(target)
        except OSError as error:
            raise CommandError(f"Kan ikke skrive {target}: {error.strerror}") from error
        finally:
            draft.unlink(missing_ok=True)
        return count


def _line(path: Path, problem: Problem) -> str:
    column = f", kolonne {problem.column}" if problem.column else ""
    return f"{path.name}, rad {problem.row}{column}: {problem.text}"
