"""What the database itself does not let happen, and what each queryset contains."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.clock import NOON
from tests.factories.credit import (
    EntryFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_a_fact_is_recorded_once():
    entry = EntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(organization=entry.organization, kind=entry.kind, reference=entry.reference)


def test_an_entry_is_corrected_once():
    entry = EntryFactory()
    EntryFactory(organization=entry.organization, reference=entry.reference, corrects=entry)

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(organization=entry.organization, reference=entry.reference, corrects=entry)


def test_nothing_is_recorded_before_it_happened():
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(occurred_at=NOON, recorded_at=NOON - INSTANT)


def test_rows_name_themselves():
    entry = EntryFactory()
    restriction = RestrictionFactory(organization=entry.organization)

    assert str(entry) == f"{entry.organization.name} late_service -5"
    assert str(restriction) == f"{entry.organization.name} 暂停报名"
    assert str(restriction.case) == restriction.case.number
