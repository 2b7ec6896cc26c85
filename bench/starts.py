"""How long `make run` takes in an empty folder, beside pip alone, and at its second start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.sites import CHECKOUT

NOT_TOLD = {
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "DATA_DIR",
    "DEMO",
    "DEMO_CROWD",
    "PUBLIC_URL",
}


def measure() -> dict[str, float]:
    """Return seconds: the installation alone, the first start with it, and the second start."""
    folder = CHECKOUT / ".cache" / "empty"
    try:
        make_folder(folder)
        began = time.monotonic()
        subprocess.run([base_python(), "deploy/install.py"], cwd=folder, check=True, env=plain())
        installed = time.monotonic() - began
        make_folder(folder)
        return {"install": installed, "first": start(folder), "second": start(folder)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Fill an empty folder with what is committed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    archive = subprocess.run(
        ["git", "archive", "HEAD"], cwd=CHECKOUT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x"], cwd=folder, input=archive.stdout, check=True)


def base_python() -> str:
    """Return the Python that our own environment was made with."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def plain() -> dict[str, str]:
    """Return the environment of a user who has set nothing."""
    return {name: value for name, value in os.environ.items() if name not in NOT_TOLD}


def start(folder: Path) -> float:
    """Start the platform as `make run` does, wait for its word, stop it; return the seconds."""
    began = time.monotonic()
    process = subprocess.Popen(
        [base_python(), "deploy/run.py"],
        cwd=folder,
        env={**plain(), "PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stdout or ():
            if "http://127.0.0.1:" in line:
                return time.monotonic() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    raise SystemExit("the platform did not come up")
