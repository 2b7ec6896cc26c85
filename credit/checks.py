"""System checks of credit."""

from typing import Any

from django.core.checks import CheckMessage, Error

from credit.effects import RESTRICTION_EFFECTS


def check_restriction_effects(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse to run without effects: a sanction that ends nothing would pass unnoticed."""
    if any(True for _effect in RESTRICTION_EFFECTS):
        return []
    message = "No app answers to credit.effects.RESTRICTION_EFFECTS: a decision would end no bids"
    return [Error(message, id="credit.E001")]
