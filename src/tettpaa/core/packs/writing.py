"""Writing a pack as TOML that people can read and change: fields that say nothing are left out, long texts get lines."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.items import Item, Table

from tettpaa.core.packs.heads import HEAD, PackHead
from tettpaa.core.packs.merging import defaults
from tettpaa.core.packs.registry import Shape


def toml_of(shape: BaseModel) -> str:
    """A part as the text of its file. A field that holds what it would hold unsaid is left out."""
    return tomlkit.dumps(_document(_spoken(shape)))


def files_of(head: PackHead, shapes: Mapping[str, Shape]) -> dict[str, str]:
    """All files of a pack by name. A part that says nothing has no file."""
    texts = {HEAD: toml_of(head)} | {name: toml_of(shape) for name, shape in shapes.items()}
    return {f"{name}.toml": text for name, text in texts.items() if text.strip()}


def _spoken(shape: BaseModel) -> dict[str, Any]:
    """The shape's fields that differ from the unsaid, inside too."""
    unsaid, said = defaults(type(shape)), shape.model_dump(mode="json", warnings=False)
    return {
        name: _value(getattr(shape, name), said[name])
        for name in said
        if name not in unsaid or unsaid[name] != said[name]
    }


def _value(value: Any, dumped: Any) -> Any:
    if isinstance(value, BaseModel):
        return _spoken(value)
    if isinstance(value, list | tuple):
        return [_value(one, plain) for one, plain in zip(value, dumped, strict=True)]
    return value if _is_date(value) else dumped


def _is_date(value: Any) -> bool:
    """TOML has dates of its own; JSON has none."""
    return hasattr(value, "isoformat")


def _document(data: Mapping[str, Any]) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    _fill(document, data)
    return document


def _fill(table: Table | tomlkit.TOMLDocument, data: Mapping[str, Any]) -> None:
    """Plain values first, since what follows a table belongs to that table."""
    for name, value in data.items():
        if not _is_table(value) and not _is_tables(value) and value is not None:
            table.add(name, _item(value))
    for name, value in data.items():
        if _is_table(value):
            inner = tomlkit.table()
            _fill(inner, value)
            table.add(name, inner)
        elif _is_tables(value):
            rows = tomlkit.aot()
            for row in value:
                one = tomlkit.table()
                _fill(one, row)
                rows.append(one)
            table.add(name, rows)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _item(value: Any) -> Item:
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    if isinstance(value, list):
        rows = tomlkit.array()
        rows.extend(_item(one) for one in value)
        rows.multiline(len(value) > 1 and any(isinstance(one, str) and len(one) > 30 for one in value))
        return rows
    plain: Item = tomlkit.item(value)
    return plain
