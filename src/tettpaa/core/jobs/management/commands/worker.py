"""`tettpaa worker`: the library's worker with our rescue of dead jobs beside it."""

import logging
import threading
from typing import Any

from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from tettpaa.core.jobs.actions import start_rounds, sweep

log = logging.getLogger(__name__)
SWEEP_EVERY_S = 20


class Command(DatabaseWorker):
    help = "Run long work (imports, reports, the daily round). Takes over after a worker that was killed."

    def handle(self, **options: Any) -> None:
        stopped = threading.Event()
        threading.Thread(target=_sweep_until, args=(stopped,), daemon=True).start()
        options["reload"] = False
        try:
            super().handle(**options)
        finally:
            stopped.set()


def _sweep_until(stopped: threading.Event) -> None:
    while True:
        try:
            sweep()
            start_rounds()
        except DatabaseError:
            log.exception("the sweep could not reach the database; it tries again")
        close_old_connections()
        if stopped.wait(SWEEP_EVERY_S):
            return
