"""What nearly every test of bidding stands on."""

import pytest

from tests.factories.bidding import load_reference


@pytest.fixture
def reference(db: None) -> None:
    """The shipped rule values and the official calendar."""
    load_reference()
