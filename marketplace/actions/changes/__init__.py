"""Changes of what is registered: proposed by the agency, effective after the formal check."""

from marketplace.actions.changes.decisions import confirm_change, end_agent, return_change
from marketplace.actions.changes.proposals import correct_change, propose_change, withdraw_change

__all__ = [
    "confirm_change",
    "correct_change",
    "end_agent",
    "propose_change",
    "return_change",
    "withdraw_change",
]
