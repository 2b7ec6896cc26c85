"""What the environment makes of the settings, asked of a process of its own."""

import importlib
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

ROOT = Path(__file__).resolve().parents[2]


def _runner() -> ModuleType:
    """Load deploy/run.py, which is a script."""
    sys.path.insert(0, str(ROOT / "deploy"))
    try:
        return importlib.import_module("run")
    finally:
        sys.path.remove(str(ROOT / "deploy"))


runner = _runner()


def setting(name: str, folder: Path, **environment: str) -> str:
    """Return what a developer's settings say of `name`, with DATA_DIR in `folder`."""
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", f"from django.conf import settings; print(settings.{name})"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
            "DATA_DIR": str(folder),
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("filemail:///some/folder", "/some/folder"),
        ("filemail:////some/folder", "/some/folder"),
        ("filemail://", "{data}/mail"),
        ("smtp://127.0.0.1:25", "{data}/mail"),
        (None, "{data}/mail"),
    ],
)
def test_e_mail_in_files_goes_to_the_folder_that_is_named(
    tmp_path: Path, url: str | None, path: str
) -> None:
    environment = {} if url is None else {"EMAIL_URL": url}

    found = setting("EMAIL_FILE_PATH", tmp_path, **environment)

    assert found == path.format(data=tmp_path)


def test_each_process_keeps_a_pool_of_a_connection_for_each_thread_and_one(tmp_path: Path) -> None:
    server = {"DATABASE_URL": "postgres://market@127.0.0.1/market", "SERVER_THREADS": "3"}

    found = setting("DATABASES['default']['OPTIONS']['pool']", tmp_path, **server)

    assert found == "{'min_size': 1, 'max_size': 4, 'timeout': 30}"


def test_nobody_else_on_the_machine_may_look_into_the_data(tmp_path: Path) -> None:
    setting("DATA_DIR", tmp_path / "data")

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_stored_document_is_for_its_owner_alone() -> None:
    name = storages["private"].save("some/contract.pdf", ContentFile(b"%PDF"))

    path = Path(storages["private"].path(name))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


LEAVE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.project.settings.test"
from django.conf import settings
print(settings.DATA_DIR, flush=True)
(settings.DATA_DIR / "left.txt").touch()
if sys.argv[1] == "killed":
    os.kill(os.getpid(), 9)
"""


def run_test_settings(end: str, **environment: str) -> Path:
    """Start a process with the settings of the tests, let it end so; return its folder."""
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LEAVE, end],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Path(said.stdout.strip())


def test_a_process_of_the_tests_has_a_folder_of_its_own_in_the_checkout() -> None:
    own = Path(settings.DATA_DIR)

    other = run_test_settings("ended", DATA_DIR=str(own))

    assert own.parent == other.parent == ROOT / ".cache" / "test-data"
    assert other != own
    assert own.is_dir()
    assert not other.exists()


def test_what_a_killed_process_leaves_is_removed_at_the_next_start() -> None:
    killed = run_test_settings("killed")
    assert [path.name for path in killed.glob("left.txt")] == ["left.txt"]

    run_test_settings("ended")

    assert not killed.exists()


def test_a_folder_that_was_asked_for_is_kept(tmp_path: Path) -> None:
    assert run_test_settings("ended", DATA_DIR=str(tmp_path)) == tmp_path
    assert (tmp_path / "left.txt").exists()


def test_a_fresh_run_is_inside_the_checkout_and_clears_what_a_killed_one_left(
    tmp_path: Path,
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for pid in (ended.pid, os.getppid()):
        (tmp_path / str(pid)).mkdir()

    own = runner.fresh_folder(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [str(os.getpid()), str(os.getppid())]
    )
    assert own == tmp_path / str(os.getpid())


def test_the_cache_in_files_forgets_no_attempt_to_log_in_early(tmp_path: Path) -> None:
    filled = (
        "CACHES['default']['BACKEND'].endswith('FileBasedCache') and "
        "__import__('django.core.cache').core.cache.cache._max_entries"
    )

    assert setting(filled, tmp_path) == "20000"


def test_another_cache_keeps_its_own_measure(tmp_path: Path) -> None:
    told = setting("CACHES['default']", tmp_path, CACHE_URL="redis://127.0.0.1:6379/1")

    assert "MAX_ENTRIES" not in told
    assert "6379/1" in told
