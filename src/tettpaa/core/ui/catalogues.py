"""Catalogues at set-up: `python -m tettpaa.core.ui.catalogues` compiles every room's .po; `--check` lists gaps.

Neither msgfmt nor xgettext is needed. Texts are found with Django's own template translator and Python's parser.
"""

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
LANGUAGES = ("nn", "en")
CONTEXT = "\x04"  # between msgctxt and msgid in a .mo
# Name of the function → (context first, number of texts): gettext("…"), ngettext("…", "…", n), pgettext("ctx", "…").
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ugettext"), (False, 1)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (False, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (True, 1)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (True, 2)),
}


class CatalogueError(ValueError):
    """A .po file cannot be read; the message names file and line."""


@dataclass
class Message:
    """One entry of a .po file."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self) -> str:
        """What gettext looks up: context and msgid."""
        return self.msgid if self.context is None else f"{self.context}{CONTEXT}{self.msgid}"

    @property
    def is_translated(self) -> bool:
        """Every form has a text, and nobody has marked it as a guess."""
        wanted = 2 if self.plural is not None else 1
        return len(self.texts) >= wanted and all(self.texts.values()) and not self.is_fuzzy


def read(path: Path) -> list[Message]:
    """All entries of a .po file, its head (empty msgid) included."""
    messages: list[Message] = []
    current, place = Message(), ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("#,") and "fuzzy" in line:
            current, place = _next(messages, current, place)
            current.is_fuzzy = True
        elif not line or line.startswith("#"):
            continue
        elif line.startswith('"') and place:
            _append(current, place, _unquote(line, path, number))
        else:
            place, current = _keyword(messages, current, place, line, (path, number))
    if place:
        messages.append(current)
    return messages


def _next(messages: list[Message], current: Message, place: str) -> tuple[Message, str]:
    """A new entry when the one before is finished (its translations have begun)."""
    if not place.startswith("msgstr"):
        return current, place
    messages.append(current)
    return Message(), ""


def _keyword(
    messages: list[Message], current: Message, place: str, line: str, where: tuple[Path, int]
) -> tuple[str, Message]:
    keyword, _space, rest = line.partition(" ")
    if not re.fullmatch(r"msgctxt|msgid|msgid_plural|msgstr(\[\d\])?", keyword):
        raise CatalogueError(f"{where[0]}:{where[1]}: {line!r} is not part of a catalogue")
    if keyword in {"msgctxt", "msgid"}:
        current, _place = _next(messages, current, place)
    _append(current, keyword, _unquote(rest, *where))
    return keyword, current


def _append(message: Message, place: str, text: str) -> None:
    if place == "msgctxt":
        message.context = (message.context or "") + text
    elif place == "msgid":
        message.msgid += text
    elif place == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        index = int(place[7:-1] or 0) if "[" in place else 0
        message.texts[index] = message.texts.get(index, "") + text


def _unquote(text: str, path: Path, number: int) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise CatalogueError(f"{path}:{number}: {text!r} is not a quoted text") from error
    return str(value)


def compiled(messages: Iterable[Message]) -> bytes:
    """The .mo file (GNU gettext's binary format, little-endian, without hash table); guesses are left out."""
    entries = {}
    for message in messages:
        if message.msgid and not message.is_translated:
            continue
        key = message.key if message.plural is None else f"{message.key}\0{message.plural}"
        entries[key.encode()] = "\0".join(text for _i, text in sorted(message.texts.items())).encode()
    keys = sorted(entries)
    ids = b"".join(key + b"\0" for key in keys)
    texts = b"".join(entries[key] + b"\0" for key in keys)
    start = 7 * 4 + 16 * len(keys)
    id_table = _table(keys, start)
    text_table = _table([entries[key] for key in keys], start + len(ids))
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + id_table + text_table + ids + texts


def _table(parts: list[bytes], start: int) -> bytes:
    """Length and offset of each text."""
    table = b""
    for part in parts:
        table += struct.pack("<2I", len(part), start)
        start += len(part) + 1
    return table


def compile_all(package: Path = PACKAGE) -> int:
    """Write every django.mo that is missing or older than its .po. Returns how many were written."""
    written = 0
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(compiled(read(source)))
            written += 1
    return written


def texts_of_python(source: str) -> Iterator[str]:
    """Keys of the texts that a Python source hands to gettext; only literal texts can be found."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        has_context, _count = CALLS.get(name, (False, 0))
        values = [
            part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if name in CALLS and len(values) > has_context:
            yield CONTEXT.join(values[:2]) if has_context else values[0]


def texts_of_template(source: str) -> Iterator[str]:
    """Keys of the texts of a template, by Django's own translation of templates into calls."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - compiling needs no Django

    calls = re.findall(
        r"""n?p?gettext\((?:[^()"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\)""", templatize(source)
    )
    for call in calls:
        yield from texts_of_python(re.sub(r"\b_\(", "(", call).replace("\n", " "))
    for text in re.findall(r"""[ =:|,]_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""", source):
        yield str(ast.literal_eval(text))


def texts_of_room(room: Path) -> dict[str, Path]:
    """Every key that the room's Python and templates use, with the first file that uses it."""
    found: dict[str, Path] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            keys = texts_of_python(path.read_text("utf-8"))
        elif path.suffix in {".html", ".txt", ".svg"} and "templates" in path.parts:
            keys = texts_of_template(path.read_text("utf-8"))
        else:
            continue
        for key in keys:
            found.setdefault(key, path)
    return found


def missing(package: Path = PACKAGE) -> list[str]:
    """One line for each text without nynorsk or English, and for each translation that nothing uses any more."""
    lines = []
    for room in sorted(path.parent for path in package.glob("*/*/__init__.py")):
        used = texts_of_room(room)
        for language in LANGUAGES:
            source = room / "locale" / language / "LC_MESSAGES" / "django.po"
            have = (
                {message.key for message in read(source) if message.is_translated}
                if source.exists()
                else set()
            )
            known = {message.key for message in read(source) if message.msgid} if source.exists() else set()
            lines += [
                f"{language} {used[key].relative_to(package)}: {key!r}" for key in used if key not in have
            ]
            lines += [
                f"{language} {source.relative_to(package)}: unused {key!r}"
                for key in sorted(known - set(used))
            ]
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Command line: compile; with --check list the gaps and answer 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="list texts without nynorsk or English")
    if not parser.parse_args(arguments).check:
        sys.stderr.write(f"{compile_all()} catalogues compiled.\n")
        return 0
    gaps = missing()
    sys.stdout.writelines(f"{line}\n" for line in gaps)
    return 1 if gaps else 0


if __name__ == "__main__":
    raise SystemExit(main())
