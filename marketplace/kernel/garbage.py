"""When Python looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """
    Look seldom for garbage within the block, and not among what is loaded.

    For work that makes many objects and then ends. Each step of a first migrate leaves the models
    of before behind, which are circles: the search for them took a third of its time, a ninth of
    the demo's. At these thresholds it needs 50 MB more. What is loaded stays set apart: the program
    ends soon after, or has set it apart itself.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(300_000, 3, 3)
    try:
        yield
    finally:
        gc.set_threshold(*before)
