"""Stories against a virtual clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest

from cms.demo.days import CHINA
from cms.demo.engine import Engine, StoryGoesBack

BEGIN = datetime(2026, 11, 23, 9, tzinfo=CHINA)


@pytest.mark.django_db
def test_the_engine_plays_stories_in_the_order_of_their_moments_and_leaves_those_that_wait_on() -> (
    None
):
    told: list[str] = []

    def story(name: str, *hours: int) -> Iterator[datetime]:
        for turn, hour in zip(count(), hours):
            yield BEGIN + timedelta(hours=hour)
            told.append(f"{name}{turn}")

    engine = Engine(begin=BEGIN, end=BEGIN + timedelta(hours=10), show=lambda _share: None)
    engine.enter(story("a", 1, 5, 10))
    engine.enter(story("b", 2, 5, 9))
    engine.play()

    assert told == ["a0", "b0", "a1", "b1", "b2"]
    assert engine.now == engine.end


@pytest.mark.django_db
def test_the_engine_refuses_a_story_that_goes_back() -> None:
    engine = Engine(begin=BEGIN, end=BEGIN + timedelta(hours=10), show=lambda _share: None)
    engine.enter(iter([BEGIN + timedelta(hours=2), BEGIN + timedelta(hours=1)]))

    with pytest.raises(StoryGoesBack):
        engine.play()
