"""`tettpaa estimate FILE…`: measure the variance constants on national files, and write them with their report."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tettpaa.data.sources.problems import render
from tettpaa.data.sources.reading import read_file
from tettpaa.data.stats.screening.national import NationalFigure, as_report, as_toml, measure
from tettpaa.data.suppression.kinds import Gender, Level, Status

SOURCE = "Udir, Statistikkbanken (NLOD)"


class Command(BaseCommand):
    help = "Measure variance constants on national files: tettpaa estimate FILE… --output NAME.toml"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Udir's files, as downloaded")
        parser.add_argument(
            "--output", type=Path, required=True, metavar="NAME.toml",
            help="the constants; the report is written beside it as NAME.md",
        )  # fmt: skip
        parser.add_argument("--source", default=SOURCE, metavar="TEXT", help="who published the files")
        parser.add_argument(
            "--rounding",
            type=float,
            default=1.0,
            metavar="STEP",
            help="means are rounded to this step; 0 for not",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["output"]
        if target.suffix != ".toml":
            raise CommandError(f"Gi filen et navn som slutter på .toml, ikke {target.name}.")
        files = sorted(set(options["files"]))
        figures = [figure for path in files for figure in _figures(path)]
        try:
            found = measure(figures, rounding=options["rounding"])
        except ValueError as error:
            raise CommandError(
                "Filene har for få tall til å måle noe. Gi minst to år med skoletall og usikkerhet for de samme prøvene."
            ) from error
        today = timezone.localdate()
        digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        texts = {
            target: as_toml(found, key=target.stem, source=options["source"].replace('"', "'"), on=today),
            target.with_suffix(".md"): as_report(found, key=target.stem, on=today, files=digests),
        }
        for path, text in texts.items():
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                raise CommandError(f"Kan ikke skrive {path}: {error.strerror}") from error
        self.stdout.write(
            f"{len(figures)} tall fra {found.together.schools} skoler. Konstantene står i {target}, og rapporten "
            f"i {target.with_suffix('.md')}."
        )


def _figures(path: Path) -> list[NationalFigure]:
    """The shown school means of the file, all pupils together."""
    try:
        reading = read_file(path)
    except OSError as error:
        raise CommandError(f"Filen kan ikke leses: {path} ({error.strerror})") from error
    for problem in reading.problems[:1]:
        message = render(problem, "nb")
        parts = (message.where, message.found, message.expected, message.remedy)
        raise CommandError(f"{path.name}: {' '.join(part for part in parts if part)}")
    return [
        NationalFigure(c.unit_code, c.indicator, c.grade, c.period, c.n, c.value, c.uncertainty)
        for c in reading.cells
        if c.level is Level.SCHOOL
        and c.gender is Gender.ALL
        and c.status is Status.OK
        and c.value is not None
        and c.n
    ]
