"""The test suite: fast passwords, mail in memory, files in a throw-away folder per process."""

import atexit
import os
import shutil
from pathlib import Path

FOLDERS = Path(__file__).resolve().parents[3] / ".cache" / "test-data"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _own_folder() -> Path:
    """Make the folder of this process; those that killed processes have left are removed."""
    own = FOLDERS / str(os.getpid())
    FOLDERS.mkdir(parents=True, exist_ok=True)
    for folder in FOLDERS.iterdir():
        if folder == own or not _is_alive(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)
    own.mkdir()
    return own


def _remove(folder: Path) -> None:
    """Remove the folder at the end of its own process, not of one that was forked from it."""
    if folder.name == str(os.getpid()):
        shutil.rmtree(folder, ignore_errors=True)


# A process of pytest-xdist inherits the folder of the one that started it, and makes its own.
if Path(os.environ.get("DATA_DIR", FOLDERS / "none")).parent == FOLDERS:
    _folder = _own_folder()
    os.environ["DATA_DIR"] = str(_folder)
    atexit.register(_remove, _folder)

from marketplace.project.settings.base import *
from marketplace.project.settings.base import DATA_DIR, DATABASES

SECRET_KEY = "only-for-tests"
IDENTITY_KEY = "of-people-in-tests"
# All tests of a process have one address.
RATE_LIMITS = {}
# Else every test client reads all static files before its first request.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if "BROKER_URL" not in os.environ:
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    # CI migrates one database, and each process of the tests copies it.
    # A test closes its connections for good: a pool would keep them, and the database with them.
    del DATABASES["default"]["OPTIONS"]["pool"]
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE")}
