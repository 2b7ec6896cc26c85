"""Refuse after the commit, so that what was asked of credit stays on record."""

from __future__ import annotations

from typing import TypeVar

from marketplace.kernel.verdicts import Refused

Done = TypeVar("Done")


def settle(outcome: Done | Refused) -> Done:
    """
    Return what an act has done, or raise why it was refused.

    An act that asks credit stores the answer; raising inside its transaction would take the row
    back. So its transaction returns the refusal, and it is raised here, after the commit.

    Raises:
        Refused: the act ended so.
    """
    if isinstance(outcome, Refused):
        raise outcome
    return outcome
