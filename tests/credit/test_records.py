"""What a public page may show of a record."""

import pytest

from credit.records import public_record_of
from credit.standing import public_standings_of
from tests.clock import NOON
from tests.factories.credit import CaseFactory, EntryFactory
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.mark.parametrize(("severity", "is_shown"), [("minor", False), ("general", True)])
def test_a_public_record_leaves_out_what_an_unpublished_decision_wrote(severity, is_shown):
    other = EntryFactory()
    agency = other.organization
    written = EntryFactory(organization=agency)
    by = UserFactory()
    first = EntryFactory(organization=agency, reference="x", corrects=written, recorded_by=by)
    second = EntryFactory(organization=agency, reference="x", corrects=first, recorded_by=by)
    CaseFactory(organization=agency, severity=severity, entry=written, decided=True)

    expected = {other, written, first, second} if is_shown else {other}
    assert {*public_record_of(agency, NOON)} == expected


@pytest.mark.parametrize("who", ["platform", "published"])
def test_what_stands_by_itself_behind_an_unpublished_decision_is_shown(who):
    written = EntryFactory(recorded_by=UserFactory())
    agency = written.organization
    by = None if who == "platform" else UserFactory()
    own = EntryFactory(organization=agency, reference="x", corrects=written, recorded_by=by)
    CaseFactory(organization=agency, severity="minor", entry=written, revoked=True)
    if who == "published":
        CaseFactory(organization=agency, severity="general", entry=own, decided=True)

    [shown] = public_record_of(agency, NOON)

    assert shown == own
    assert not shown.is_shown_as_correction
    assert public_standings_of([agency], NOON)[agency.pk].score == 95


def test_a_correction_that_is_not_shown_is_not_told_of():
    written = EntryFactory(recorded_by=UserFactory())
    agency = written.organization
    hidden = EntryFactory(
        organization=agency, reference="x", corrects=written, recorded_by=UserFactory()
    )
    CaseFactory(organization=agency, severity="general", entry=written, revoked=True)
    CaseFactory(organization=agency, severity="minor", entry=hidden, decided=True)

    [shown] = public_record_of(agency, NOON)

    assert (shown, shown.corrected_by) == (written, hidden)
