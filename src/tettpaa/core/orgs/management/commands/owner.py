"""`tettpaa owner`: let a municipality use this installation, and see who does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.core.orgs.actions import become_owner
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.queries import owner_codes, unit_by_code, units_by_code
from tettpaa.core.orgs.registers import load_registers

BY = "command line"


class Command(BaseCommand):
    help = "School owners: tettpaa owner add CODE [--report-name NAME] | tettpaa owner list"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["add", "list"])
        parser.add_argument("code", nargs="?", help="the municipality's four digits, for instance 1103")
        parser.add_argument("--report-name", help="what the owner calls its yearly report")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "list":
            for code, owner in sorted(units_by_code(owner_codes()).items()):
                self.stdout.write(f"{code} {owner.label}")
            return
        load_registers(by=BY)
        unit = unit_by_code(options["code"] or "")
        if unit is None or unit.kind != Kind.OWNER or unit.valid_to is not None:
            raise CommandError(f"{options['code']!r} is no municipality of today; give its four digits")
        words = {"report_name": options["report_name"]} if options["report_name"] else {}
        become_owner(unit=unit, by=BY, **words)
        self.stdout.write(f"{unit.code} {unit.label} is an owner here. Next: tettpaa user add …")
