"""Whole databases for tests that kill what writes to them: copied, connected to from outside, one for each folder."""

import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

type Rows = tuple[tuple[Any, ...], ...]


class WholeDatabases(Protocol):
    """The databases of one make. A data folder has one, and a copy of the folder has a copy of it."""

    def environment(self, folder: Path) -> dict[str, str]:
        """What a process needs to write to the folder's database."""

    def create(self, folder: Path) -> None: ...

    def copy(self, source: Path, target: Path) -> Path: ...

    def drop(self, folder: Path) -> None: ...

    def read(self, folder: Path, queries: Sequence[str]) -> tuple[Rows, ...]:
        """The answers, when nobody writes any more and the database is sound."""


def whole_databases() -> WholeDatabases:
    """Those of the PostgreSQL that the run is on, else SQLite files."""
    address = os.environ.get("DATABASE_URL", "")
    return OnPostgres(address) if address.startswith("postgres") else OnSqlite()


class OnSqlite:
    """A file in the folder."""

    def environment(self, folder: Path) -> dict[str, str]:
        return {"DATABASE_URL": f"sqlite:///{folder / 'tettpaa.sqlite3'}"}

    def create(self, folder: Path) -> None:
        folder.mkdir()

    def copy(self, source: Path, target: Path) -> Path:
        return Path(shutil.copytree(source, target))

    def drop(self, folder: Path) -> None:
        shutil.rmtree(folder)

    def read(self, folder: Path, queries: Sequence[str]) -> tuple[Rows, ...]:
        database = sqlite3.connect(folder / "tettpaa.sqlite3")
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = tuple(tuple(database.execute(query)) for query in queries)
        database.close()
        return found


class OnPostgres:
    """A database in the cluster, by the folder's name."""

    def __init__(self, address: str) -> None:
        self._server = address.rsplit("/", 1)[0]
        self._any = address

    def environment(self, folder: Path) -> dict[str, str]:
        return {"DATABASE_URL": f"{self._server}/{_name(folder)}"}

    def create(self, folder: Path) -> None:
        folder.mkdir()
        self._say("CREATE DATABASE {}", folder)

    def copy(self, source: Path, target: Path) -> Path:
        shutil.copytree(source, target)
        self._say("CREATE DATABASE {} TEMPLATE {}", target, source)
        return target

    def drop(self, folder: Path) -> None:
        shutil.rmtree(folder)
        self._say("DROP DATABASE {}", folder)

    def read(self, folder: Path, queries: Sequence[str]) -> tuple[Rows, ...]:
        self._wait_until_left(folder)
        with psycopg.connect(f"{self._server}/{_name(folder)}") as database:
            return tuple(tuple(database.execute(query.encode())) for query in queries)

    def _wait_until_left(self, folder: Path) -> None:
        """The server notices a killed client only when it next reads or writes: it may still roll back, or commit."""
        for _ in range(400):
            with psycopg.connect(self._any) as server:
                here = server.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [_name(folder)]
                ).fetchone()
            if here == (0,):
                return
            time.sleep(0.025)
        raise AssertionError(f"somebody is still connected to {_name(folder)}")

    def _say(self, statement: str, *folders: Path) -> None:
        with psycopg.connect(self._any, autocommit=True) as server:
            names = [sql.Identifier(_name(folder)) for folder in folders]
            server.execute(sql.SQL(statement).format(*names))  # type: ignore[arg-type]


def _name(folder: Path) -> str:
    """Runs beside each other have folders of their own, so the process is in the name."""
    return f"tettpaa_{os.getpid()}_{folder.name}"
