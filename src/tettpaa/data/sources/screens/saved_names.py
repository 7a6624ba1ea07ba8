"""Saved school names and the form that corrects them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.enums import LEAVE_OUT
from tettpaa.data.sources.models import NameMapping
from tettpaa.data.sources.places import is_orgnr
from tettpaa.data.sources.registry import sources


@dataclass(frozen=True, slots=True)
class NameRow:
    """One saved name. `choices` are (code, label, is chosen)."""

    pk: int
    name: str
    source: str
    choices: list[tuple[str, str, bool]]
    is_left_out: bool


class NamesPage:
    """The list, and what a sent form changes in it."""

    def __init__(
        self, saved: Sequence[NameMapping], schools: Sequence[Unit], sent: Mapping[str, str] | None = None
    ) -> None:
        self._saved = saved
        self._schools = {school.code: school.label for school in schools}
        self._sent = sent or {}

    @property
    def rows(self) -> list[NameRow]:
        """One row a name, with the schools to choose among; a school that is closed stays with its number."""
        known = sources()
        return [
            NameRow(
                row.pk,
                row.name,
                known[row.source].name.in_language(reader_language()) if row.source in known else row.source,
                self._choices(row.code),
                not row.code,
            )
            for row in self._saved
        ]

    def _choices(self, code: str) -> list[tuple[str, str, bool]]:
        names = dict(self._schools)
        if code and code not in names:
            names[code] = code
        chosen = code or LEAVE_OUT
        return [
            (one, name if one == name else f"{name} ({one})", one == chosen) for one, name in names.items()
        ]

    def changes(self) -> dict[str, dict[str, str]]:
        """Source → name → code, for the names whose sent value is another and can be used."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._saved:
            sent = self._sent.get(f"code_{row.pk}")
            if sent is None or not (sent == LEAVE_OUT or sent in self._schools or is_orgnr(sent)):
                continue
            code = "" if sent == LEAVE_OUT else sent
            if code != row.code:
                found[row.source][row.name] = code
        return dict(found)
