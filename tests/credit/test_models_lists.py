"""Rows of the lists of others stay when their list lets go of them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from credit.models import ListedParty, ListFault, ListKind
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


def test_a_list_stands_among_the_faults_once_until_it_is_mended():
    told = {"kind": ListKind.TAX, "since": NOON, "failed_at": NOON}
    fault = ListFault.objects.create(**told, mended_at=NOON)
    ListFault.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListFault.objects.create(**told)

    assert ListFault.objects.standing().exclude(pk=fault.pk).count() == 1


def test_a_fault_says_which_list_and_why():
    away = ListFault(since=NOON, failed_at=NOON)

    assert (str(away), away.reason) == ("名单来源", "来源没有应答，或者答复无法识别")
    assert ListFault(kind=ListKind.TAX, why="x").list_name == "重大税收违法失信主体名单"
    assert ListFault(kind="no_list", why="x").list_name == "no_list"
