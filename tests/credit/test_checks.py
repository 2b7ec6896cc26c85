"""A sanction that would end nothing is found before the platform starts."""

from credit.checks import check_restriction_effects
from credit.effects import RESTRICTION_EFFECTS


def test_the_platform_runs_with_an_answer_to_its_sanctions() -> None:
    assert check_restriction_effects() == []


def test_without_an_answer_a_decision_would_end_nothing(answering) -> None:
    answering(RESTRICTION_EFFECTS.answer())

    [error] = check_restriction_effects()

    assert error.id == "credit.E001"
    assert "credit.effects.RESTRICTION_EFFECTS" in error.msg
