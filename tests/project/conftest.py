"""What several tests of the project need."""

from tests.marketplace.conftest import rules

__all__ = ["rules"]
