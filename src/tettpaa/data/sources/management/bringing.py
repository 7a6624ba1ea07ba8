"""What the commands that bring figures in have in common: a bar while they work, every error in words, what became of it."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.formats import number
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.bringing_in import BroughtIn, ChangedFileError, Terms, bring_in
from tettpaa.data.sources.lock import BusyError
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.queries import owner_by_code
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.source import Problem

BAR = 30
BY = "system"
DOING = {"fetch": "Henter", "read": "Leser og kontrollerer", "write": "Skriver tallene"}


class BringingCommand(BaseCommand):
    """A command that publishes files."""

    def bring_in_file(self, path: Path, terms: Terms) -> bool:
        bar = Bar(self.stderr)
        try:
            outcome = bring_in(path, terms, bar.show)
        except FileNotFoundError as error:
            raise CommandError(f"Filen finnes ikke: {path}") from error
        except OSError as error:
            raise CommandError(f"Filen kan ikke leses: {path} ({error.strerror})") from error
        except ChangedFileError as error:
            raise CommandError(f"Filen ble endret mens den ble lest: {path}. Prøv igjen.") from error
        except BusyError as error:
            raise CommandError("En annen fil publiseres nå. Prøv igjen om litt.") from error
        finally:
            bar.end()
        if outcome.examined.comparison is None:
            self._tell_problems(path, outcome)
            return False
        self._tell_outcome(path, outcome, dry_run=terms.dry_run)
        return True

    def _tell_problems(self, path: Path, outcome: BroughtIn) -> None:
        examined = outcome.examined
        for problem in examined.problems:
            self.stderr.write(_line(path, problem))
        left = examined.problem_count - len(examined.problems)
        if left > 0:
            self.stderr.write(f"{path.name}: og {number(left)} feil til.")

    def _tell_outcome(self, path: Path, outcome: BroughtIn, *, dry_run: bool) -> None:
        reading = outcome.examined.reading
        counts: Any = outcome.difference["counts"]
        parts = [
            f"{number(counts.get(what, 0))} {word}"
            for what, word in (("new", "nye"), ("changed", "endret"), ("gone", "borte"), ("same", "uendret"))
        ]
        self.stdout.write(
            f"{path.name}: {sources()[reading.source].name.nb}, {number(reading.rows)} rader: {', '.join(parts)}."
        )
        if counts.get("hidden_by_us"):
            self.stdout.write(f"  {number(counts['hidden_by_us'])} tall skjules for å verne elevene.")
        if counts.get("left_alone"):
            self.stdout.write(f"  {number(counts['left_alone'])} tall for andre eiere røres ikke.")
        for warning in outcome.examined.warnings:
            self.stdout.write(f"  Se nøye på rad {warning.row}: {_warning(warning)}")
        if outcome.release is not None:
            self.stdout.write(f"  Publisert som utgivelse {outcome.release.pk}.")
        else:
            self.stdout.write(
                "  Prøvekjøring: ingenting er endret." if dry_run else "  Ingenting nytt å publisere."
            )


def _line(path: Path, problem: Problem) -> str:
    """One error: file, sheet, row, column, what was found, what was expected, how to mend it."""
    message = render(problem, "nb")
    parts = [part for part in (message.found, message.expected, message.remedy) if part]
    where = f"{message.where}: " if message.where else ""
    return f"{path.name}: {where}{' '.join(parts)}"


def _warning(warning: Problem) -> str:
    facts = definition(warning.params["indicator"]).short_names.nb
    what = "elever" if warning.code == "unlikely_n" else "i verdi"
    params = warning.params
    return f"{params['unit']}, {facts}: {params['now']} {what}, året før {params['before']}."


def owner_of(code: str | None) -> Unit | None:
    if code is None:
        return None
    owner = owner_by_code(code)
    if owner is None:
        raise CommandError(f"Ingen eier med nummer {code} bruker denne installasjonen.")
    return owner


class Bar:
    """A bar on standard error: redrawn on a terminal, one line a step elsewhere."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._live = sys.stderr.isatty()
        self._last = ("", -1)

    def show(self, what: str, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if (what, percent) == self._last or (not self._live and percent < 100):
            return
        if self._live and self._last[0] not in {"", what}:
            self._out.write("")
        self._last = (what, percent)
        filled = BAR * percent // 100
        line = f"{DOING[what]} [{'#' * filled}{'.' * (BAR - filled)}] {percent:3d} %"
        self._out.write(f"\r{line}" if self._live else line, ending="" if self._live else "\n")
        self._out.flush()

    def end(self) -> None:
        if self._live and self._last[0]:
            self._out.write("")
