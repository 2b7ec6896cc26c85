"""What each queue of the register calls a thing, and that its fields exist."""

import pytest

from marketplace.pages.queues import HANDLED


@pytest.mark.django_db
@pytest.mark.parametrize("queue", HANDLED, ids=lambda queue: queue.name)
def test_a_queue_searches_fields_that_there_are(queue) -> None:
    for field in queue.searched:
        assert [*queue.rows().filter(**{f"{field}__icontains": "x"})] == []
    assert queue.find("nothing") is None
