"""Whether the platform is closed for maintenance: said by a file or a setting, by no database."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Maintenance:
    """Why the platform is closed, and until when if that is known."""

    until: datetime | None = None
    reason: str = ""


def announced() -> Maintenance | None:
    """Return the maintenance that was announced; None while the platform is open."""
    try:
        text = _file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return Maintenance() if settings.MAINTENANCE else None
    return _read(text)


def announce(maintenance: Maintenance) -> None:
    """Close the platform: every process on this machine sees it at its next request."""
    until = maintenance.until and maintenance.until.isoformat()
    told = json.dumps({"until": until, "reason": maintenance.reason}, ensure_ascii=False)
    new = _file().with_suffix(".new")
    new.write_text(told, encoding="utf-8")
    new.replace(_file())


def end() -> None:
    """Open the platform again; what is open stays so."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.MAINTENANCE_FILE)


def _read(text: str) -> Maintenance:
    """Return what a file says; one that somebody made by hand closes the platform all the same."""
    with suppress(ValueError, TypeError, AttributeError):
        told = json.loads(text)
        until = told.get("until")
        return Maintenance(until and datetime.fromisoformat(until), str(told.get("reason") or ""))
    return Maintenance()
