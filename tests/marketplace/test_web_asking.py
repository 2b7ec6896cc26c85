"""What keeps an act back stands on its page as the first rule that does not hold."""

import pytest

from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict
from marketplace.web.asking import Asked


def verdict(name: str, *, holds: bool) -> Verdict:
    return Verdict(name, holds, "规则。", FORM)


def asked(*verdicts: Verdict, is_grave: bool = True) -> Asked:
    return Asked("撤回", "撤回", "", (), verdicts, is_grave)


def test_the_first_rule_that_does_not_hold_is_what_keeps_an_act_back() -> None:
    first, second = verdict("first", holds=False), verdict("second", holds=False)

    assert asked(verdict("holds", holds=True), first, second).failed == (first,)
    assert asked(verdict("holds", holds=True)).failed == ()


@pytest.mark.parametrize(("is_grave", "looks"), [(True, "btn-danger"), (False, "btn-primary")])
def test_the_button_of_an_act_that_cannot_be_taken_back_warns(is_grave: bool, looks: str) -> None:
    assert asked(is_grave=is_grave).button_class == looks
