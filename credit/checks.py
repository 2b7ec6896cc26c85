"""System checks of credit."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_restriction_effects(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse an empty list of effects: a sanction that ends nothing would pass unnoticed."""
    if settings.RESTRICTION_EFFECTS:
        return []
    return [Error("RESTRICTION_EFFECTS is empty: a decision would end no bids", id="credit.E001")]
