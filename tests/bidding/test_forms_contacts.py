"""A reason is one of four."""

from bidding.forms.contacts import REASONS, ReasonForm


def test_a_reason_is_chosen_and_not_typed() -> None:
    right = [ReasonForm({"reason": reason}).is_valid() for reason, _label in REASONS]
    wrong = [ReasonForm({"reason": reason}).is_valid() for reason in ("", "curious")]

    assert right == [True] * 4
    assert wrong == [False] * 2
