"""Kombu's queue in a folder, with messages that appear whole or not at all."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem

UNFINISHED = ".unfinished"


class Channel(filesystem.Channel):
    """Kombu's reader takes a file no matter who is writing it; an empty one ends the worker."""

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        """Write the message under a name that no reader looks for, then give it its own."""
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}{UNFINISHED}"
        unfinished.write_text(json.dumps(payload), encoding="utf-8")
        unfinished.replace(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """Let addresses that begin with filesystem:// mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
