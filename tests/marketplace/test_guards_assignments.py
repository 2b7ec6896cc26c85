"""Who has a thing keeps it while at work."""

from datetime import timedelta

import pytest

from marketplace.guards.assignments import nobody_at_work_has_it
from marketplace.models import Assignment, StandIn
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, AuthorityFactory, UserFactory

TODAY, ONE_DAY = NOON.date(), timedelta(days=1)


@pytest.mark.django_db
def test_a_colleague_takes_over_on_the_days_of_absence_alone() -> None:
    office, holder, other = AuthorityFactory(), UserFactory(), UserFactory()
    held = Assignment(
        subject=AgencyFactory(), organization=office, officer=holder, assigned_at=NOON
    )
    StandIn.objects.create(
        organization=office,
        absent=holder,
        substitute=other,
        first_day=TODAY,
        last_day=TODAY,
        set_by=holder,
        set_at=NOON,
    )

    assert nobody_at_work_has_it(None, other, TODAY).holds
    assert nobody_at_work_has_it(held, holder, TODAY + ONE_DAY).holds
    assert nobody_at_work_has_it(held, other, TODAY).holds
    refused = nobody_at_work_has_it(held, other, TODAY + ONE_DAY)
    assert str(holder) in refused.refusal
