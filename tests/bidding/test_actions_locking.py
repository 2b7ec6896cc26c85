"""The one order in which the rows of an order's life are locked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.actions.locking import lock_award, lock_contract, lock_tender
from bidding.models import Award, Contract, Tender
from marketplace.models import Organization
from tests.factories.bidding import AwardFactory, ContractFactory, TenderFactory

pytestmark = pytest.mark.django_db
TABLES = {model._meta.db_table: model for model in (Organization, Tender, Award, Contract)}


def read_tables(statements: CaptureQueriesContext) -> list[type]:
    """Return the models whose rows were read, in order."""
    tables = [query["sql"].partition(' FROM "')[2].partition('"')[0] for query in statements]
    return [TABLES[name] for name in tables if name in TABLES]


def test_an_order_is_read_afresh() -> None:
    stale = TenderFactory()
    Tender.objects.filter(pk=stale.pk).update(title="改过的名称")

    assert lock_tender(stale).title == "改过的名称"


def test_an_award_comes_after_its_winner_and_its_order() -> None:
    award = Award.objects.select_related("bid").get(pk=AwardFactory().pk)

    with CaptureQueriesContext(connection) as statements:
        assert lock_award(award) == award

    assert read_tables(statements) == [Organization, Tender, Award]


def test_a_contract_comes_last() -> None:
    found = Contract.objects.select_related("award__bid").get(pk=ContractFactory().pk)

    with CaptureQueriesContext(connection) as statements:
        assert lock_contract(found) == found

    assert read_tables(statements) == [Organization, Tender, Award, Contract]
