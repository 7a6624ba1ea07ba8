"""`tettpaa pack`: check, load, export and compare the packs of owners."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import owner_codes, unit_by_code
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.exporting import export_pack
from tettpaa.core.packs.merging import Change
from tettpaa.core.packs.problems import PackError, render
from tettpaa.core.packs.queries import changes, founding_packs, pack_at
from tettpaa.core.packs.reading import ReadPack
from tettpaa.core.packs.wording import change_line, summary

BY = "command line"


class Command(BaseCommand):
    help = (
        "Packs: tettpaa pack list | check FOLDER|NAME | load FOLDER|NAME --owner CODE [--dry-run] | "
        "diff FOLDER|NAME --owner CODE | export --owner CODE --output FOLDER"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=["list", "check", "load", "diff", "export"])
        parser.add_argument("pack", nargs="?", help="a folder, or the name of a founding pack")
        parser.add_argument("--owner", metavar="CODE", help="the municipality's four digits")
        parser.add_argument("--output", metavar="FOLDER", help="where to write; must not hold anything yet")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what loading would do, and do nothing"
        )
        parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb", help="of what is told")

    def handle(self, *args: Any, **options: Any) -> None:
        deeds = {
            "list": self._list,
            "check": self._check,
            "load": self._load,
            "diff": self._diff,
            "export": self._export,
        }
        try:
            with translation.override(options["language"]):
                deeds[options["deed"]](options)
        except PackError as error:
            lines = [str(render(problem, options["language"])) for problem in error.problems]
            raise CommandError("\n".join(lines)) from error

    def _list(self, options: dict[str, Any]) -> None:
        for one in founding_packs():
            self.stdout.write(f"{one.name:12} {one.head.sentence(options['language'])}")

    def _check(self, options: dict[str, Any]) -> None:
        pack = _pack(options)
        files = ", ".join(f"{name}.toml" for name in ("pack", *pack.shapes))
        self.stdout.write(f"{pack.name}: {files}")

    def _load(self, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            self._diff(options)
            return
        owner, pack = _owner(options), _pack(options)
        self._tell(load_pack(owner=owner, pack=pack, by=BY))

    def _diff(self, options: dict[str, Any]) -> None:
        owner, pack = _owner(options), _pack(options)
        self._tell(changes(owner, pack))

    def _export(self, options: dict[str, Any]) -> None:
        if not options["output"]:
            raise CommandError("Say where to write with --output FOLDER.")
        folder = Path(options["output"])
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} exists already and is not an empty folder.")
        owner = _owner(options)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in export_pack(owner).items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"{folder / name}")

    def _tell(self, found: list[Change]) -> None:
        for change in found:
            self.stdout.write(change_line(change))
        self.stdout.write(summary(found))


def _pack(options: dict[str, Any]) -> ReadPack:
    if not options["pack"]:
        names = ", ".join(one.name for one in founding_packs())
        raise CommandError(f"Give the folder of a pack, or one of the names: {names}.")
    return pack_at(options["pack"])


def _owner(options: dict[str, Any]) -> Unit:
    code = options["owner"] or ""
    unit = unit_by_code(code) if code in owner_codes() else None
    if unit is None:
        raise CommandError(
            f"{code!r} is no owner here; give --owner with one of: {', '.join(sorted(owner_codes()))}."
        )
    return unit
