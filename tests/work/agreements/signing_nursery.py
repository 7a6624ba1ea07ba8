"""A process that has Django loaded and forks a fresh signing for each line it reads.

A line is `data folder<TAB>side`; the answer is the child's process number, and its exit code when it has ended.
"""

import importlib
import os
import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()
    importlib.import_module("tests.work.agreements.making")
    warm()
    for line in sys.stdin:
        folder, side = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            sign(Path(folder), side)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def warm() -> None:
    """Load addresses and words here, once, and not in every child."""
    from django.urls import reverse
    from django.utils import translation

    for language in ("en", "nb"):
        translation.activate(language)
        translation.gettext("Sjekkpunkt")
    reverse("agreements:agreements", kwargs={"owner": "9901"})


def sign(folder: Path, side: str) -> None:
    """What the button does, on the data of this folder; never returns. `prepare` makes the text that waits."""
    from datetime import date

    from django.db import connections

    connections["default"].settings_dict["NAME"] = str(folder / "tettpaa.sqlite3")
    making = importlib.import_module("tests.work.agreements.making")
    try:
        if side == "prepare":
            cast = importlib.import_module("tests.factories.cast").build_cast()
            making.ready(cast, goal=making.a_goal(cast), annex=True)
        else:
            models = importlib.import_module("tettpaa.work.agreements.models")
            actions = importlib.import_module("tettpaa.work.agreements.actions")
            agreement = models.Agreement.objects.get()
            signer = making.school_signer() if side == "school" else making.owner_signer()
            seen = making.seen(agreement, signer.side)
            actions.sign(agreement=agreement, signer=signer, seen=seen, at=making.at(date(2026, 1, 15)))
    except actions_not_due():
        os._exit(3)
    except BaseException:
        os._exit(1)
    os._exit(0)


def actions_not_due() -> type[Exception]:
    """Raised when the side has signed already."""
    from tettpaa.core.audit.states import NotAllowedError

    return NotAllowedError


if __name__ == "__main__":
    main()
