"""What a method decides, and that its rule text says what the code does."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import bidding
from bidding.models import Tender
from bidding.selection.methods import (
    METHODS,
    OrderNotPublished,
    method_of,
)
from bidding.selection.terms import TERMS
from marketplace.kernel.calendar import CHINA
from marketplace.models import ServiceItem
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.factories.bidding import TenderFactory

LOWEST, DIRECT = METHODS["lowest"], METHODS["direct"]
BEST, RANDOM = METHODS["best_price"], METHODS["random"]
TEXTS = Path(bidding.__file__).parent / "templates" / "bidding" / "methods"


def test_every_choice_has_its_method_its_ranking_and_its_text():
    assert set(METHODS) == set(TERMS)
    assert {path.stem for path in TEXTS.glob("[!_]*.txt")} == set(METHODS)
    for name, method in METHODS.items():
        assert method.name == name
        assert method.terms_class is TERMS[name]
        assert method_of(Tender(method=name)) is method


@pytest.mark.parametrize("method", METHODS.values())
def test_bids_are_opened_a_grace_after_the_deadline(method):
    end = datetime(2026, 11, 27, tzinfo=CHINA)

    assert method.opening_at(Tender(), end, RULES) == datetime(2026, 11, 27, 0, 1, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("method", "fund", "count"),
    [
        (LOWEST, "fiscal", 3),
        (LOWEST, "state_owned", 3),
        (LOWEST, "private", 1),
        (DIRECT, "private", 1),
        (BEST, "fiscal", 3),
        (BEST, "private", 1),
        (RANDOM, "state_owned", 3),
    ],
)
@pytest.mark.django_db
def test_the_least_number_of_bids_depends_on_method_and_fund(method, fund, count):
    tender = TenderFactory.build(fund=fund, method=method.name)

    assert method.min_signups(tender, RULES) == count


@pytest.mark.parametrize("method", [LOWEST, BEST, DIRECT])
@pytest.mark.parametrize(
    ("amount", "failed"),
    [
        ("0.01", []),
        ("100000.00", []),
        ("100000.01", ["amount_is_within_ceiling"]),
        ("0", ["amount_suits_the_payer"]),
        ("-1", ["amount_is_written_to_the_cent"]),
        ("1.001", ["amount_is_written_to_the_cent"]),
        ("1000000000000", ["amount_is_written_to_the_cent", "amount_is_within_ceiling"]),
    ],
)
def test_an_amount_is_exact_and_within_the_ceiling(method, amount, failed):
    tender = Tender(ceiling=Decimal("100000.00"), item=ServiceItem(paid_by="applicant"))

    assert failing(*method.amount_verdicts(tender, Decimal(amount))) == failed


def test_a_draft_has_no_terms():
    with pytest.raises(OrderNotPublished):
        LOWEST.terms(Tender(method="lowest"), RULES)
