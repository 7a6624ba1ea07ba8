"""The one way out (R13): named hosts, https, no redirects, an address that was looked up and checked, caps on size and time."""

import http.client
import ipaddress
import json
import logging
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tettpaa.data.sources.answers import MAX_ANSWER, is_json
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.hosts import HOSTS

log = logging.getLogger(__name__)
CHUNK: Final = 1 << 16
WAIT_S: Final = 20.0  # for a connection, and for each piece of an answer
LONGEST_S: Final = 120.0  # for a whole answer
TRIES: Final = 4
FIRST_PAUSE_S: Final = 2.0  # before the second try; four times as long before each next one
LONGEST_PAUSE_S: Final = 60.0
HEADERS: Final = {
    "User-Agent": "Tett-paa/1 (skolekvalitet)",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}
BUSY: Final = frozenset({429, 500, 502, 503, 504})
FOUND_MOST: Final = 160


@dataclass(frozen=True, slots=True)
class Manners:
    """Caps and pauses; `stand_in` is for tests alone: `127.0.0.1:8123` answers in place of every host, without TLS."""

    wait_s: float = WAIT_S
    longest_s: float = LONGEST_S
    first_pause_s: float = FIRST_PAUSE_S
    largest: int = MAX_ANSWER
    stand_in: str = ""
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class _Raw:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Again(Exception):  # noqa: N818 - a signal between two functions, no error that leaves the module
    """Worth another try: `error` is told when no try is left."""

    def __init__(self, error: FetchError, pause_s: float | None = None) -> None:
        super().__init__(error.code)
        self.error = error
        self.pause_s = pause_s


def get(host: str, path: str, manners: Manners) -> bytes:
    """The JSON that the host answers to `path` (with its query). Raises FetchError; tries again what may pass by itself."""
    if host not in HOSTS:
        raise FetchError("not_allowed", host=host)
    pause = manners.first_pause_s
    for left in reversed(range(TRIES)):
        started = time.monotonic()
        try:
            body = _once(host, path, manners)
        except _Again as again:
            log.warning("fetch %s%s: %s", host, path, again.error.code)
            if not left:
                raise again.error from again
            manners.sleep(min(max(pause, again.pause_s or 0.0), LONGEST_PAUSE_S))
            pause *= 4
        else:
            log.info("fetch %s%s: %d bytes in %.1f s", host, path, len(body), time.monotonic() - started)
            return body
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _once(host: str, path: str, manners: Manners) -> bytes:
    connection = _connection(host, manners)
    try:
        raw = _exchange(host, path, connection, manners)
    except TimeoutError as error:
        raise _Again(FetchError("too_slow", host=host)) from error
    except http.client.RemoteDisconnected as error:
        raise _Again(FetchError("no_answer", host=host)) from error
    except (http.client.IncompleteRead, ConnectionResetError) as error:
        raise _Again(FetchError("half_answer", host=host)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _Again(FetchError("no_answer", host=host)) from error
    finally:
        connection.close()
    return _checked(host, raw)


def _exchange(host: str, path: str, connection: http.client.HTTPConnection, manners: Manners) -> _Raw:
    deadline = time.monotonic() + manners.longest_s
    connection.request("GET", path, headers=HEADERS | {"Host": host})
    response = connection.getresponse()
    told = response.getheader("Content-Length", "")
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > manners.largest:
            raise FetchError("too_large", host=host)
        if time.monotonic() > deadline:
            raise TimeoutError
    if told.isdigit() and len(body) != int(told):
        raise http.client.IncompleteRead(bytes(body), int(told) - len(body))
    return _Raw(response.status, {key.casefold(): value for key, value in response.getheaders()}, bytes(body))


def _checked(host: str, raw: _Raw) -> bytes:
    """The body of a good answer; anything else raises."""
    if 300 <= raw.status < 400:
        raise FetchError("redirect", host=host)
    if raw.status in BUSY:
        pause = raw.headers.get("retry-after", "")
        raise _Again(FetchError("busy", host=host), float(pause) if pause.isdigit() else None)
    if raw.status != 200:
        found = "" if raw.body.lstrip()[:1] == b"<" else raw.body[:FOUND_MOST].decode("utf-8", "replace")
        raise FetchError("refused", host=host, status=str(raw.status), found=found)
    if not is_json(raw.body[:100]):
        raise FetchError("web_page", host=host)
    try:
        json.loads(raw.body)
    except ValueError as error:
        raise _Again(FetchError("half_answer", host=host)) from error
    return raw.body


def _connection(host: str, manners: Manners) -> http.client.HTTPConnection:
    """A connection to the address that was checked, so that the name cannot be looked up to something else afterwards."""
    if manners.stand_in:
        address, _, port = manners.stand_in.partition(":")
        return http.client.HTTPConnection(address, int(port), timeout=manners.wait_s)
    address = public_address(host)
    return _Pinned(host, address, manners.wait_s)


class _Pinned(http.client.HTTPSConnection):
    """TLS for the host's name, over a socket to the checked address."""

    def __init__(self, host: str, address: str, wait_s: float) -> None:
        super().__init__(host, 443, timeout=wait_s, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def public_address(host: str) -> str:
    """An address of the host. Raises FetchError when any of its addresses is not a public one."""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError("no_answer", host=host) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise FetchError("not_public", host=host)
    return addresses[0]
