"""Readers of the queue in a folder find whole messages, or none."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from kombu import Connection
from kombu.transport import filesystem, resolve_transport

from marketplace.project import celery
from marketplace.project.folder_queue import Transport


class Watcher:
    """Part of a message: looks into the queue while the message is being written."""

    def __init__(self, channel):
        self.channel = channel
        self.seen = None

    def __json__(self):
        self.seen = self.channel._size("work")
        return "watched"


@contextmanager
def queue_in(folder: Path, transport):
    (folder / "control").mkdir()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }
    with Connection("filesystem://", transport=transport, transport_options=options) as made:
        yield made.SimpleQueue("work", no_ack=True)


def test_the_platform_uses_this_queue():
    assert celery.app.main == "marketplace"
    assert resolve_transport("filesystem") is Transport


def test_what_is_put_in_comes_out_in_order_and_leaves_no_file(tmp_path):
    with queue_in(tmp_path, Transport) as queue:
        for number in range(3):
            queue.put({"number": number})

        assert [queue.get(timeout=5).payload["number"] for _message in range(3)] == [0, 1, 2]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.parametrize(("transport", "seen"), [(Transport, 0), (filesystem.Transport, 1)])
def test_a_message_is_not_there_while_it_is_being_written(tmp_path, transport, seen):
    with queue_in(tmp_path, transport) as queue:
        channel = queue.channel
        watcher = Watcher(channel)
        channel._put("work", {"body": watcher})

        assert watcher.seen == seen
        assert channel._get("work") == {"body": "watched"}
