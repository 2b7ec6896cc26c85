"""Who keeps the catalogue of the province keeps the words by which it is found."""

import pytest

from search.permissions import can_keep_words
from tests.factories.marketplace import PROVINCE, AuthorityFactory, BuyerFactory, division, party

pytestmark = pytest.mark.django_db


def test_a_manager_of_the_province_alone_keeps_the_words() -> None:
    province = AuthorityFactory(division=division(PROVINCE))

    assert can_keep_words(party(province, "manager"))
    assert not can_keep_words(party(province, "operator"))
    assert not can_keep_words(party(AuthorityFactory(), "manager"))
    assert not can_keep_words(party(BuyerFactory().organization, "buyer_manager"))
    assert not can_keep_words(None)
