"""What an owner writes of an order that experts score, and what bidders read of it."""

from __future__ import annotations

import pytest

from bidding.models import Tender
from bidding.rulebook import rules_for
from bidding.selection.methods import METHODS, rule_sentences
from marketplace.kernel.verdicts import Verdict
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.experts import SCORED_BY_EXPERTS, pool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
EXPERTS = METHODS["experts"]


def draft(**parameters: str) -> Tender:
    given = {**SCORED_BY_EXPERTS, **parameters}
    tender: Tender = TenderFactory(method="experts", parameters=given)
    return tender


def asked(tender: Tender) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for field, verdict in EXPERTS.asked(tender, rules_for(tender, NOON), NOON):
        found.setdefault(field, []).append(verdict)
    return found


def test_a_draft_with_enough_experts_and_weights_within_bounds_may_be_sent() -> None:
    tender = draft()
    pool(tender, 5)

    assert [one for each in asked(tender).values() for one in failing(*each)] == []


@pytest.mark.parametrize(
    ("parameters", "field", "guard"),
    [
        ({"record_weight": "9"}, "criteria", "weights_sum_to_a_hundred"),
        (
            {"price_weight": "65", "record_weight": "5", "criteria": "技术路线 30"},
            "price_weight",
            "weights_are_within_bounds",
        ),
        (
            {"price_weight": "30", "record_weight": "25", "criteria": "技术路线 45"},
            "price_weight",
            "weights_are_within_bounds",
        ),
        ({"named_experts": "王工 某某研究院"}, "named_experts", "named_experts_have_reasons"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_field(
    parameters: dict[str, str], field: str, guard: str
) -> None:
    tender = draft(**parameters)
    pool(tender, 5)

    assert failing(*asked(tender)[field]) == [guard]


def test_an_order_is_not_sent_where_the_pool_cannot_seat_a_panel() -> None:
    tender = draft()
    pool(tender, 4)

    assert failing(*asked(tender)["criteria"]) == ["pool_seats_a_panel"]


def test_bidders_read_the_weights_the_panel_and_its_periods() -> None:
    tender = TenderFactory(active=True, method="experts", parameters=SCORED_BY_EXPERTS)
    said = [sentence.text for sentence in rule_sentences(tender)]

    assert "价格占 30%：报价最低的得满分，其他按最低报价与其报价之比得分。" in said
    assert "评审小组由 5 名专家组成，人数为单数。" in said
    assert [one for one in said if one.startswith("信用占 10%")]
    assert [one for one in said if one.startswith("抽中的专家在 1 个工作日内答复")]
    assert [one for one in said if "重新组织时可以改用其他选取方式" in one]
    terms = EXPERTS.own_terms(tender, rules_for(tender, NOON))
    assert (terms.as_json()["seats"], terms.as_json()["drops_outer"]) == (5, False)
