"""The platform with a clock that is CLOCK_SHIFT seconds off, for a server of its own to serve."""

import os

import time_machine

traveller = time_machine.travel(0).start()
# Told only now, and as a number, for the start takes a while, and so does reading a date.
traveller.move_to(time_machine.escape_hatch.time.time() + float(os.environ["CLOCK_SHIFT"]))

from marketplace.project.asgi import application  # noqa: E402 - under that clock

__all__ = ["application"]
