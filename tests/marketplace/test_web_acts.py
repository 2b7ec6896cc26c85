"""Which acts stand as a form, which as a button, and which are closed for one reason."""

from django import forms

from marketplace.kernel.verdicts import Verdict
from marketplace.web.acts import Act, Acts

HOLDS = Verdict("holds", True, "", "")
LATE = Verdict("is_in_time", False, "已经截止", "")
BARRED = Verdict("is_free", False, "处于限制期", "")


class Reason(forms.Form):
    reason = forms.CharField()


def act(name: str, *verdicts: Verdict, form: forms.Form | None = None) -> Act:
    return Act(name, name, f"/{name}/", verdicts or (HOLDS,), form)


def test_the_first_rule_that_does_not_hold_is_the_one_that_is_told() -> None:
    assert act("sign").failed == ()
    assert act("sign", HOLDS, LATE, BARRED).failed == (LATE,)


def test_a_possible_act_is_a_form_or_a_button_and_another_is_neither() -> None:
    def drawn(one: Act) -> tuple[bool, bool]:
        return one.is_drawn_as_form, one.is_offered

    assert drawn(act("sign")) == (False, True)
    assert drawn(act("sign", form=Reason())) == (True, False)
    assert drawn(act("sign", LATE)) == drawn(act("sign", LATE, form=Reason())) == (False, False)


def test_a_form_that_was_sent_and_refused_is_not_lost() -> None:
    sent = act("sign", LATE, form=Reason({"reason": "因为"}))

    assert sent.is_drawn_as_form
    assert (Acts([sent]).is_refused, Acts([sent]).closed) == (True, [])
    assert not Acts([act("sign", form=Reason())]).is_refused


def test_acts_that_are_closed_for_the_same_reason_share_it() -> None:
    acts = Acts([act("sign", LATE), act("view"), act("pay", BARRED), act("end", HOLDS, LATE)])

    assert [one.name for one in acts.offered] == ["view"]
    assert acts.with_form == []
    closed = [(group.failed, [one.name for one in group.acts]) for group in acts.closed]
    assert closed == [((LATE,), ["sign", "end"]), ((BARRED,), ["pay"])]
    assert [group.why.name for group in acts.closed] == ["why-sign", "why-pay"]
