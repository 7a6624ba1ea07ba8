"""School names to organisation numbers: the saved mapping first, then an exact match, then only suggestions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tettpaa.data.sources.places import is_orgnr
from tettpaa.data.sources.source import NATION, ReadOptions
from tettpaa.data.suppression.kinds import Level

_CLOSED = re.compile(r"\((?:utgått|nedlagt)\)")
_NOISE = re.compile(r"[^0-9a-zæøåäöáčđŋšŧž]+")
_SUGGESTIONS = 3
_NAMES_HELPED = 60  # likeness is slow to reckon: a file with more unknown names is of another kind
_LONGEST = 80


def plain_name(name: str) -> str:
    """A name for comparing: lower case, letters and digits only, without «(utgått)»."""
    return " ".join(_NOISE.sub(" ", _CLOSED.sub(" ", name.casefold())).split())


def level_of(code: str) -> Level | None:
    """The level that a unit code belongs to, or None when it is no code of ours."""
    if code == NATION:
        return Level.NATION
    if code.isascii() and code.isdigit() and len(code) in {2, 4}:
        return Level.COUNTY if len(code) == 2 else Level.MUNICIPALITY
    return Level.SCHOOL if is_orgnr(code) else None


@dataclass(slots=True)
class NameBook:
    """Looks names up; what it matched by itself stands in `matched`, for the caller to save."""

    options: ReadOptions
    matched: dict[str, str] = field(default_factory=dict)
    _by_plain: dict[str, list[str]] = field(default_factory=dict)
    _helped: int = 0

    def __post_init__(self) -> None:
        for code, name in self.options.known_schools.items():
            self._by_plain.setdefault(plain_name(name), []).append(code)

    def code(self, name: str) -> str | None:
        """The unit's code; `""` when the mapping says to leave it out; None when nothing is known."""
        saved = self.options.school_names.get(name, self.matched.get(name))
        if saved is not None:
            return saved
        codes = self._by_plain.get(plain_name(name), [])
        if len(codes) == 1:
            self.matched[name] = codes[0]
            return codes[0]
        return None

    def suggestions(self, name: str) -> list[str]:
        """Names of known schools that look like this one, the likeliest first; none for the 61st name on."""
        import difflib  # noqa: PLC0415 - slow import, needed for unmatched names only

        self._helped += 1
        if self._helped > _NAMES_HELPED or len(name) > _LONGEST:
            return []
        close = difflib.get_close_matches(plain_name(name), self._by_plain, n=_SUGGESTIONS, cutoff=0.6)
        codes = [code for plain in close for code in self._by_plain[plain]]
        return [f"{self.options.known_schools[code]} ({code})" for code in codes[:_SUGGESTIONS]]


def left_out(mapping: Mapping[str, str]) -> list[str]:
    """Names that a mapping tells to leave out."""
    return [name for name, code in mapping.items() if not code]
