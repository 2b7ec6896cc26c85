"""Questions end before answers do, and what changes an order for its bidders."""

from bidding.rules import notices
from bidding.rules.notices import ANSWER_UNTIL, MATERIAL, QUESTION_UNTIL
from marketplace.kernel.declarations import Group
from tests.bidding.shipped import RULES


def test_the_last_question_comes_before_the_last_answer() -> None:
    [group] = [one for one in notices.RULES if isinstance(one, Group)]

    assert group.holds(RULES)
    assert not group.holds(RULES.changed({QUESTION_UNTIL.key: RULES[ANSWER_UNTIL]}))


def test_a_contact_is_not_material_and_a_ceiling_is() -> None:
    material = RULES.column(MATERIAL)

    assert (material["ceiling"], material["content"]) == (True, True)
    assert (material["contact_name"], material["contact_phone"]) == (False, False)
