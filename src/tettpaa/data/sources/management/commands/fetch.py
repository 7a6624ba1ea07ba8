"""`tettpaa fetch SOURCE…`: fetch from the publishers' interfaces, check and publish, with a progress bar; every error in words."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from tettpaa.data.sources.bringing_in import Terms
from tettpaa.data.sources.fetch.dataset import Dataset, datasets
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
        failed = [one.key for one in wanted if not self._fetch(one, terms, again=options["again"])]
        if failed:
            raise CommandError(f"Dette ble ikke hentet: {', '.join(failed)}")

    def _fetch(self, dataset: Dataset, terms: Terms, *, again: bool) -> bool:
        """Fetch and publish one dataset. What fails stops nothing but itself: the former figures stand."""
        self.stdout.write(f"{dataset.name.nb}:")
        bar = Bar(self.stderr)
        order = Order(dataset, terms.by, terms.owner, again)
        try:
            path = fetch(order, lambda done, total: bar.show("fetch", done, total))
        except FetchError as error:
            self.stderr.write(f"{dataset.key}: {error}")
            return False
        finally:
            bar.end()
        return self.bring_in_file(path, terms)


def _wanted(keys: list[str], *, everything: bool) -> list[Dataset]:
    known = datasets()
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise CommandError(f"Ukjent: {', '.join(unknown)}. Se tettpaa fetch --list.")
    if not keys and not everything:
        raise CommandError("Si hva som skal hentes, eller --all. Se tettpaa fetch --list.")
    return [one for key, one in known.items() if key in keys or (everything and one.by_itself)]
