"""Work that makes many objects looks seldom for garbage, and puts things back."""

import gc

import pytest

from marketplace.kernel.garbage import looked_for_seldom


def test_garbage_is_looked_for_as_before_when_the_work_is_done_or_failed() -> None:
    before, within = gc.get_threshold(), []

    def fail() -> None:
        within.append(gc.get_threshold())
        raise ValueError("failed")

    with pytest.raises(ValueError, match="failed"), looked_for_seldom():
        fail()

    assert within == [(300_000, 3, 3)]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() > 0
