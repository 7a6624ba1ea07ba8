"""Answers of the publishers' interfaces (JSON): one as it was saved, or a snapshot with many. Plain Python: the child runs it.

A snapshot is text in UTF-8. Its first line is `{"snapshot": "tettpaa", "version": 1, "dataset": …}`; each line below holds one
answer: `name` (what was asked for), `url`, `sha256` and `body` (the answer letter for letter), and `facts` (what the question
said and the answer does not repeat).
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from tettpaa.data.sources.bytes_in import refuse
from tettpaa.data.sources.source import Answer

VERSION: Final = 1
MARK: Final = "tettpaa"
MAX_ANSWER: Final = 40_000_000  # bytes of one answer; the largest of the real interfaces stay under 10 MB
_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*[\"}])")  # `{\rtf` is another thing
_WANTED: Final = {"name", "url", "sha256", "facts", "body"}


def is_json(start: bytes) -> bool:
    """Whether a file begins as JSON does (with or without a byte order mark)."""
    return _START.match(start) is not None


def answers_in(stream: BinaryIO) -> Iterator[Answer]:
    """The answers of a file, in order. Raises FileRefusedError for what is no JSON, or not what was fetched."""
    first = stream.readline(MAX_ANSWER)
    if _is_snapshot(first):
        for number, line in enumerate(_lines(stream), start=2):
            yield _answer(number, line)
        return
    body = first + stream.read(MAX_ANSWER)
    if len(body) > MAX_ANSWER:
        raise refuse("answer_too_large")
    yield Answer("", _decoded(body, 1))


def _is_snapshot(line: bytes) -> bool:
    if not line.startswith(b'{"snapshot"'):
        return False
    head = _decoded(line, 1)
    if head.get("snapshot") != MARK or head.get("version") != VERSION:
        raise refuse("unknown_snapshot", 1, found=str(head.get("version")))
    return True


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(3 * MAX_ANSWER):
        yield line


def _answer(number: int, line: bytes) -> Answer:
    entry = _decoded(line, number)
    if not isinstance(entry, dict) or set(entry) != _WANTED or not isinstance(entry["body"], str):
        raise refuse("unknown_snapshot", number)
    body = entry["body"].encode()
    if hashlib.sha256(body).hexdigest() != entry["sha256"]:
        raise refuse("changed_answer", number, found=str(entry["name"]))
    return Answer(str(entry["name"]), _decoded(body, number), entry["facts"])


def _decoded(body: bytes, number: int) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as error:
        raise refuse("bad_json", number) from error


def snapshot_head(dataset: str) -> bytes:
    """The first line of a snapshot."""
    return _line({"snapshot": MARK, "version": VERSION, "dataset": dataset})


def snapshot_line(name: str, url: str, body: bytes, facts: Mapping[str, str]) -> bytes:
    """One answer as a line. The same answers make the same bytes, so that nothing new is seen as nothing new."""
    return _line(
        {
            "name": name,
            "url": url,
            "sha256": hashlib.sha256(body).hexdigest(),
            "facts": dict(facts),
            "body": body.decode(),
        }
    )


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
