"""May an agency ask, may a buyer answer: the reasons as they are read."""

from datetime import timedelta

from bidding.guards.questions import (
    agency_may_ask_once_more,
    answers_are_taken,
    question_hides_its_asker,
    questions_are_taken,
)
from bidding.models import Tender
from marketplace.models import Organization
from tests.bidding.shipped import RULES
from tests.factories.bidding import DEADLINE

OWN = Organization(name="江西知策咨询有限公司", uscc="91360702MAGCRJPF5U")


def test_a_text_must_not_name_its_asker_however_it_is_written() -> None:
    for said in (
        "江西知策咨询有限公司能参加吗？",
        "江西知策 咨询有限公司 能参加吗？",
        "我们的代码是 91360702magcrjpf5u。",
    ):
        assert not question_hides_its_asker(said, OWN).holds
    assert question_hides_its_asker("踏勘由谁组织？", OWN).holds


def test_the_reasons_say_the_period_and_the_rule() -> None:
    tender = Tender()
    late = agency_may_ask_once_more(5, RULES)

    assert late.explained == ("每家机构对一项采购最多提问 5 次。依据：规则手册 question.most。")
    assert agency_may_ask_once_more(4, RULES).holds
    assert questions_are_taken(tender, RULES, DEADLINE).holds
    assert answers_are_taken(tender, RULES, DEADLINE - timedelta(hours=1)).holds
