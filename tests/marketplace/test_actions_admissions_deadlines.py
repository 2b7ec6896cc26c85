"""The deadlines of an admission: counted again when the year that they rest on is published."""

from datetime import date, datetime

import pytest

from marketplace.actions.admissions import approve_admission, submit_admission
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Message
from marketplace.models.deadlines import AdmissionDeadline
from tests.deadlines import settle_one
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    ServiceClassFactory,
    UserFactory,
)

YEAR_END = datetime(2026, 12, 30, 10, tzinfo=CHINA)
LOADED = datetime(2026, 12, 30, 18, tzinfo=CHINA)


def publish_2027(*holidays: date) -> None:
    """Publish the year 2027 with these holidays, and one at its end."""
    for day in {*holidays, date(2027, 10, 1)}:
        CalendarDay.objects.create(day=day, is_workday=False, name="节日", source="test")


def submitted_at_the_year_s_end() -> Agency:
    agency = AgencyFactory(complete=True, qualified_in=ServiceClassFactory())
    MembershipFactory(organization=agency.organization)
    return submit_admission(agency=agency, by=UserFactory(), at=YEAR_END)


def moments(agency: Agency) -> tuple[datetime | None, datetime | None, bool]:
    agency = Agency.objects.get(pk=agency.pk)
    return agency.check_due_at, agency.publicity_ends_at, agency.is_due_provisional


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_the_check_s_deadline_moves_behind_a_holiday_and_the_agency_is_told() -> None:
    agency = submitted_at_the_year_s_end()
    provisional = datetime(2027, 1, 2, tzinfo=CHINA)
    assert moments(agency) == (provisional, None, True)
    publish_2027(date(2027, 1, 1))

    [found] = settle_deadlines(LOADED)

    after = datetime(2027, 1, 5, tzinfo=CHINA)
    uscc = agency.organization.uscc
    assert found == Settled(uscc, "agency.check", provisional, after, is_provisional=False)
    assert moments(agency) == (after, None, False)
    entry = AuditEntry.objects.get(verb="agency.deadline_settled")
    assert (entry.by, entry.at, entry.organization) == (None, LOADED, agency.organization)
    assert entry.data == {
        "deadline": "agency.check",
        "announced": provisional.isoformat(),
        "settled": after.isoformat(),
        "is_provisional": False,
    }
    message = Message.objects.get()
    assert message.subject == "入驻申请的形式审核期限已重新计算"
    assert "由暂定的 2027年1月1日 24:00 改为 2027年1月4日 24:00。" in message.body
    assert settle_deadlines(LOADED) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_publicity_that_the_new_year_does_not_touch_is_settled_without_a_message() -> None:
    agency = submitted_at_the_year_s_end()
    approve_admission(agency=agency, by=UserFactory(), at=YEAR_END)
    Message.objects.all().delete()
    end = datetime(2027, 1, 7, tzinfo=CHINA)
    assert moments(agency)[1:] == (end, True)
    publish_2027()

    [found] = settle_deadlines(LOADED)

    assert not found.has_moved
    assert moments(agency)[1:] == (end, False)
    assert not Message.objects.exists()
    assert AuditEntry.objects.filter(verb="agency.deadline_settled").count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_while_the_year_is_not_published_nothing_changes() -> None:
    agency = submitted_at_the_year_s_end()
    before = moments(agency)

    assert settle_deadlines(LOADED) == []
    assert moments(agency) == before
    assert not AuditEntry.objects.filter(verb="agency.deadline_settled").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_deadline_that_has_passed_stays_as_it_was() -> None:
    agency = submitted_at_the_year_s_end()
    publish_2027(date(2027, 1, 1))
    before = moments(agency)
    passed = before[0]

    assert settle_deadlines(passed) == []
    with pytest.raises(Refused) as refused:
        settle_one(AdmissionDeadline.CHECK, agency, passed)
    assert [verdict.guard for verdict in refused.value.verdicts] == ["deadline_still_runs"]
    assert moments(agency) == before


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_deadline_that_is_not_provisional_is_refused() -> None:
    agency = AgencyFactory(publicity=True)

    with pytest.raises(Refused) as refused:
        settle_one(AdmissionDeadline.PUBLICITY, agency, agency.checked_at)

    assert [verdict.guard for verdict in refused.value.verdicts] == ["deadline_is_provisional"]
    assert not AuditEntry.objects.exists()
