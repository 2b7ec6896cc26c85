"""A finding is open, answered by a case, or set aside by somebody with reasons."""

import pytest
from django.db import IntegrityError

from credit.models import CreditScheme, Finding
from tests.clock import NOON
from tests.factories.credit import CaseFactory, EntryFactory
from tests.factories.marketplace import UserFactory, division

pytestmark = pytest.mark.django_db


def finding(**changes):
    entry = EntryFactory()
    scheme = CreditScheme.objects.create(
        code="T",
        version=1,
        name="试用",
        division=division("360000"),
        legal_basis="平台默认",
        valid_from="2025-01-01",
        content="{}",
        sha256="0",
        kind_names={},
        loaded_at=NOON,
    )
    values = {"by": "threshold", "trigger": "t", "score": 60, "arithmetic": {}, "found_at": NOON}
    known = {"organization": entry.organization, "entry": entry, "scheme": scheme}
    return Finding.objects.create(**known, **values, basis="平台默认", **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_at": NOON},
        {"closing_reasons": "查过"},
        {"closed_at": NOON, "closing_reasons": "查过"},
    ],
)
def test_nothing_is_set_aside_by_nobody_or_without_reasons(changes):
    with pytest.raises(IntegrityError, match="finding_set_aside_by_somebody_with_reasons"):
        finding(**changes)


def test_open_is_what_nobody_has_seen_to():
    one = finding()
    assert one.is_open
    assert list(Finding.objects.open()) == [one]
    assert list(Finding.objects.open().within(one.organization.division)) == [one]
    assert one.conduct == one.entry.kind

    one.case = CaseFactory()
    one.save()
    assert not one.is_open
    assert not Finding.objects.open().exists()


def test_one_that_was_set_aside_is_not_open():
    one = finding(closed_at=NOON, closed_by=UserFactory(), closing_reasons="查过")

    assert not one.is_open
    assert not Finding.objects.open().exists()
