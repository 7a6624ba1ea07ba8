"""Links on the report's pages to what rooms above have of it; they register, so that nothing points upward."""

from collections.abc import Callable, Iterable
from typing import Final

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.parts import Link
from tettpaa.report.annual.models import AnnualReport

type LinkProvider = Callable[[Unit, AnnualReport | None], Iterable[Link]]
_providers: Final[list[LinkProvider]] = []


def register(provider: LinkProvider) -> None:
    """Called from the `apps.ready` of a room above."""
    if provider not in _providers:
        _providers.append(provider)


def links(owner: Unit, report: AnnualReport | None = None) -> list[Link]:
    """What stands beside the list of reports, or beside one report in the making."""
    return [link for provider in _providers for link in provider(owner, report)]
