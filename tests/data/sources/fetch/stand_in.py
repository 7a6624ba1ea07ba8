"""A local server that speaks for the publishers, from recorded answers, with the traps their interfaces really have."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SLOW_S = 2.0  # a slow answer
LONGEST_ADDRESS = 2_000  # Statistics Norway answers a web page to longer ones (data.md 3)
type Reply = tuple[int, bytes]
type Speaker = Callable[[str, dict[str, str]], Reply | None]


def reply(data: Any, status: int = 200) -> Reply:
    return status, json.dumps(data, ensure_ascii=False).encode()


def web_page(status: int) -> Reply:
    """What an interface says when it is not the interface that answers."""
    return status, b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\n<html><body>404</body></html>'


@dataclass
class StandIn:
    """Answers for each host by its speaker. `traps` are sprung on the next questions, one each; `delay_s` before every answer."""

    speakers: dict[str, Speaker] = field(default_factory=dict)
    traps: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    times: list[tuple[str, float]] = field(default_factory=list)  # the host of each question, and when
    delay_s: float = 0.0
    address: str = ""

    def answer(self, host: str, target: str) -> Reply:
        parts = urlsplit(target)
        if len(target) > LONGEST_ADDRESS:
            return web_page(404)
        query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        speaker = self.speakers.get(host)
        found = speaker(unquote(parts.path), query) if speaker else None
        return found or reply({"title": "Not found", "status": 404}, 404)


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        stand_in = self.server.stand_in
        host = self.headers["Host"]
        stand_in.asked.append(f"{host}{self.path}")
        stand_in.times.append((host, time.monotonic()))
        if stand_in.delay_s:
            time.sleep(stand_in.delay_s)
        trap = stand_in.traps.pop(0) if stand_in.traps else ""
        if trap == "dead":
            return  # closes without a word
        status, body = stand_in.answer(host, self.path)
        if trap == "slow":
            time.sleep(SLOW_S)
        if trap == "busy":
            status, body = 429, b"{}"
        if trap == "html":
            status, body = 200, web_page(200)[1]
        if trap == "moved":
            status = 302
        self.send_response(status)
        if trap == "moved":
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        if trap == "busy":
            self.send_header("Retry-After", "7")
        if trap != "half_unsaid":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if trap.startswith("half") else body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed left its line: nothing to tell."""


@contextmanager
def standing_in(speakers: dict[str, Speaker]) -> Iterator[StandIn]:
    """The server while the `with` lasts, on a port of its own."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.stand_in = StandIn(speakers, address=f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
