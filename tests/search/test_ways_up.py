"""What search answers of what is asked below it."""

from marketplace.kernel.effects import EFFECT_HANDLERS
from search.ways_up import WAYS_UP


def test_search_answers_what_it_is_asked() -> None:
    answered = {answer.way for answer in WAYS_UP if answer.given}

    assert answered >= {EFFECT_HANDLERS}
