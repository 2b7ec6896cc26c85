"""What is read of the cost of a low quote: the public what came of it, its two sides the rest."""

import pytest

from bidding.actions.explanations import lapse_explanation, lapse_judgement
from bidding.pages.explanations import (
    asked_to_explain,
    asked_to_judge,
    cost_words,
    explanation_rows,
    facts_of,
    own_cost,
    waiting_for_bidder,
    waiting_for_judge,
)
from bidding.pages.low_quotes import low_of
from tests.bidding.costing import GIVEN, TEXT, WHY, low_case
from tests.factories.bidding import OPENING
from tests.factories.marketplace import Role, load_rules, party

pytestmark = pytest.mark.django_db


def words(case):
    return str(cost_words(case.tender)[case.agency.uscc])


def test_everybody_reads_how_far_it_is_and_the_reasons_but_not_the_explanation():
    case = low_case()
    assert words(case).startswith("须在 ")
    case.given()
    assert "项目业主在 " in words(case)

    case.judged(is_accepted=False)

    assert words(case) == f"成本说明不成立，报价不计入：{WHY}"
    assert TEXT not in words(case)


def test_silence_is_said_as_the_table_has_it():
    case = low_case()

    lapse_explanation(explanation=case.explanation, at=case.explanation.due_at)

    assert words(case) == "没有在期限内说明成本，报价不计入"


def test_silence_that_counts_is_said_too():
    load_rules(order__outcome__cost_silent__fiscal="go_on")
    case = low_case(fund="fiscal")

    lapse_explanation(explanation=case.explanation, at=case.explanation.due_at)

    assert words(case) == "没有在期限内说明成本，报价照常计入"


def test_what_nobody_judged_holds_in_words():
    case = low_case()
    given = case.given()

    lapse_judgement(explanation=given, at=given.judge_due_at)

    assert words(case) == "已说明成本，业主没有在期限内审核，说明视为成立"


def test_owner_and_officers_read_it_and_the_owner_is_led_to_judge():
    case = low_case()
    case.given()

    row, plain = (explanation_rows(case.tender, may_act=act)[0] for act in (True, False))

    assert (row.text, row.agency) == (TEXT, case.agency.name)
    assert row.judge_url.endswith(f"/explanations/{case.explanation.slug}/")
    assert plain.judge_url == ""


def test_the_bidder_is_led_to_explain_until_it_has():
    case = low_case()
    bid = case.explanation.bid_id
    agency = party(case.agency, Role.AGENCY_MANAGER)
    owner = party(case.tender.buyer, Role.BUYER_MANAGER)
    stranger = party(case.tender.buyer, Role.BUYER_AGENT)

    assert own_cost(case.tender, bid).url == f"/tenders/{case.tender.code}/bid/explain/"
    assert [one.due_at for one in waiting_for_bidder(agency)] == [case.explanation.due_at]
    assert list(waiting_for_judge(owner)) == []
    given = case.given()
    assert own_cost(case.tender, bid).url == ""
    assert list(waiting_for_bidder(agency)) == []
    assert [one.due_at for one in waiting_for_judge(owner)] == [given.judge_due_at]
    assert list(waiting_for_judge(stranger)) == []
    assert own_cost(case.tender, 0) is None


def test_the_pages_that_ask_say_how_low_it_is():
    case = low_case()

    facts = {
        str(fact.label): str(fact.value)
        for fact in facts_of(case.explanation, low_of(case.explanation, OPENING))
    }

    assert facts["机构"] == case.agency.name
    assert facts["报价"].startswith("异常低价：低于平均报价 33.3%")
    assert asked_to_explain(case.explanation, GIVEN).failed == ()
    assert [one.guard for one in asked_to_judge(case.explanation, GIVEN).failed] == [
        "explanation_is_given"
    ]
