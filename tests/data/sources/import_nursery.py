"""A process that has Django loaded and forks a fresh `tettpaa import` for each line it reads.

Starting Python a hundred times takes longer than a hundred imports. A line is `data folder<TAB>database<TAB>file<TAB>
rows at once`; the answer is the child's process number, and its exit code when it has ended.
"""

import importlib
import os
import sys
from pathlib import Path

import dj_database_url
import django


def main() -> None:
    django.setup()
    importlib.import_module("tettpaa.data.sources.management.commands.import")
    for line in sys.stdin:
        folder, database, file, at_once = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            bring_in(Path(folder), database, file, int(at_once))
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def bring_in(folder: Path, database: str, file: str, at_once: int) -> None:
    """What `tettpaa import FILE` does, on the data of this folder; never returns."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    settings.FILE_STORE = folder / "files"
    connections["default"].settings_dict["NAME"] = dj_database_url.parse(database)["NAME"]
    publishing = importlib.import_module("tettpaa.data.indicators.actions.publish")
    publishing.AT_ONCE, publishing.STAGING_CHUNK = at_once, 400
    with Path(os.devnull).open("w") as nowhere:
        try:
            call_command("import", file, stdout=nowhere, stderr=nowhere)
        except BaseException:
            os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
