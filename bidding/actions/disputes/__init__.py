"""Object and complain, take up, answer, decide; what it is about stands still meanwhile."""

from bidding.actions.disputes.common import version_of_dispute
from bidding.actions.disputes.filing import complain, file_dispute
from bidding.actions.disputes.handling import (
    accept_dispute,
    answer_dispute,
    close_dispute,
    decide_dispute,
    go_unanswered,
    lapse_dispute,
    refuse_dispute,
    settle_dispute,
    stand_back,
    withdraw_dispute,
)

__all__ = [
    "accept_dispute",
    "answer_dispute",
    "close_dispute",
    "complain",
    "decide_dispute",
    "file_dispute",
    "go_unanswered",
    "lapse_dispute",
    "refuse_dispute",
    "settle_dispute",
    "stand_back",
    "version_of_dispute",
    "withdraw_dispute",
]
