"""Buttons that hang on rules: posted, disabled with their reasons, or asked about first."""

from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.verdicts import Verdict
from tests.markup import draw

LATE = Verdict("is_in_time", False, "报名已经截止", PLATFORM_DEFAULT)


def test_a_button_that_is_not_possible_now_names_its_own_reasons() -> None:
    source = '{% action_button "报名" "/a/" verdicts %}{% action_button "报名" "/b/" verdicts %}'

    drawn = draw(source, verdicts=[LATE])

    assert drawn.count("报名已经截止") == 2
    names = {part.split('"')[0] for part in drawn.split('id="')[1:]}
    assert len(names) == 2
    assert all(f'aria-describedby="{name}"' in drawn for name in names)
    assert "<form" not in drawn


def test_a_list_of_verdicts_says_what_fails() -> None:
    assert "报名已经截止" in draw("{% verdicts verdicts %}", verdicts=[LATE])
