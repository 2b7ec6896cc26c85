"""Reasons are words: blanks are none, whatever they are for."""

import pytest

from credit.guards import reasons
from credit.guards.repairs import commitment_is_made, correction_of_the_breach_is_told
from credit.guards.reviews import review_grounds_are_given

ASKED = (
    *(reasons.decision_reasons_are_given, reasons.revocation_reasons_are_given),
    *(reasons.suspension_reasons_are_given, reasons.reasons_are_given),
    *(reasons.setting_aside_reasons_are_given, reasons.correction_reasons_are_given),
    *(review_grounds_are_given, correction_of_the_breach_is_told, commitment_is_made),
)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(("text", "holds"), [("事实不清", True), (" \n", False), ("", False)])
def test_blanks_are_no_reasons(asked, text, holds):
    assert asked(text).holds == holds
