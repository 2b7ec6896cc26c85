"""What bidding answers of what is asked below it."""

from bidding.ways_up import WAYS_UP
from credit.effects import MATTER_FINDERS, RESTRICTION_DISCLOSURES, RESTRICTION_EFFECTS
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.rules import RULES
from marketplace.questions import EXIT_GUARDS, IDENTITY_GUARDS
from marketplace.web.workbench import ASIDES, NAV, TODOS

TO_CREDIT = (RESTRICTION_EFFECTS, RESTRICTION_DISCLOSURES, MATTER_FINDERS)
ABOUT_PARTIES = (EXIT_GUARDS, IDENTITY_GUARDS)


def test_bidding_answers_what_it_is_asked() -> None:
    assert {answer.way for answer in WAYS_UP if answer.given} >= {
        *TO_CREDIT,
        *ABOUT_PARTIES,
        RULES,
        DUE_WORK,
        NAV,
        TODOS,
        ASIDES,
    }
