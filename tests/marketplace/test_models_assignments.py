"""One person handles a thing at a time, and who stands in does so on those days alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import Agency, Assignment, StandIn
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, AuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
ONE_DAY = timedelta(days=1)


def test_a_thing_is_handled_by_one_person() -> None:
    agency, office, officer = AgencyFactory(submitted=True), AuthorityFactory(), UserFactory()
    row = {"subject": agency, "organization": office, "officer": officer}
    row |= {"assigned_by": officer, "assigned_at": NOON}
    made = Assignment.objects.create(**row)

    assert Assignment.objects.handlers(Agency, [agency.pk]) == {agency.pk: made}
    assert Assignment.objects.handlers(Agency, []) == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**row)


def test_who_stands_in_does_so_from_the_first_day_to_the_last() -> None:
    row = {"organization": AuthorityFactory(), "absent": UserFactory()}
    row |= {"substitute": UserFactory(), "set_by": UserFactory(), "set_at": NOON}
    made = StandIn.objects.create(**row, first_day=TODAY, last_day=TODAY + ONE_DAY)

    days = [TODAY + ONE_DAY * number for number in (-1, 0, 1, 2)]
    assert [StandIn.objects.on(day).exists() for day in days] == [False, True, True, False]
    made.end(at=NOON)
    made.save()
    assert not StandIn.objects.on(TODAY).exists()
    for wrong in ({"substitute": row["absent"]}, {"last_day": TODAY - ONE_DAY}):
        days_of = {"first_day": TODAY, "last_day": TODAY}
        with pytest.raises(IntegrityError), transaction.atomic():
            StandIn.objects.create(**row | days_of | wrong)
