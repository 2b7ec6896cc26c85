"""An agency's way into the register: fill in, submit, formal check, publicity, active; and out."""

from marketplace.actions.admissions.application import (
    add_practitioner,
    add_qualification,
    change_agency,
    remove_practitioner,
    remove_qualification,
    submit_admission,
)
from marketplace.actions.admissions.decisions import (
    activate_agency,
    approve_admission,
    return_admission,
    rule_out_namesakes,
    uphold_objection,
)
from marketplace.actions.admissions.membership import (
    expel_agency,
    reapply_agency,
    withdraw_agency,
)
from marketplace.actions.registration import UnknownFact, register_agency, register_buyer

__all__ = [
    "UnknownFact",
    "activate_agency",
    "add_practitioner",
    "add_qualification",
    "approve_admission",
    "change_agency",
    "expel_agency",
    "reapply_agency",
    "register_agency",
    "register_buyer",
    "remove_practitioner",
    "remove_qualification",
    "return_admission",
    "rule_out_namesakes",
    "submit_admission",
    "uphold_objection",
    "withdraw_agency",
]
