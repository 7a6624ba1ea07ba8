"""The document tree as canonical JSON: the same tree always gives the same bytes, so it can be hashed."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, Final

from tettpaa.report.export.tree import (
    Box,
    Bullets,
    Cell,
    Document,
    Figure,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Question,
    Section,
    Slide,
    Strip,
    Table,
    TreeError,
)

_KINDS: Final[dict[str, type]] = {
    kind.__name__: kind
    for kind in (
        Box,
        Bullets,
        Cell,
        Document,
        Figure,
        Lead,
        Note,
        Paragraph,
        Proposals,
        Section,
        Slide,
        Strip,
        Table,
    )
}


def to_json(document: Document) -> str:
    """Sorted keys, no spaces, every node with its `kind`. Lossless: `from_json(to_json(d)) == d`."""
    return json.dumps(_encode(document), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Document:
    """Read what `to_json` wrote. Raises TreeError for anything else."""
    try:
        document = _decode(json.loads(text))
    except (TypeError, ValueError, AttributeError) as error:
        raise TreeError(f"not a document: {error}") from error
    if not isinstance(document, Document):
        raise TreeError("not a document")
    return document


def checksum(document: Document) -> str:
    """SHA-256 (hex) of the canonical JSON with the document's own checksum field left empty."""
    return hashlib.sha256(to_json(replace(document, checksum="")).encode()).hexdigest()


def _encode(node: Any) -> Any:
    if is_dataclass(node):
        values = {field.name: _encode(getattr(node, field.name)) for field in fields(node)}
        return {"kind": type(node).__name__, **values}
    if isinstance(node, tuple):
        return [_encode(item) for item in node]
    return node.isoformat() if isinstance(node, date) else node


def _decode(node: Any) -> Any:
    if isinstance(node, list):
        return tuple(_decode(item) for item in node)
    if not isinstance(node, dict):
        return node
    values = {name: _decode(value) for name, value in node.items() if name != "kind"}
    kind = _KINDS.get(str(node.get("kind")))
    if kind is None:
        raise TreeError(f"unknown kind {node.get('kind')!r}")
    if kind is Box:
        values["question"] = Question(values["question"])
    if kind is Document and values.get("frozen_on"):
        values["frozen_on"] = date.fromisoformat(values["frozen_on"])
    return kind(**values)
