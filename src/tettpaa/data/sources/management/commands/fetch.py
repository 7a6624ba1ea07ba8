"""`tettpaa fetch SOURCE…`: fetch from the publishers' interfaces, check and publish, with a progress bar; every error in words."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import owner_codes, units_by_code
from tettpaa.core.ui.formats import number
from tettpaa.data.sources import actions
from tettpaa.data.sources.bringing_in import Terms
from tettpaa.data.sources.fetch.dataset import Dataset, Kind, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.run import Order, fetch
from tettpaa.data.sources.management.bringing import BY, Bar, BringingCommand, owner_of


class Command(BringingCommand):
    help = "Fetch and publish figures: tettpaa fetch SOURCE … | --all [--owner CODE] [--dry-run] [--again] | --list"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("datasets", nargs="*", metavar="SOURCE")
        parser.add_argument("--all", action="store_true", help="everything that can be fetched by itself")
        parser.add_argument("--list", action="store_true", help="what can be fetched")
        parser.add_argument(
            "--owner", metavar="CODE", help="municipality; without it, for the whole installation"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="fetch, show what would change, change nothing"
        )
        parser.add_argument("--again", action="store_true", help="ask again also for what was fetched lately")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for one in datasets().values():
                self.stdout.write(f"{one.key}: {one.name.nb}")
            return
        owner = owner_of(options["owner"])
        wanted = _wanted(options["datasets"], everything=options["all"])
        terms = Terms(by=BY, owner=owner, dry_run=options["dry_run"])
        failed = [
            one.key
            for one in wanted
            for place in _places(one, owner, everything=options["all"])
            if not self._fetch(one, replace(terms, owner=place), again=options["again"])
        ]
        if failed:
            raise CommandError(f"Dette ble ikke hentet: {', '.join(dict.fromkeys(failed))}")

    def _fetch(self, dataset: Dataset, terms: Terms, *, again: bool) -> bool:
        """Fetch and publish one dataset. What fails stops nothing but itself: the former figures stand."""
        whose = f" ({terms.owner.label})" if terms.owner is not None else ""
        self.stdout.write(f"{dataset.name.nb}{whose}:")
        order = Order(dataset, terms.by, terms.owner, again)
        path = self._ask(order)
        if path is None:
            return False
        if dataset.kind is Kind.FIGURES:
            return self.bring_in_file(path, terms)
        return self._read_register(dataset, path, terms)

    def _ask(self, order: Order) -> Path | None:
        bar = Bar(self.stderr)
        try:
            return fetch(order, lambda done, total: bar.show("fetch", done, total))
        except FetchError as error:
            self.stderr.write(f"{order.dataset.key}: {error}")
            return None
        finally:
            bar.end()

    def _read_register(self, dataset: Dataset, path: Path, terms: Terms) -> bool:
        """New schools and codes come in; what would change a school that is here waits for a person on the page."""
        if terms.dry_run:
            self.stdout.write("  Prøvekjøring: ingenting er endret.")
            return True
        if dataset.kind is Kind.MUNICIPALITIES or terms.owner is None:
            codes = actions.take_in_municipalities(path=path, by=terms.by)
            self.stdout.write(f"  {number(len(codes))} nye eller endrede kommuner.")
            return True
        actions.keep_register(owner=terms.owner, path=path, by=terms.by)
        new = [school.code for school in actions.proposals_for(terms.owner).missing]
        actions.take_in_from_register(owner=terms.owner, codes=new, by=terms.by)
        left = actions.proposals_for(terms.owner).count
        self.stdout.write(
            f"  {number(len(new))} nye skoler. {number(left)} forslag venter på siden «Skoleregisteret»."
        )
        return True


def _places(dataset: Dataset, owner: Unit | None, *, everything: bool) -> list[Unit | None]:
    """For whom: the owner that was named; of all that is to be fetched, what needs one is fetched for each."""
    if owner is not None or not everything or not dataset.needs_owner:
        return [owner]
    return [unit for _, unit in sorted(units_by_code(owner_codes()).items())]


def _wanted(keys: list[str], *, everything: bool) -> list[Dataset]:
    known = datasets()
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise CommandError(f"Ukjent: {', '.join(unknown)}. Se tettpaa fetch --list.")
    if not keys and not everything:
        raise CommandError("Si hva som skal hentes, eller --all. Se tettpaa fetch --list.")
    return [one for key, one in known.items() if key in keys or (everything and one.by_itself)]
