"""Settings of the test run: the product's own, with quick hashing, plain static files and a folder of its own."""

import os
import tempfile

os.environ.setdefault("TETTPAA_DATA_DIR", tempfile.mkdtemp(prefix="tettpaa-test-"))
os.environ.setdefault("TETTPAA_DEMO", "1")
# Playwright keeps a loop running in the thread of the tests; their database calls beside it are safe.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from tettpaa.site.settings import *  # noqa: F403
from tettpaa.site.settings import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A file, not memory: the live server's threads need a connection each, as in the product.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# A local server speaks for the publishers (tests/data/sources/fetch/stand_in.py); nothing goes further, and nobody waits unless told to.
FETCH_STAND_IN = os.environ.get("TETTPAA_TEST_STAND_IN", "127.0.0.1:9")
FETCH_PACE = float(os.environ.get("TETTPAA_TEST_PACE", "0"))
