"""The whole system on one sheet: boxes in columns and the ties between them, as places for the template's SVG, and the
same in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.enums import ElementKind
from tettpaa.work.plans.models import Element

# Each column of the sheet: its kinds, from what steers to what comes out. The plan's areas stand in the second.
COLUMNS: Final[Sequence[tuple[Promise | str, tuple[str, ...]]]] = (
    (_("Styrer"), (ElementKind.DOCUMENT,)),
    (_("Vi vil"), ("area",)),
    (_("Vi ser etter"), (ElementKind.TOOL, ElementKind.SUPPORT)),
    (_("Vi snakker sammen"), (ElementKind.MEETING, ElementKind.AGREEMENT)),
    (_("Vi bygger kompetanse"), (ElementKind.COMPETENCE,)),
    (_("Vi melder og vedtar"), (ElementKind.REPORT, ElementKind.BODY)),
)
WIDTH: Final = 176  # of a box, in the sheet's own units; its text is 13 of them high
GAP: Final = 56  # between columns: room for the ties to bend
SPACE: Final = 26  # between boxes
LINE: Final = 17
PAD: Final = 11
TOP: Final = 44
LETTERS: Final = 24  # that fit on a line of a box


@dataclass(frozen=True, slots=True)
class Box:
    """An element, or an area with its goals. `lines` and `goals` are broken to fit; `ties` are keys."""

    key: str
    name: str
    kind: str
    text: str
    goals: tuple[str, ...]
    ties: tuple[str, ...]
    lines: tuple[str, ...]
    goal_lines: tuple[str, ...]
    pk: UUID | None = None
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * (len(self.lines) + len(self.goal_lines)) + (6 if self.goal_lines else 0)

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def texts(self) -> Iterator[tuple[int, str]]:
        """Each line of the name with its place."""
        for number, line in enumerate(self.lines):
            yield self.y + PAD + 13 + LINE * number, line

    @property
    def goal_texts(self) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self.goal_lines, start=len(self.lines)):
            yield self.y + PAD + 19 + LINE * number, line

    @property
    def text_x(self) -> int:
        return self.x + PAD


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two boxes: the path of a bend."""

    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """The same in words: an element, and the names of what it hangs together with."""

    box: Box
    kind: str
    ties: tuple[str, ...]

    @property
    def pk(self) -> UUID | None:
        """The configured row; None for an area of the plan."""
        return self.box.pk


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawn sheet. `heads`: (x, title) of each column that has something."""

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]
    told: tuple[Told, ...]


def elements_of(owner: Unit) -> list[Element]:
    return list(Element.objects.filter(owner=owner))


def sheet_of(words: Mapping[str, Any] | None, elements: Iterable[Element]) -> Sheet | None:
    """The sheet of a plan's words (content.py) and the configured elements; None when there is nothing to show."""
    boxes = [*_areas(words or {}), *(_element(element) for element in elements)]
    if not boxes:
        return None
    placed, heads, height = _placed(boxes)
    home = _homes(placed, words or {})
    pairs = {
        tuple(sorted((box.key, home[tie].key)))
        for box in placed
        for tie in box.ties
        if tie in home and home[tie].key != box.key
    }
    by_key = {box.key: box for box in placed}
    ties = tuple(Tie(_bend(by_key[a], by_key[b], placed)) for a, b in sorted(pairs))
    width = len(heads) * (WIDTH + GAP) - GAP
    return Sheet(width, height, heads, tuple(placed), ties, tuple(_told(placed, pairs, by_key)))


def _areas(words: Mapping[str, Any]) -> Iterator[Box]:
    goals = words.get("goals", ())
    for area in words.get("areas", ()):
        mine = tuple(goal["text"] for goal in goals if goal["area"] == area["key"])
        yield Box(
            key=area["key"],
            name=area["title"],
            kind="area",
            text=area["why"],
            goals=mine,
            ties=(),
            lines=tuple(broken(area["title"])),
            goal_lines=tuple(line for goal in mine for line in _bullet(goal)),
        )


