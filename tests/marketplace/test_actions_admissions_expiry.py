"""What runs out is told in time, once, until something follows upon it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core import mail

from marketplace.actions.admissions import activate_agency, withdraw_agency
from marketplace.actions.admissions.expiry import (
    EXPIRY,
    look_ahead,
    look_ahead_of_those_without,
    move_on,
    warn_of_expiry,
)
from marketplace.actions.changes import confirm_change
from marketplace.expiring import ONE_DAY
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import DUE_WORK, run_due
from marketplace.models import Agency, ChangeProposal, Message
from marketplace.registered import stored
from marketplace.schedule import due_work
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    ChangeProposalFactory,
    MembershipFactory,
    QualificationFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
LAST = date(2026, 12, 31)


def beijing(*day: int) -> datetime:
    return datetime(*day, tzinfo=CHINA)  # type: ignore[arg-type]


@pytest.fixture
def agency() -> Agency:
    agency = AgencyFactory(publicity=True, publicity_ends_at=NOON)
    QualificationFactory(agency=agency, valid_until=LAST, certificate_number="测1")
    MembershipFactory(organization=agency.organization)
    return activate_agency(agency=agency, at=NOON)


def test_who_was_admitted_before_there_were_warnings_is_warned_all_the_same(
    agency: Agency, answering
) -> None:
    older = AgencyFactory(active=True, business_until=LAST)
    MembershipFactory(organization=older.organization)
    AgencyFactory(active=True)  # nothing of it runs out
    AgencyFactory(withdrawn=True, business_until=LAST)
    answering(DUE_WORK.answer(due_work))

    assert [look_ahead_of_those_without(NOON) for _run in range(2)] == [1, 0]
    run_due(beijing(2026, 12, 1))

    readers = Message.objects.filter(kind="marketplace/papers_expire")
    assert {one.organization for one in readers} == {agency.organization, older.organization}


def told() -> list[str]:
    return [
        message.subject
        for message in Message.objects.filter(kind="marketplace/papers_expire").order_by("pk")
    ]


def test_an_agency_is_warned_on_each_day_and_then_no_more(answering, agency: Agency) -> None:
    answering(DUE_WORK.answer(due_work))

    for moment in (beijing(2026, 11, 30, 23), beijing(2026, 12, 1), beijing(2026, 12, 1, 9)):
        run_due(moment)
    assert told() == ["执照、资质证书还有 30 日到期"]
    run_due(beijing(2027, 2, 1))

    assert told() == [
        "执照、资质证书还有 30 日到期",
        "执照、资质证书还有 7 日到期",
        "执照、资质证书今天到期",
    ]
    last = Message.objects.latest("pk")
    assert "有效期至 2026年12月31日，当天仍然有效，次日起不能在这个类别报名" in last.body
    assert last.url == "/admission/changes/"
    assert EXPIRY.of(Agency.objects.get(pk=agency.pk)) is None


def test_two_schedulers_at_once_tell_it_once(agency: Agency) -> None:
    moment = beijing(2026, 12, 1)

    warn_of_expiry(agency, moment)
    warn_of_expiry(agency, moment)
    move_on(agency, moment, moment)

    assert told() == ["执照、资质证书还有 30 日到期"]
    row = EXPIRY.of(Agency.objects.get(pk=agency.pk))
    assert row is not None
    assert (row.remind_at, row.ends_at) == (beijing(2026, 12, 24), beijing(2027, 1, 1))


def test_a_renewal_that_is_confirmed_ends_the_warnings(answering, agency: Agency) -> None:
    answering(DUE_WORK.answer(due_work))
    old = agency.qualifications.get()
    values = stored(agency, ChangeProposal.Part.QUALIFICATION, old)
    values |= {"valid_from": (LAST + ONE_DAY).isoformat(), "valid_until": "2031-12-31"}
    renewal = ChangeProposalFactory(
        agency=agency, part="qualification", act="renew", target=old.pk, values=values
    )

    run_due(beijing(2026, 12, 1))
    confirm_change(proposal=renewal, by=UserFactory(), at=beijing(2026, 12, 2))
    run_due(beijing(2027, 2, 1))

    assert told() == ["执照、资质证书还有 30 日到期"]
    row = EXPIRY.of(Agency.objects.get(pk=agency.pk))
    assert row is not None
    assert row.ends_at == beijing(2032, 1, 1)


def test_a_licence_counts_too_and_who_has_left_hears_nothing(answering, agency: Agency) -> None:
    answering(DUE_WORK.answer(due_work))
    Agency.objects.filter(pk=agency.pk).update(business_until=date(2026, 12, 10))
    look_ahead(Agency.objects.get(pk=agency.pk), NOON)

    run_due(beijing(2026, 12, 3))
    assert "营业执照的营业期限至 2026年12月10日" in Message.objects.latest("pk").body
    withdraw_agency(agency=agency, by=UserFactory(), at=beijing(2026, 12, 4))
    run_due(beijing(2027, 2, 1))

    assert told() == ["执照、资质证书还有 30 日到期", "执照、资质证书还有 7 日到期"]
    assert mail.outbox == []  # sent by the effects, after the commit
