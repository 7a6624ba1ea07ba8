"""Where in a TOML file a value stands. tomllib tells values and forgets lines; an error message needs the line.

A scanner over text that tomllib has already accepted: it follows headers, dotted keys, arrays and inline tables, and
skips over strings and comments. It judges nothing, so it is small.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

type Place = tuple[str | int, ...]

# Longest first: a string of three quotes begins with the two of an empty one.
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")
_GAP: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


def lines_of(text: str) -> Mapping[Place, int]:
    """The line (from 1) of every table, key and list item of a valid TOML text; the file itself, (), is line 1."""
    return _Scanner(text).run()


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of the place, or of the nearest thing around it that stands in the file."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def written(place: Place) -> str:
    """A place as people write it: `goals[3].signs.pupil`, counted from 1."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


class _Scanner:
    def __init__(self, text: str) -> None:
        # tomllib reads \r\n as \n; the number of lines is the same.
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.counted = 0  # up to where lines have been counted, and how many
        self.line = 1
        self.lines: dict[Place, int] = {(): 1}
        self.lists: dict[Place, int] = {}  # arrays of tables and their length so far

    def run(self) -> dict[Place, int]:
        table: Place = ()
        self.gap()
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.gap()
        return self.lines

    def note(self, place: Place) -> None:
        """The place stands here, unless it was met before."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        self.lines.setdefault(place, self.line)

    def gap(self) -> None:
        """Past white space, line ends and comments."""
        match = _GAP.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def header(self) -> Place:
        """`[a.b]` or `[[a.b]]`: the table that the next pairs belong to."""
        is_list = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_list else 1
        keys = self.key()
        self.at, end = start, self.text.index("]", self.at)
        place: Place = ()
        for number, part in enumerate(keys, 1):
            place = (*place, part)
            self.note(place)
            if place in self.lists and not (is_list and number == len(keys)):
                place = (*place, self.lists[place] - 1)
        if is_list:
            self.lists[place] = self.lists.get(place, 0) + 1
            place = (*place, self.lists[place] - 1)
            self.note(place)
        self.at = end + (2 if is_list else 1)
        return place

    def key(self) -> list[str]:
        """A dotted key; stops at what comes after it."""
        parts = []
        while True:
            self.gap()
            if string := _STRING.match(self.text, self.at):
                parts.append(_unquoted(string.group()))
                self.at = string.end()
            else:
                bare = _BARE.match(self.text, self.at)
                assert bare, "the text is valid TOML"  # noqa: S101 - tells the type checker
                parts.append(bare.group())
                self.at = bare.end()
            self.gap()
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def pair(self, table: Place) -> None:
        """`a.b = value`: notes the key and everything inside the value."""
        start = self.at
        keys = self.key()
        after, self.at = self.at, start
        place = table
        for part in keys:
            place = (*place, part)
            self.note(place)
        self.at = after + 1  # past the equals sign
        self.gap()
        self.value(place)

    def value(self, place: Place) -> None:
        """Past one value; items of arrays and keys of inline tables are noted."""
        if string := _STRING.match(self.text, self.at):
            self.at = string.end()
        elif self.text.startswith("[", self.at):
            self.items(place)
        elif self.text.startswith("{", self.at):
            self.inline(place)
        else:
            scalar = _SCALAR.match(self.text, self.at)
            self.at = scalar.end() if scalar else self.at

    def items(self, place: Place) -> None:
        """Past an array."""
        self.at += 1
        self.gap()
        number = 0
        while not self.text.startswith("]", self.at):
            item = (*place, number)
            self.note(item)
            self.value(item)
            self.comma()
            number += 1
        self.at += 1

    def inline(self, place: Place) -> None:
        """Past an inline table."""
        self.at += 1
        self.gap()
        while not self.text.startswith("}", self.at):
            self.pair(place)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        self.gap()
        if self.text.startswith(",", self.at):
            self.at += 1
            self.gap()


def _unquoted(text: str) -> str:
    """The name inside a quoted key. TOML's escapes in one line are JSON's, but for \\U and \\e."""
    if text.startswith("'"):
        return text[1:-1]
    wide = re.sub(r"\\U([0-9A-Fa-f]{8})", lambda found: json.dumps(chr(int(found.group(1), 16)))[1:-1], text)
    return str(json.loads(wide, strict=False))
