"""What a unit finds on the page of its own record, and nobody else's."""

from datetime import timedelta

import pytest

from credit.models import StandingCheck
from credit.pages.own import RECENT, cases_of, own_checks, record_of
from tests.clock import NOON
from tests.factories.credit import CaseFactory, EntryFactory, active_agency

pytestmark = pytest.mark.django_db


def test_the_record_keeps_what_was_corrected():
    agency = active_agency()
    wrong = EntryFactory(organization=agency, occurred_at=NOON - timedelta(days=2))
    right = EntryFactory(organization=agency, corrects=wrong, points=0)
    EntryFactory()

    assert [*record_of(agency)] == [right, wrong]


def test_the_latest_cases_are_shown():
    agency = active_agency()
    made = [CaseFactory(organization=agency) for _case in range(RECENT + 1)]
    CaseFactory()

    assert {*cases_of(agency)} == {*made[1:]}


def test_what_was_asked_is_for_the_own_eyes():
    agency, other = active_agency(), active_agency()
    asked = [
        StandingCheck.objects.create(
            organization=one,
            moment=StandingCheck.Moment.SIGN_UP,
            reference="T1",
            asked_at=NOON,
            is_clear=True,
        )
        for one in (agency, other)
    ]

    assert [*own_checks(agency)] == asked[:1]
