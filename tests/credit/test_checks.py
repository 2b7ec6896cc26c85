"""The ways up: what credit asks of the apps above."""

import pytest
from django.core.checks import run_checks

from credit.checks import check_restriction_effects
from credit.effects import (
    RESTRICTION_EFFECTS,
)

pytestmark = pytest.mark.django_db


def test_without_effects_the_platform_does_not_start(answering):
    assert check_restriction_effects() == []
    answering(RESTRICTION_EFFECTS.answer())

    assert [finding.id for finding in run_checks() if finding.id == "credit.E001"] == [
        "credit.E001"
    ]