def _element(row: Element) -> Box:
    return Box(
        row.key, row.name, row.kind, row.text, (), tuple(row.ties), tuple(broken(row.name)), (), row.pk
    )


def _bullet(text: str) -> list[str]:
    lines = broken(text, LETTERS - 2)
    kept = lines[:3]
    if len(lines) > len(kept):
        kept[-1] = f"{kept[-1].rstrip(' .,')} …"
    return [f"– {kept[0]}", *(f"\u2007 {line}" for line in kept[1:])]


def broken(text: str, letters: int = LETTERS) -> list[str]:
    """Words on lines of at most `letters`; a word that is longer is cut with a hyphen."""
    lines = [""]
    for piece in _pieces(text, letters):
        joined = f"{lines[-1]} {piece}".strip()
        if len(joined) <= letters and not lines[-1].endswith("-"):
            lines[-1] = joined
        else:
            lines.append(piece)
    return [line for line in lines if line] or [""]


def _pieces(text: str, letters: int) -> Iterator[str]:
    for word in text.split():
        rest = word
        while len(rest) > letters:
            yield f"{rest[: letters - 1]}-"
            rest = rest[letters - 1 :]
        yield rest


def _placed(boxes: Sequence[Box]) -> tuple[list[Box], tuple[tuple[int, str], ...], int]:
    """Each box in its column, from the top; columns without boxes are left out."""
    placed: list[Box] = []
    heads: list[tuple[int, str]] = []
    lowest = TOP
    for title, kinds in COLUMNS:
        column = [box for kind in kinds for box in boxes if box.kind == kind]
        if not column:
            continue
        x, y = len(heads) * (WIDTH + GAP), TOP
        heads.append((x, str(title)))
        for box in column:
            put = replace(box, x=x, y=y)
            placed.append(put)
            y += put.height + SPACE
        lowest = max(lowest, y - SPACE)
    return placed, tuple(heads), lowest + SPACE


def _homes(placed: Sequence[Box], words: Mapping[str, Any]) -> dict[str, Box]:
    """Where a tie ends: an element's or area's own box, a goal's area."""
    home = {box.key: box for box in placed}
    for goal in words.get("goals", ()):
        if goal["area"] in home:
            home.setdefault(goal["key"], home[goal["area"]])
    return home


def _bend(one: Box, other: Box, placed: Sequence[Box]) -> str:
    """From the right side of the left box to the left side of the right one, between the boxes it passes; in one
    column round its right side."""
    left, right = sorted((one, other), key=lambda box: (box.x, box.y))
    x, y, half = left.x + WIDTH, left.middle, GAP // 2
    if left.x == right.x:
        return f"M{x} {y} C{x + half} {y} {x + half} {right.middle} {x} {right.middle}"
    path = [f"M{x} {y}"]
    for column in range(left.x + WIDTH + GAP, right.x, WIDTH + GAP):
        wanted = y + (right.middle - y) * (column - x) / (right.x - x)
        lane = min(_lanes(placed, column), key=lambda free: abs(free - wanted))
        path.append(f"C{x + half} {y} {column - half} {lane} {column} {lane} H{column + WIDTH}")
        x, y = column + WIDTH, lane
    path.append(f"C{x + half} {y} {right.x - half} {right.middle} {right.x} {right.middle}")
    return " ".join(path)


def _lanes(placed: Sequence[Box], x: int) -> list[int]:
    """Heights at which a line may pass a column without crossing a box: between two boxes, and under the last."""
    return [box.y + box.height + SPACE // 2 for box in placed if box.x == x]


def _told(
    placed: Sequence[Box], pairs: Iterable[tuple[str, ...]], by_key: Mapping[str, Box]
) -> Iterator[Told]:
    kinds = {"area": str(_("satsingsområde")), **{str(kind): str(kind.label) for kind in ElementKind}}
    beside: dict[str, list[str]] = {box.key: [] for box in placed}
    for one, other in sorted(pairs):
        beside[one].append(by_key[other].name)
        beside[other].append(by_key[one].name)
    for box in placed:
        yield Told(box, kinds[box.kind], tuple(beside[box.key]))
