"""What a piece of work says on the officer's page."""

import pytest

from marketplace.pages.performance import evidence_card, work_facts
from tests.factories.parties import PerformanceFactory


@pytest.mark.django_db
def test_an_order_needs_no_paper_and_work_from_elsewhere_shows_its_own() -> None:
    order, work = PerformanceFactory(), PerformanceFactory(declared=True, reasons="与合同一致")

    assert evidence_card(order) is None
    card = evidence_card(work)
    assert card is not None
    assert card.url == f"/admission/performance/{work.slug}/evidence/"
    facts = {str(one.label): one.value for one in work_facts(work)}
    assert (facts["合同金额"], facts["核验意见"]) == ("80,000.00 元", "与合同一致")
    assert "核验意见" not in {str(one.label) for one in work_facts(order)}
