"""The one way out: only named hosts, only checked addresses, no redirects, caps on size and time, patience with what passes."""

import logging
import socket
import ssl
from typing import Any

import pytest

from tests.data.sources.fetch.stand_in import SLOW_S, StandIn, reply, standing_in, web_page
from tettpaa.data.sources.fetch import client
from tettpaa.data.sources.fetch.client import Manners, get, public_address
from tettpaa.data.sources.fetch.errors import WORDS, FetchError, told
from tettpaa.data.sources.fetch.hosts import HOSTS

HOST = "data.ssb.no"


@pytest.fixture
def server() -> Any:
    def speak(path: str, query: dict[str, str]) -> Any:
        del query
        return {"/good": reply({"a": 1}), "/page": web_page(404)}.get(path)

    with standing_in({HOST: speak}) as stand_in:
        yield stand_in


def ask(
    server: StandIn, path: str = "/good", wait_s: float = 30.0, **manners: Any
) -> tuple[bytes | str, list[float]]:
    """The answer or the error's code, and the pauses that were held."""
    pauses: list[float] = []
    try:
        found: bytes | str = get(
            HOST, path, Manners(stand_in=server.address, sleep=pauses.append, wait_s=wait_s, **manners)
        )
    except FetchError as error:
        found = error.code
    return found, pauses


def test_a_good_answer_comes_at_once(server: StandIn) -> None:
    assert ask(server) == (b'{"a": 1}', [])


@pytest.mark.parametrize(
    ("trap", "code"),
    [
        ("dead", "no_answer"),
        pytest.param("slow", "too_slow", marks=pytest.mark.slow),
        ("half", "half_answer"),
        ("half_unsaid", "half_answer"),
        ("busy", "busy"),
    ],
)
def test_what_passes_by_itself_is_tried_again_with_longer_pauses(
    server: StandIn, trap: str, code: str
) -> None:
    pauses = [7.0, 8.0, 32.0] if trap == "busy" else [2.0, 8.0, 32.0]
    # Patience for half of what a slow answer takes; where nothing is slow, a busy machine is no failure.
    wait_s = SLOW_S / 2 if trap == "slow" else 30.0
    server.traps = [trap]
    assert ask(server, wait_s=wait_s) == (b'{"a": 1}', pauses[:1])
    server.traps = [trap] * 4
    assert ask(server, wait_s=wait_s) == (code, pauses)


@pytest.mark.parametrize(("trap", "code"), [("html", "web_page"), ("moved", "redirect")])
def test_what_does_not_pass_is_told_at_once(server: StandIn, trap: str, code: str) -> None:
    server.traps = [trap]
    assert ask(server) == (code, [])
    assert len(server.asked) == 1


def test_a_refusal_is_told_with_its_own_words(server: StandIn) -> None:
    with pytest.raises(FetchError) as caught:
        get(HOST, "/nowhere", Manners(stand_in=server.address))
    assert caught.value.params == {
        "host": HOST,
        "status": "404",
        "found": '{"title": "Not found", "status": 404}',
    }
    with pytest.raises(FetchError) as caught:
        get(HOST, "/page", Manners(stand_in=server.address))
    assert caught.value.params["found"] == ""  # the web page itself says nothing to people


def test_caps_on_size_and_time(server: StandIn) -> None:
    assert ask(server, largest=3)[0] == "too_large"
    assert ask(server, longest_s=-1.0)[0] == "too_slow"


def test_no_host_beyond_the_list_is_ever_asked(server: StandIn) -> None:
    with pytest.raises(FetchError, match="står ikke på listen"):
        get("example.com", "/", Manners(stand_in=server.address))
    assert server.asked == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1", "192.168.1.1"]
)
def test_a_name_that_points_into_a_closed_network_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def looked_up(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", ("158.36.0.1", 443)), (2, 1, 6, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises(FetchError) as caught:
        get(HOST, "/good", Manners(sleep=lambda _: None))
    assert caught.value.code == "not_public"


def test_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(FetchError) as caught:
        public_address(HOST)
    assert caught.value.code == "no_answer"


def test_the_connection_goes_to_the_checked_address_and_asks_for_the_hosts_own_certificate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    went: list[Any] = []

    class Context:
        def wrap_socket(self, plain: Any, server_hostname: str) -> Any:
            went.append((plain, server_hostname))
            raise ssl.SSLError("no certificate here")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("158.36.0.1", 443))])
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: (address, timeout))
    monkeypatch.setattr(ssl, "create_default_context", Context)
    monkeypatch.setattr(client.http.client.HTTPSConnection, "__init__", _plain_init)
    with pytest.raises(FetchError) as caught:
        get(HOST, "/good", Manners(sleep=lambda _: None))
    assert caught.value.code == "no_answer"
    assert went == [((("158.36.0.1", 443), 20.0), HOST)] * 4


def _plain_init(self: Any, host: str, port: int, timeout: float, context: Any) -> None:
    del context
    client.http.client.HTTPConnection.__init__(self, host, port, timeout=timeout)


def test_every_question_is_logged(server: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=client.__name__):
        ask(server)
    assert caplog.messages[0].startswith("fetch data.ssb.no/good: 8 bytes in 0.")


def test_the_list_is_short_and_public() -> None:
    assert set(HOSTS) == {
        "api.statistikkbanken.udir.no",
        "statistikkportalen.udir.no",
        "data-nsr.udir.no",
        "data.brreg.no",
        "data.ssb.no",
    }
    assert HOSTS["data.ssb.no"].pause_s >= 60 / 30


def test_every_error_has_words_in_three_languages() -> None:
    for code, words in WORDS.items():
        for language in ("nb", "nn", "en"):
            assert words.in_language(language)
            assert "{" not in told(code, {}, language)
