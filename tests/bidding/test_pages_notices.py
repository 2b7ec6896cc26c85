"""What the page of one order says of its past."""

import pytest

from bidding.pages.notices import public_log, rerun_of
from marketplace.kernel.audit import record
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def test_the_public_log_tells_public_acts_alone_the_oldest_first() -> None:
    tender, other = TenderFactory(active=True), TenderFactory(active=True)
    for verb in ("tender.approved", "tender.published", "tender.saved"):
        record(by=None, verb=verb, target=tender, at=NOON)
    record(by=None, verb="tender.closed", target=tender, at=NOON, is_sealed=True)
    record(by=None, verb="tender.approved", target=other, at=NOON)

    assert [entry.verb for entry in public_log(tender)] == ["tender.approved", "tender.published"]


def test_the_next_round_is_told_once_it_is_public() -> None:
    tender, cancelled = TenderFactory(unsuccessful=True), TenderFactory(unsuccessful=True)
    following = TenderFactory(active=True, previous=tender, round=2)
    TenderFactory(previous=cancelled, round=2)

    assert rerun_of(tender) == following
    assert rerun_of(cancelled) is None
