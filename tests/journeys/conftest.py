"""A real server on the demo's data, and Debian's Chromium to walk it with."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data, prepared once for all workers, copied for this one."""
    shared = tmp_path_factory.getbasetemp().parent / "demo"
    with (shared.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "ready").exists():
            run_command("demo", "--no-serve", folder=shared)
            (shared / "keys.json").write_text(make(shared))
            (shared / "ready").touch()
    own = tmp_path_factory.mktemp("site")
    shutil.copytree(shared, own, dirs_exist_ok=True)
    return own


@pytest.fixture(scope="session")
def keys(demo_folder: Path) -> dict[str, str]:
    """The keys of the demo's rows that addresses and walks ask for (made.py)."""
    found: dict[str, str] = json.loads((demo_folder / "keys.json").read_text())
    return found


def make(folder: Path) -> str:
    """What the pages need and the demo lacks, made in a process of its own; the keys as JSON."""
    env = environment(folder) | {"DJANGO_SETTINGS_MODULE": "tettpaa.site.settings"}
    line = [sys.executable, "-m", "tests.journeys.made"]
    return subprocess.run(line, check=True, env=env, cwd=ROOT, capture_output=True, text=True).stdout


def run_command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`tettpaa …` on a data folder of its own."""
    line = [sys.executable, "-m", "tettpaa", *arguments]
    return subprocess.run(line, check=True, env=environment(folder), capture_output=True, text=True)


def environment(folder: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}
    return env | {"TETTPAA_DATA_DIR": str(folder), "TETTPAA_DEMO": "1"}


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Iterator[str]:
    """The address of a running `tettpaa serve`, web and worker together."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    env = environment(demo_folder) | {"TETTPAA_ADDRESS": address}
    line = [sys.executable, "-m", "tettpaa", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(line, env=env)
    try:
        wait_for(f"{address}/demo/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer")


type Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, site: str) -> Iterator[Enter]:
    """Open a browser as a role of the demo: `enter("radgiver.fjordvik", width=320, scripts=False)`."""
    contexts: list[BrowserContext] = []

    def open_as(
        person: str = "", *, width: int = 1280, scripts: bool = True, language: str = "nb-NO"
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if person:
            page.goto("/demo/")
            page.locator(f'button[value="{person}@demo.example"]').click()
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Journeys speak to their own server on this machine."""
