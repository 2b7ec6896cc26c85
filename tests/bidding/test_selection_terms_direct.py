"""The terms of an order that names its agency."""

from decimal import Decimal

import pytest

from bidding.selection.terms.direct import DirectTerms, NotOneEntrant

NAMED = "91360102MA36E8JC50"
TERMS = DirectTerms(ceiling=Decimal(9), named_agency=NAMED)


def test_the_named_agency_alone_may_answer_and_its_answer_settles_the_order():
    assert TERMS.answering() == NAMED
    assert TERMS.settles_on_entry is True
    assert TERMS.bounds() == (None, Decimal(9))


def test_there_is_one_agency_and_it_wins():
    assert TERMS.rank({NAMED: Decimal(5)}, bytes(32), b"").order == (NAMED,)
    with pytest.raises(NotOneEntrant):
        TERMS.rank({NAMED: Decimal(5), "another": Decimal(4)}, bytes(32), b"")


def test_terms_survive_their_own_json():
    assert TERMS.as_json() == {"ceiling": "9.00", "named_agency": NAMED}
    assert DirectTerms.read(TERMS.as_json()) == TERMS
