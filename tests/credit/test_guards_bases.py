"""What a case may rest on."""

import pytest

from credit.guards.bases import basis_verdicts
from marketplace.kernel.models import Law
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.marketplace import law_without_text

pytestmark = pytest.mark.django_db


def test_another_place_s_rule_is_a_reference_and_no_basis(rules):
    law_without_text("湖口县规定")
    Law.objects.filter(name="湖口县规定").update(level=Law.Level.REFERENCE)

    alone = basis_verdicts("参考：湖口县规定", NOON)
    beside = basis_verdicts("《测试条例》；参考：湖口县规定", NOON)

    assert failing(*alone) == ["legal_basis_is_of_law"]
    assert failing(*beside) == []
