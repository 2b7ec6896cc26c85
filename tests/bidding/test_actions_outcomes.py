"""A refusal that is raised only after the commit."""

import pytest

from bidding.actions.outcomes import settle
from marketplace.kernel.verdicts import Refused


def test_what_was_done_is_handed_on() -> None:
    done = object()

    assert settle(done) is done


def test_a_refusal_is_raised_as_it_is() -> None:
    refusal = Refused()

    with pytest.raises(Refused) as raised:
        settle(refusal)

    assert raised.value is refusal
