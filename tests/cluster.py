"""A throw-away PostgreSQL cluster for the test run, started and stopped by itself."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and pg_ctl are: Debian's newest version, else wherever PATH has them."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def cluster(*, gathers: bool = True) -> Iterator[str]:
    """Yield a DATABASE_URL of an empty cluster on a free local port. Raises RuntimeError without PostgreSQL.

    `gathers`: whether it gathers statistics by itself. Tests roll back what they write, so a table that was counted
    between two of them counts as empty, and the next test's plans take minutes.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="tettpaa-pg-"))
    as_user = _unprivileged(home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = home / "data"
    run = [
        *as_user,
        str(folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "tettpaa",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    options += "" if gathers else " -c autovacuum=off"
    control = [*as_user, str(folder / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", str(home / "log"), "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        yield f"postgres://tettpaa@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as Debian's own `postgres` user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(home, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]
