"""`tettpaa audit verify`: anyone may check that the trail is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tettpaa.core.audit import queries


class Command(BaseCommand):
    help = "Check the audit trail: tettpaa audit verify [--owner CODE]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--owner", help="one owner's chain only; without it, all chains")

    def handle(self, *args: Any, **options: Any) -> None:
        owners = [options["owner"]] if options["owner"] else queries.chains()
        broken = [fault for owner in owners for fault in queries.faults(owner=owner)]
        for fault in broken:
            self.stderr.write(f"chain {fault.chain or '-'}: event {fault.number}: {fault.reason}")
        if broken:
            raise CommandError(f"{len(broken)} fault(s) found")
        for owner in owners:
            self.stdout.write(f"chain {owner or '-'}: whole, head {queries.chain_head(owner=owner) or '-'}")
