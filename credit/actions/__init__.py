"""Every act of credit: one function each, keyword-only, in one transaction."""

from credit.actions.cases import close_statement, hear_statement, open_case
from credit.actions.checks import Question, ask_standing, ask_standings
from credit.actions.decisions import decide_case, dismiss_case, end_restriction, revoke_case
from credit.actions.entries import correct_entry, record_entry
from credit.actions.findings import set_aside
from credit.in_force import NoPointsInRulebook

__all__ = [
    "NoPointsInRulebook",
    "Question",
    "ask_standing",
    "ask_standings",
    "close_statement",
    "correct_entry",
    "decide_case",
    "dismiss_case",
    "end_restriction",
    "hear_statement",
    "open_case",
    "record_entry",
    "revoke_case",
    "set_aside",
]
