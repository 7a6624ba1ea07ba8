"""`tettpaa serve`: web and worker under one command, for a small site and the demo."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

GRACE_S = 10


class Command(BaseCommand):
    help = "Serve the pages and do the long work: tettpaa serve [--host HOST] [--port PORT] [--workers N]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        signal.signal(signal.SIGTERM, _stop)
        children = {name: _start(line) for name, line in _commands(options).items()}
        lines = _commands(options)
        try:
            while True:
                for name, child in children.items():
                    if child.poll() is not None:
                        # A killed worker or web server comes back by itself; nothing needs a hand.
                        time.sleep(1)
                        children[name] = _start(lines[name])
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            _end(list(children.values()))


def _commands(options: dict[str, Any]) -> dict[str, list[str]]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"]
    web += ["--workers", str(options["workers"]), "--host", options["host"], "--port", str(options["port"])]
    web += ["--no-access-log", "--log-level", "warning", "tettpaa.site.wsgi:application"]
    return {"web": web, "worker": [sys.executable, "-m", "tettpaa", "worker", "--verbosity", "0"]}


def _start(line: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(line, env=os.environ)  # noqa: S603 - our own interpreter and arguments


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
