"""What is gathered of a place: what closes next, what was awarded, and the numbers of the year."""

import pytest
from django.db.models import Q

from bidding.actions.reckoning import reckon
from bidding.pages.figures.scope import Scope
from bidding.pages.gathered import gathered
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_only_what_meets_the_conditions_is_gathered() -> None:
    here, there = division("360700"), division("360100")
    closing = TenderFactory(active=True, division=here)
    TenderFactory(active=True, division=there)
    award = AwardFactory(active=True, tender__division=here)
    AwardFactory(tender__division=here)
    AwardFactory(active=True, tender__division=there)
    reckon(at=NOON)
    conditions = (Q(division=here), Q(tender__division=here))

    found = gathered("here", Scope("2026", "360700"), *conditions, NOON)

    assert [row.code for row in found.orders] == [closing.code]
    assert [row.code for row in found.awards] == [award.tender.code]
    assert found.open_count == 1
    assert [(one.label, one.value, one.note) for one in found.numbers] == [
        ("正在报名", "1", ""),
        ("本年采购公告", "3", ""),
        ("本年中选", "1", "共 9.00 万元"),
        ("从公告到中选", "8.0", "本年中选的中位数"),
    ]
