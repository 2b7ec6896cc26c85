"""What is kept of a question about an item's requirement."""

from bidding.models import RequirementCheck
from tests.clock import NOON


def test_the_name_of_a_check_says_neither_who_nor_for_what() -> None:
    check = RequirementCheck(moment="sign_up", reference="JX-1", asked_at=NOON)

    assert str(check) == "报名 2026-11-24 12:00"
