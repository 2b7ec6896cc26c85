"""Make .venv and put the pinned packages into it; when they are there, do nothing, offline."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
INSTALLER = CHECKOUT / "requirements-installer.lock"
RUNTIME = CHECKOUT / "requirements.lock"
DEVELOPMENT = CHECKOUT / "requirements-dev.lock"
OLDEST_PYTHON = (3, 11)
THIS_PYTHON = ".".join(str(part) for part in sys.version_info[:2])

if sys.version_info < OLDEST_PYTHON:
    sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")


class CannotInstall(Exception):
    """The message says what the user can do about it."""


def locks_for(*, development: bool) -> list[Path]:
    return [RUNTIME, DEVELOPMENT] if development else [RUNTIME]


def stamp_for(locks: list[Path]) -> str:
    """Return what the stamp holds when these locks are installed, here, for this Python."""
    lines = [f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}" for lock in locks]
    return "\n".join([*lines, f"python {THIS_PYTHON}", f"folder {VENV}", ""])


def is_installed(*, development: bool) -> bool:
    """Say whether the wanted packages are there; the development set holds the runtime one."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    found = STAMP.read_text(encoding="utf-8")
    wanted = [stamp_for(locks_for(development=True))]
    if not development:
        wanted.append(stamp_for(locks_for(development=False)))
    return found in wanted


def had_development_tools() -> bool:
    return STAMP.exists() and DEVELOPMENT.name in STAMP.read_text(encoding="utf-8")


def caches() -> dict[str, str]:
    """Return the environment that keeps the installers' caches inside the checkout."""
    return {
        **os.environ,
        "PIP_CACHE_DIR": str(CHECKOUT / ".cache" / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_CACHE_DIR": str(CHECKOUT / ".cache" / "uv"),
        "VIRTUAL_ENV": str(VENV),
    }


def is_usable_venv() -> bool:
    """Say whether .venv was made for this folder by this version of Python, and to its end."""
    config = VENV / "pyvenv.cfg"
    if not (config.exists() and PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        return False
    lines = config.read_text(encoding="utf-8").splitlines()
    values = dict(line.split(" = ", 1) for line in lines if " = " in line)
    version = ".".join(values.get("version", "").split(".")[:2])
    return version == THIS_PYTHON and values.get("command", "").endswith(f" {VENV}")


def make_venv() -> None:
    """Make .venv, in place of one that is not usable: of another Python, moved, or half made."""
    if is_usable_venv():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)], hint="On Debian: apt-get install python3-venv")


def run(command: list[str], *, hint: str) -> None:
    if subprocess.run(command, env=caches(), cwd=CHECKOUT, check=False).returncode != 0:
        raise CannotInstall(f"This failed: {' '.join(command)}\n{hint}")


def ensure(*, development: bool = False) -> None:
    """
    Install the pinned packages unless they are there.

    Raises:
        CannotInstall: pip or uv failed.
    """
    if is_installed(development=development):
        return
    development = development or had_development_tools()
    print("Installing the pinned packages into .venv ...", flush=True)
    make_venv()
    STAMP.unlink(missing_ok=True)
    online = "The first installation needs the network."
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
    run([*pip, "-r", str(INSTALLER)], hint=online)
    locks = locks_for(development=development)
    # Compiled here, once, so that the first start is as quick as the later ones.
    uv = [
        str(VENV / "bin" / "uv"),
        "pip",
        "sync",
        "--quiet",
        "--require-hashes",
        "--compile-bytecode",
    ]
    run([*uv, *map(str, locks)], hint=online)
    STAMP.write_text(stamp_for(locks), encoding="utf-8")


def main() -> int:
    try:
        ensure(development="--development" in sys.argv[1:])
    except CannotInstall as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
