"""A migrated, empty SQLite database kept in .cache: a hundred migrations take half a minute, copying takes none.

Its name holds a hash of every migration and of Django's version, so that it is never older than they are. Django's own
`migrate` still runs on the copy. PostgreSQL's test database is made anew each time.
"""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps

KEPT = Path(__file__).resolve().parents[1] / ".cache" / "migrated"


def kept() -> Path:
    """Where the database of exactly these migrations is kept."""
    made = hashlib.sha256(django.get_version().encode())
    for config in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            made.update(f"{config.label}/{file.name}".encode() + b"\0" + file.read_bytes())
    return KEPT / f"{made.hexdigest()[:24]}.sqlite3"


def bring(name: str) -> None:
    """Lay the kept one, if there is one, where the test database is to be."""
    if (source := kept()).exists():
        shutil.copyfile(source, name)


def keep(name: str) -> None:
    """Keep a database just made, instead of those of other migrations; two workers may do it at once."""
    if (goal := kept()).exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    part = KEPT / f"{os.getpid()}.part"
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(goal)
