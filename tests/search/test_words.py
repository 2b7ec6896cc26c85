"""The filters of lists understand words as the search does, once there is an index."""

import pytest
from django.http import QueryDict

from bidding.pages.finding import PUBLIC_SEARCHES
from search.backends import database_index
from search.indexing import rebuild
from search.words import keys_found
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, load_reference

pytestmark = pytest.mark.django_db


def found(scope: str, text: str) -> int:
    asked = QueryDict(mutable=True)
    asked["q"] = text
    return PUBLIC_SEARCHES[scope].found(asked, NOON).filtered().count()


def test_a_list_is_narrowed_by_the_engine_and_by_its_own_columns_while_there_is_none() -> None:
    load_reference()
    award = AwardFactory()
    agency, order = award.bid.agency, award.tender
    texts = {"tenders": order.code, "agencies": agency.uscc, "items": order.item.code}
    texts["awards"] = agency.name

    before = {scope: found(scope, text) for scope, text in texts.items()}
    unknown = keys_found("tender", order.code or "")
    rebuild(database_index())
    after = {scope: found(scope, text) for scope, text in texts.items()}

    assert before == after == dict.fromkeys(texts, 1)
    assert unknown is None
    assert keys_found("tender", " ,") is None
    assert found("tenders", agency.name) == 1  # the winner is no column of the list
    assert found("tenders", "飞碟") == 0
