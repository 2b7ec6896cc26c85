"""What the environment makes of the settings, asked of a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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
