"""
The queue in a folder, as Kombu has it, but with every message and every binding in one step.

Kombu writes them under their final names. A worker that looked between the opening and the writing
of a file read an empty one and ended, and the platform with it:
https://github.com/celery/kombu/issues/1551.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel whose readers see nothing half written."""

    # Kombu's channels do not agree on the names of these arguments.
    def _put(  # type: ignore[override]
        self, queue: str, payload: dict[str, Any], **_options: Any
    ) -> None:
        """Write the message beside the queue, where no queue has this name, and move it in."""
        folder = Path(self.data_folder_out)
        name = f"{monotonic_ns():020}_{uuid4()}.{queue}.msg"
        unfinished = folder / f"unfinished.{name}"
        unfinished.write_text(dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
        unfinished.rename(folder / name)

    def _queue_bind(self, *binding: str) -> None:
        """Let one process at a time make or change the list of queues of an exchange."""
        with (Path(self.control_folder) / "lock").open("w") as file:
            filesystem.lock(file, filesystem.LOCK_EX)  # type: ignore[no-untyped-call]
            super()._queue_bind(*binding)  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    """Kombu's transport on our channel."""

    Channel = Channel
