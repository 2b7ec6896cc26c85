"""The deadlines of an order's life: how each is counted, and who is told when it moves."""

from bidding.actions.deadlines.awards import PUBLICITY, SIGNATURE
from bidding.actions.deadlines.contracts import (
    ACCEPTANCE,
    AGENCY_AMENDMENT,
    AMENDMENT,
    ARCHIVE,
    CHECK,
    RATING,
    SERVICE,
    TOLERANCE,
)
from bidding.actions.deadlines.explanations import EXPLANATION, JUDGEMENT
from bidding.actions.deadlines.orders import CHOICE, HALL, OPENING, REGISTRATION, SIGN_UP

__all__ = [
    "ACCEPTANCE",
    "AGENCY_AMENDMENT",
    "AMENDMENT",
    "ARCHIVE",
    "CHECK",
    "CHOICE",
    "EXPLANATION",
    "HALL",
    "JUDGEMENT",
    "OPENING",
    "PUBLICITY",
    "RATING",
    "REGISTRATION",
    "SERVICE",
    "SIGNATURE",
    "SIGN_UP",
    "TOLERANCE",
]
