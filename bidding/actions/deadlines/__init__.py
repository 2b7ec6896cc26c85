"""The deadlines of an order's life: how each is counted, and who is told when it moves."""

from bidding.actions.deadlines.awards import PUBLICITY, SIGNATURE
from bidding.actions.deadlines.contracts import (
    ACCEPTANCE,
    AGENCY_AMENDMENT,
    AMENDMENT,
    ARCHIVE,
    CHECK,
    PAYMENT,
    RATING,
    SERVICE,
    TOLERANCE,
)
from bidding.actions.deadlines.explanations import EXPLANATION, JUDGEMENT
from bidding.actions.deadlines.orders import CHOICE, HALL, OPENING, REGISTRATION, SIGN_UP
from bidding.actions.deadlines.panels import ANSWER, SHEET

__all__ = [
    "ACCEPTANCE",
    "AGENCY_AMENDMENT",
    "AMENDMENT",
    "ANSWER",
    "ARCHIVE",
    "CHECK",
    "CHOICE",
    "EXPLANATION",
    "HALL",
    "JUDGEMENT",
    "OPENING",
    "PAYMENT",
    "PUBLICITY",
    "RATING",
    "REGISTRATION",
    "SERVICE",
    "SHEET",
    "SIGNATURE",
    "SIGN_UP",
    "TOLERANCE",
]
