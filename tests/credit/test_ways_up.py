"""What credit answers of what is asked below it."""

from credit.ways_up import WAYS_UP
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.rules import RULES
from marketplace.questions import EXIT_GUARDS, READMISSION_GUARDS, REPRESENTATIVE_SANCTIONS
from marketplace.web.workbench import ASIDES, NAV, TODOS

ABOUT_AGENCIES = (REPRESENTATIVE_SANCTIONS, EXIT_GUARDS, READMISSION_GUARDS)


def test_credit_answers_what_it_is_asked() -> None:
    assert {answer.way for answer in WAYS_UP if answer.given} >= {
        *ABOUT_AGENCIES,
        RULES,
        DUE_WORK,
        NAV,
        TODOS,
        ASIDES,
    }
