"""What every test has: the shared cast of Fjordvik, closed sockets, and clean-up past the append-only triggers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import migrated
from tests.factories.cast import Cast, build_cast

# A busy machine is no failure: speed is measured in `make bench`.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the test database begins as a copy of the kept one."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if connection.vendor == "sqlite":
        migrated.bring(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    name = connection.settings_dict["NAME"]
    migrated.keep(name)
    yield
    Path(name).unlink(missing_ok=True)


@pytest.fixture
def cast(db: None) -> Cast:
    """Fjordvik with Nes (tiny) and Vik (large), its people, and Utvik next door whose Eva must never get in."""
    return build_cast()


@pytest.fixture
def client_of(cast: Cast, client_class: type[Client]) -> Callable[[str], Client]:
    """A browser signed in as somebody of the cast: `client_of("berit")`."""

    def sign_in(name: str) -> Client:
        client = client_class()
        client.force_login(cast.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def client_class() -> type[Client]:
    return Client


def _flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
    """Transactional tests empty every table; the append-only ones let go only for that."""
    from django.apps import apps

    from tettpaa.core.audit.triggers import protect, release

    tables = [m._meta.db_table for m in apps.get_models() if getattr(m, "is_append_only", False)]
    for table in tables:
        release(connection, table)
    _execute_sql_flush(self, sql_list)
    for table in tables:
        protect(connection, table)


_execute_sql_flush = BaseDatabaseOperations.execute_sql_flush
BaseDatabaseOperations.execute_sql_flush = _flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _bokmaal() -> None:
    """Each test starts in bokmål, whatever language the one before left active in this thread."""
    translation.activate("nb")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium for every browser test; none is downloaded. One browser a worker serves all of them."""
    quiet = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    return {
        "executable_path": shutil.which("chromium"),
        "args": [*quiet.split(), "--disable-component-update", "--disable-sync"],
    }
