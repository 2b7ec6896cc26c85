"""What builds of the demo came to, kept from one run and database to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILDS = ROOT / ".cache" / "test-demo"
OUR_APPS = ("marketplace", "credit", "bidding", "cms", "search")
OURS = [
    path
    for app in OUR_APPS
    for path in (ROOT / app).rglob("*")
    if path.parent.name != "__pycache__"
]
TESTS = [*Path(__file__).parent.glob("*.py"), ROOT / "tests" / "clock.py"]


def kept(name: str, build: Callable[[], list[str]]) -> list[str]:
    """
    Return the lines that `build` gives for `name`, perhaps in another process or database.

    They are kept under a name made of everything that goes into them, so a change of the code, of
    its data or of these tests builds anew.
    """
    path = BUILDS / f"{name}-{digest_of([ROOT / 'requirements.lock', *OURS, *TESTS])}.txt"
    if not path.exists():
        lines = build()
        BUILDS.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text("\n".join(lines), encoding="utf-8")
        new.replace(path)
    return path.read_text(encoding="utf-8").split("\n")


def digest_of(paths: list[Path]) -> str:
    """Return the digest of the names and contents of files; folders are left out."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(path.anchor)} {content}\n".encode())
    return digest.hexdigest()[:16]
