"""A party is told only what is whole, once."""

import pytest

from credit.guards.notices import case_is_found, proposal_is_complete
from credit.models import Case

WHOLE = {"severity": "general", "restriction_kind": "freeze", "legal_basis": "《测试条例》"}


@pytest.mark.parametrize("status", [*Case.Status])
def test_only_what_was_found_is_told(status):
    assert case_is_found(Case(status=status)).holds == (status == "found")


@pytest.mark.parametrize("left_out", [None, *WHOLE])
def test_a_notice_says_class_measure_and_basis(left_out):
    case = Case(**{key: value for key, value in WHOLE.items() if key != left_out})

    assert proposal_is_complete(case).holds == (left_out is None)
