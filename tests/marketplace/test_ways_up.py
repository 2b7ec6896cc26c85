"""What marketplace answers of what is asked below it."""

from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.effects import EFFECT_HANDLERS
from marketplace.kernel.rules import RULES
from marketplace.ways_up import WAYS_UP
from marketplace.web.workbench import ASIDES, NAV, TODOS


def test_marketplace_answers_what_it_is_asked() -> None:
    assert {answer.way for answer in WAYS_UP if answer.given} >= {
        RULES,
        EFFECT_HANDLERS,
        DUE_WORK,
        NAV,
        TODOS,
        ASIDES,
    }
