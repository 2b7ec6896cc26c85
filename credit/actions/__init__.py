"""Every act of credit: one function each, keyword-only, in one transaction."""

from credit.actions.cases import (
    close_statement,
    find_case,
    give_notice,
    hear_statement,
    prepare_case,
    set_case_aside,
)
from credit.actions.checks import Question, ask_standing, ask_standings
from credit.actions.decisions import decide_case, dismiss_case, end_restriction, revoke_case
from credit.actions.entries import correct_entry, record_entry
from credit.actions.facts import (
    explain_fact,
    judge_fact,
    propose_correction,
    report_fact,
    settle_correction,
)
from credit.actions.findings import set_aside
from credit.actions.hands import hand_over, recuse
from credit.actions.hearings import announce_hearing, hold_hearing
from credit.actions.repairs import decide_repair, file_repair
from credit.actions.reviews import decide_review, file_review, suspend_effect
from credit.guards.cases import Proposal
from credit.in_force import NoPointsInRulebook

__all__ = [
    "NoPointsInRulebook",
    "Proposal",
    "Question",
    "announce_hearing",
    "ask_standing",
    "ask_standings",
    "close_statement",
    "correct_entry",
    "decide_case",
    "decide_repair",
    "decide_review",
    "dismiss_case",
    "end_restriction",
    "explain_fact",
    "file_repair",
    "file_review",
    "find_case",
    "give_notice",
    "hand_over",
    "hear_statement",
    "hold_hearing",
    "judge_fact",
    "prepare_case",
    "propose_correction",
    "record_entry",
    "recuse",
    "report_fact",
    "revoke_case",
    "set_aside",
    "set_case_aside",
    "settle_correction",
    "suspend_effect",
]
