"""The queue in a folder: what is in it can be read, whoever is writing meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from marketplace.project import folder_queue
from marketplace.project.celery import app

MESSAGES = 50
ROUNDS = 100
# long enough for a reader to come in the middle of it
PAYLOAD = {"text": "采购" * 50_000}


def connect(folder: Path, transport: type) -> Connection:
    folders = {name: str(folder) for name in ("data_folder_in", "data_folder_out")}
    options = {
        **folders,
        "control_folder": str(folder / "control"),
        "processed_folder": str(folder / "read"),
    }
    (folder / "read").mkdir(exist_ok=True)
    return Connection(transport=transport, transport_options={**options, "store_processed": True})


def read_while_writing(folder: Path, transport: type) -> list[Any]:
    """Send messages from one thread and read them in another; return what was read."""

    def send() -> None:
        with connect(folder, transport) as connection:
            for number in range(MESSAGES):
                connection.default_channel._put("celery", {**PAYLOAD, "number": number})

    writer = threading.Thread(target=send)
    writer.start()
    found = []
    try:
        with connect(folder, transport) as connection:
            while len(found) < MESSAGES:
                if message := _next(connection):
                    found.append(message["number"])
    finally:
        writer.join()
    return found


def _next(connection: Connection) -> dict[str, Any] | None:
    try:
        message: dict[str, Any] = connection.default_channel._get("celery")
    except filesystem.Empty:
        return None
    return message


def test_a_reader_never_meets_half_a_message(tmp_path):
    found = read_while_writing(tmp_path, folder_queue.Transport)

    assert sorted(found) == list(range(MESSAGES))
    assert list(tmp_path.glob(f"*{folder_queue.UNFINISHED}")) == []


def test_without_it_a_reader_does(tmp_path):
    def again_and_again() -> None:
        for number in range(ROUNDS):
            (tmp_path / str(number)).mkdir()
            read_while_writing(tmp_path / str(number), filesystem.Transport)

    with pytest.raises(ValueError, match=r"Expecting value|Unterminated string"):
        again_and_again()


def test_a_folder_address_means_this_queue():
    with app.connection_for_read("filesystem://") as connection:
        assert isinstance(connection.transport, folder_queue.Transport)
