"""What the apps above say about a party: all of it, in their order, or nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace import questions
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Division, Organization
from tests.clock import NOON

ONE, TWO, THREE = (Verdict(name, False, name, "") for name in ("one", "two", "three"))
PARTY = Organization(name="甲")


def saying(*verdicts: Verdict, **asked: Any) -> Callable[..., tuple[Verdict, ...]]:
    """Return who says `verdicts` when asked exactly so."""

    def answer(**given: Any) -> tuple[Verdict, ...]:
        assert given == asked
        return verdicts

    return answer


AT = {"organization": PARTY, "at": NOON}


@pytest.mark.parametrize(
    ("way", "ask", "given"),
    [
        (questions.EXIT_GUARDS, questions.exit_verdicts, AT),
        (questions.READMISSION_GUARDS, questions.readmission_verdicts, AT),
        (questions.IDENTITY_GUARDS, questions.identity_verdicts, {"organization": PARTY}),
    ],
    ids=["leaving", "coming back", "another name"],
)
def test_everybody_s_verdicts_on_an_act_are_asked_for(
    answering: Callable[..., None], way: Any, ask: Callable[..., object], given: dict[str, Any]
) -> None:
    answering(way.answer(saying(ONE, TWO, **given), saying(**given), saying(THREE, **given)))

    assert ask(*given.values()) == (ONE, TWO, THREE)


def test_where_nobody_answers_nothing_keeps_a_party(answering: Callable[..., None]) -> None:
    answering(questions.EXIT_GUARDS.answer(), questions.REPRESENTATIVE_SANCTIONS.answer())

    assert questions.exit_verdicts(PARTY, NOON) == ()
    assert questions.sanctions_on_namesakes(PARTY, NOON) == []


def test_sanctions_and_what_rules_touch_are_gathered_from_all(
    answering: Callable[..., None],
) -> None:
    sanctions = [questions.Sanction(PARTY, f"D{number}", NOON, "") for number in (1, 2, 3)]
    touched = [questions.Touched("采购", count, is_touched=True) for count in (1, 0)]
    answering(
        questions.REPRESENTATIVE_SANCTIONS.answer(
            lambda **_asked: sanctions[:2], lambda **_asked: sanctions[2:]
        ),
        questions.RULE_REACHES.answer(lambda **_asked: touched[:1], lambda **_asked: touched[1:]),
    )

    assert questions.sanctions_on_namesakes(PARTY, NOON) == sanctions
    assert questions.touched_by_rules(Division()) == touched
