"""Rows of the lists of others stay when their list lets go of them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from credit.models import ListedParty, ListKind
from tests.clock import NOON

pytestmark = pytest.mark.django_db
ROW = {
    "kind": ListKind.TAX,
    "number": "赣税稽罚〔2026〕1号",
    "name": "赣州某公司",
    "code": "91360702MA35000000",
    "issuer": "赣州市税务局",
    "listed_on": date(2026, 5, 1),
    "basis": "x",
}


def test_somebody_stands_on_a_list_once_for_each_document():
    row = ListedParty.objects.create(**ROW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedParty.objects.create(**ROW)
    other = ListedParty.objects.create(**{**ROW, "number": "赣税稽罚〔2026〕2号"})

    ListedParty.objects.filter(pk=row.pk).update(removed_at=NOON)

    assert list(ListedParty.objects.standing()) == [other]
