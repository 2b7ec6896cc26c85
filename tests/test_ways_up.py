"""Each app's answers to what is asked below it: none is forgotten, and each stands in one list."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from credit.effects import MATTER_FINDERS, RESTRICTION_DISCLOSURES, RESTRICTION_EFFECTS
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.effects import EFFECT_HANDLERS
from marketplace.questions import (
    EXIT_GUARDS,
    IDENTITY_GUARDS,
    READMISSION_GUARDS,
    REPRESENTATIVE_SANCTIONS,
)
from marketplace.web.workbench import ASIDES, NAV, TODOS

ROOT = Path(__file__).resolve().parent.parent
WORK = (DUE_WORK, NAV, TODOS, ASIDES)
WAYS = {
    "marketplace.ways_up": {EFFECT_HANDLERS, *WORK},
    "credit.ways_up": {REPRESENTATIVE_SANCTIONS, EXIT_GUARDS, READMISSION_GUARDS, *WORK},
    "bidding.ways_up": {
        *(RESTRICTION_EFFECTS, RESTRICTION_DISCLOSURES, MATTER_FINDERS),
        *(EXIT_GUARDS, IDENTITY_GUARDS),
        *WORK,
    },
    "search.ways_up": {EFFECT_HANDLERS},
}


def test_every_module_of_answers_is_named_in_the_settings() -> None:
    found = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in ROOT.glob("*/ways_up.py")
    ]

    assert sorted(settings.WAYS_UP) == sorted(found)


@pytest.mark.parametrize("name", WAYS)
def test_an_app_answers_what_it_is_asked(name: str) -> None:
    answers = import_module(name).WAYS_UP

    assert {answer.way for answer in answers if answer.given} >= WAYS[name]
