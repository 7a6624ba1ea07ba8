"""What every page knows: owner, accent, menu, who is signed in. Lazy, so a fragment pays for nothing."""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import owners_for
from tettpaa.core.orgs.viewer import ANONYMOUS, Viewer, load_viewer
from tettpaa.core.ui.menu import Entry, entries


@dataclass(frozen=True)
class LanguageChoice:
    """A language of the interface, in its own name."""

    code: str
    name: str
    is_current: bool


class Page:
    """`{{ page.… }}` of the base template."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def viewer(self) -> Viewer:
        """Who looks; on a page that no route leads to (404) nobody has read the roles yet."""
        found: Viewer = getattr(self.request, "viewer", ANONYMOUS)
        user = getattr(self.request, "user", None)
        if not found.email and user is not None and user.is_authenticated:
            return load_viewer(user, timezone.localdate())
        return found

    @cached_property
    def owner(self) -> Unit | None:
        """The owner of the page; on pages without a place, the first owner where the viewer has a role."""
        here: Unit | None = getattr(self.request, "owner", None)
        if here is not None or not self.viewer.email:
            return here
        return next(iter(owners_for(self.viewer)), None)

    @property
    def accent(self) -> str:
        return self.owner.settings.accent if self.owner else ""

    @cached_property
    def menu(self) -> list[Entry]:
        return entries(self.viewer, self.owner, self._route) if self.owner else []

    @cached_property
    def user_menu(self) -> list[Entry]:
        return entries(self.viewer, self.owner, self._route, of_user=True) if self.owner else []

    @property
    def shows_figures(self) -> bool:
        """Whether the foot names who publishes the figures. A room that shows none says so in its AppConfig:
        `shows_figures = False`."""
        match = self.request.resolver_match
        room = match.app_names[0] if match and match.app_names else ""
        return getattr(apps.app_configs.get(room), "shows_figures", True)

    @property
    def _route(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""

    @property
    def role(self) -> str:
        """The viewer's first role at this owner, in the reader's language."""
        names = [grant.role.names for grant in self.viewer.grants if self._is_here(grant.unit)]
        return names[0].get(self.language, names[0]["nb"]) if names else ""

    @property
    def place(self) -> str:
        """Where that role is held, when it is not the whole owner."""
        units = [grant.unit for grant in self.viewer.grants if self._is_here(grant.unit)]
        return units[0].label if units and units[0] != self.owner else ""

    def _is_here(self, unit: Unit) -> bool:
        return self.owner is not None and (unit.is_below(self.owner) or self.owner.is_below(unit))

    @property
    def initials(self) -> str:
        """Two letters for the round mark: of the role, since roles are shown rather than names."""
        words = (self.role or self.viewer.email or "?").split()
        return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else words[0][:2].upper()

    @property
    def language(self) -> str:
        return (get_language() or settings.LANGUAGE_CODE).split("-")[0]

    @property
    def languages(self) -> list[LanguageChoice]:
        return [LanguageChoice(code, name, code == self.language) for code, name in settings.LANGUAGES]


def page(request: HttpRequest) -> dict[str, Page]:
    """Context processor."""
    return {"page": Page(request)}
