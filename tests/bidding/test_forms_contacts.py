"""A reason is one of four, and who has read as many numbers as one may is told so."""

from bidding.forms.contacts import REASONS, ReasonForm
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict

MAY = Verdict("within_limit", holds=True, text="今天已经看了 50 次", source=FORM)
MAY_NOT = Verdict("within_limit", holds=False, text="今天已经看了 50 次", source=FORM)


def test_a_reason_is_chosen_and_not_typed() -> None:
    right = [ReasonForm({"reason": reason}, asked=MAY).is_valid() for reason, _label in REASONS]
    wrong = [ReasonForm({"reason": reason}, asked=MAY).is_valid() for reason in ("", "curious")]

    assert right == [True] * 4
    assert wrong == [False] * 2


def test_who_has_read_enough_for_today_is_told_so() -> None:
    form = ReasonForm({"reason": "business"}, asked=MAY_NOT)

    assert not form.is_valid()
    assert form.non_field_errors() == ["今天已经看了 50 次。"]
