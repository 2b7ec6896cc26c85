"""Which guards have refused an act."""

import pytest

from marketplace.kernel.verdicts import Refused


def guards_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Return the names of the guards that did not hold."""
    return [verdict.guard for verdict in refused.value.verdicts]
