"""A certificate holds on both of its days; a person works for one agency."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import Practitioner, Qualification
from tests.factories.marketplace import PractitionerFactory, QualificationFactory

pytestmark = pytest.mark.django_db
START, END = date(2025, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


def test_a_certificate_holds_from_its_first_day_to_its_last() -> None:
    QualificationFactory(valid_from=START, valid_until=END)

    days = (START - DAY, START, END, END + DAY)

    found = [Qualification.objects.valid_on(day).exists() for day in days]
    assert found == [False, True, True, False]


def test_a_certificate_without_an_end_holds_for_good() -> None:
    QualificationFactory(valid_from=START, valid_until=None)

    assert Qualification.objects.valid_on(date(2099, 1, 1)).exists()


def test_a_certificate_that_ends_before_it_begins_or_a_second_one_cannot_be_stored() -> None:
    known = QualificationFactory(valid_from=START, valid_until=START)
    same = {
        name: getattr(known, name) for name in ("agency", "service_class", "certificate_number")
    }

    for wrong in ({"valid_from": START, "valid_until": START - DAY}, same):
        with pytest.raises(IntegrityError), transaction.atomic():
            QualificationFactory(**wrong)

    assert [*Qualification.objects.all()] == [known]


def test_a_professional_is_entered_by_one_agency_only() -> None:
    known = PractitionerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PractitionerFactory(certificate_number=known.certificate_number)

    assert [*Practitioner.objects.all()] == [known]
