"""Text that can be shown: no character a person types may stop an export or vanish without a trace."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

BOX: Final = "□"  # stands for a character that cannot be shown

# Line ends and tabs are one space in running text, so that every renderer breaks lines the same way.
_SPACES: Final = re.compile(r"\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
# Control characters, lone surrogates, non-characters (all illegal in XML or HTML) and the bidirectional
# overrides, which make text read as something else than what it is.
_ILLEGAL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
_UNBROKEN: Final = frozenset("\xa0\u2007\u202f")
_ENTITY: Final = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")

# What the fonts inside Typst 0.15 cover together, by trial (a test compiles them all): our symbols and
# alphabets that need no shaping. Inter comes first; these fill in for what it lacks.
_IN_TYPST: Final = (
    "0020-007E 00A0-00AC 00AE-02FF 0370-0377 037A-037F 0384-038A 038C-038C 038E-03A1 03A3-0482 048A-04FF "
    "05D0-05EA 1E00-1F15 2010-2027 2030-2040 2044-2052 2070-2071 2074-208E 20A0-20C0 2100-211E 2120-2122 "
    "2126-2151 2153-2184 2190-23FF 2460-2606 2609-262F 2638-268B 2701-2704 2706-2709 270C-2714 2717-2726 "
    "2794-2794 2798-27AF 27B1-2B73"
)


def visible(text: str) -> str:
    """`text` with line ends as spaces and every illegal character shown as `□`; all else untouched.

    >>> visible("a\\tb\\x07")
    'a b□'
    """
    return _ILLEGAL.sub(BOX, _SPACES.sub(" ", text))


@dataclass(frozen=True)
class Coverage:
    """Which characters can be drawn: one set of characters for each font face."""

    faces: tuple[frozenset[str], ...]
    plain: frozenset[str]  # drawn by some face and no combining mark: needs no closer look

    @classmethod
    def of(cls, faces: Iterable[frozenset[str]]) -> "Coverage":
        """Coverage of these faces. The private use area is never counted: PDF/A forbids it."""
        kept = tuple(frozenset(filter(_is_public, face)) for face in faces)
        every = frozenset().union(*kept)
        return cls(kept, frozenset(char for char in every if not _is_mark(char)))

    def fit(self, text: str) -> str:
        """`visible(text)`, composed (NFC), with every character no face can draw shown as `□`.

        Format characters (joiners, soft hyphens) go; a text of nothing else is one `□`, never empty.
        """
        shown = self._replace(unicodedata.normalize("NFC", visible(text)))
        return BOX if text.strip() and not shown.strip() else shown

    def fit_svg(self, svg: str) -> str:
        """The same for the text inside an SVG file, whose line ends and references to ASCII stay."""
        return self._replace(_ENTITY.sub(self._entity, svg), keep="\t\n\r")

    def _entity(self, match: re.Match[str]) -> str:
        code = match[1]
        number = int(code[1:], 16) if code[0] == "x" else int(code)
        if number < 0x80:  # ASCII: may be an escaped `<` or `&`
            return match[0]
        return chr(number) if number <= sys.maxunicode and chr(number) in self.plain else BOX

    def _replace(self, text: str, keep: str = "") -> str:
        if self.plain.issuperset(text):
            return text
        shown = (self._cluster(cluster, keep) for cluster in _clusters(text))
        return "".join(shown)

    def _cluster(self, cluster: str, keep: str) -> str:
        """A letter and its marks must be in one face, or the marks are lost; format characters go."""
        base = cluster[0]
        if base in keep or unicodedata.category(base) == "Cf":
            return base if base in keep else ""
        if cluster in self.plain:
            return cluster
        if cluster == base and unicodedata.category(base) == "Zs":
            return self._space(base)
        parts = unicodedata.normalize("NFD", cluster)
        for spelling in (cluster, parts):
            if not _is_mark(base) and any(face.issuperset(spelling) for face in self.faces):
                return spelling
        return parts[0] + BOX if parts[0] in self.plain else BOX

    def _space(self, char: str) -> str:
        """A space the fonts lack is still a space: `1\u202f234` must not break or get a box in it."""
        return "\xa0" if char in _UNBROKEN and "\xa0" in self.plain else " "


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _is_public(char: str) -> bool:
    return unicodedata.category(char) != "Co"


def _clusters(text: str) -> Iterable[str]:
    """Each character with the combining marks that follow it."""
    cluster = ""
    for char in text:
        if cluster and not _is_mark(char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def font_files(folder: Path | None) -> tuple[Path, ...]:
    """The fonts of a folder, in order of name; none if there is no such folder."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in {".ttf", ".otf"}))


@lru_cache(maxsize=64)
def _face(path: Path, changed: int) -> frozenset[str]:  # noqa: ARG001 - `changed` renews the cache
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow import

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or {}))


def in_typst() -> frozenset[str]:
    """What the fonts inside Typst draw."""
    ends = (span.split("-") for span in _IN_TYPST.split())
    return frozenset(chr(code) for low, high in ends for code in range(int(low, 16), int(high, 16) + 1))


@lru_cache(maxsize=8)
def _coverage(files: tuple[tuple[Path, int], ...]) -> Coverage:
    return Coverage.of([*(_face(path, changed) for path, changed in files), in_typst()])


def coverage(folder: Path | None) -> Coverage:
    """What our own fonts in `folder` and those inside Typst draw together."""
    return _coverage(tuple((path, path.stat().st_mtime_ns) for path in font_files(folder)))


def narrowest() -> Coverage:
    """Latin-1 alone: the last resort if a font draws less than it says."""
    return Coverage.of(
        [
            frozenset(map(chr, range(0x20, 0x7F)))
            | frozenset(map(chr, range(0xA0, 0xAD)))
            | frozenset(map(chr, range(0xAE, 0x100)))
            | {BOX, "–", "•"}
        ]
    )
