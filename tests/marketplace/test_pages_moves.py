"""The way of a move in steps, as far as it has come."""

import pytest

from marketplace.models import PractitionerMove
from marketplace.pages.moves import move_steps
from marketplace.web.components import FUTURE, NOW, PAST

S = PractitionerMove.Status
STEPS = {
    S.REQUESTED: [("提出转入", PAST), ("原机构答复", NOW), ("办结", FUTURE)],
    S.CONTESTED: [
        ("提出转入", PAST),
        ("原机构不同意", PAST),
        ("运营机构办理", NOW),
        ("办结", FUTURE),
    ],
    S.RELEASED: [("提出转入", PAST), ("已转入", PAST)],
    S.REFUSED: [("提出转入", PAST), ("未予转入", PAST)],
    S.WITHDRAWN: [("提出转入", PAST), ("已撤回", PAST)],
}


@pytest.mark.parametrize("status", [*S])
def test_each_state_has_its_steps(status: str) -> None:
    steps = move_steps(PractitionerMove(status=status))

    assert [(str(one.label), one.state) for one in steps] == STEPS[S(status)]
