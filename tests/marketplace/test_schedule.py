from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from marketplace.kernel import trail, triggers
from marketplace.kernel.due import DUE_WORK, next_deadline, run_due
from marketplace.kernel.models import AuditEntry, PublicChange
from marketplace.models import Agency, Membership, Message
from marketplace.models.deadlines import (
    AdmissionDeadline,
    ChangeDeadline,
    ExpiryDeadline,
    MoveDeadline,
)
from marketplace.schedule import (
    check_trail,
    due_work,
    forget_public_changes,
    look_ahead_of_those_without,
)
from tests.clock import NOON
from tests.deadlines import next_act, run
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import AgencyFactory, AuthorityFactory, MembershipFactory, party

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
S = Agency.Status
PUBLICITY = AdmissionDeadline.PUBLICITY


def test_agencies_are_activated_at_their_own_end_however_late_the_run_is() -> None:
    early = AgencyFactory(publicity=True, publicity_ends_at=NOON)
    late = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(hours=1))
    open_still = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=9))
    MembershipFactory(organization=early.organization)

    assert run(PUBLICITY, NOON + timedelta(days=3)) == 2

    rows = {agency.pk: agency for agency in Agency.objects.all()}
    assert rows[early.pk].activated_at == NOON
    assert rows[late.pk].activated_at == NOON + timedelta(hours=1)
    assert rows[open_still.pk].status == S.PUBLICITY
    assert Message.objects.get().created_at == NOON
    entries = AuditEntry.objects.order_by("pk").values_list("target_id", "at")
    assert [*entries] == [(str(early.pk), NOON), (str(late.pk), NOON + timedelta(hours=1))]


@pytest.mark.parametrize(("moved", "count"), [(-INSTANT, 0), (timedelta(), 1)])
def test_publicity_ends_at_its_end_and_not_a_moment_before(moved: timedelta, count: int) -> None:
    agency = AgencyFactory(publicity=True)

    assert run(PUBLICITY, agency.publicity_ends_at + moved) == count


def test_a_second_run_finds_nothing_to_do() -> None:
    agency = AgencyFactory(publicity=True)

    assert run(PUBLICITY, agency.publicity_ends_at) == 1
    assert run(PUBLICITY, agency.publicity_ends_at) == 0
    assert AuditEntry.objects.count() == 1


def test_a_held_agency_is_activated_when_the_sanction_has_ended() -> None:
    agency = AgencyFactory(
        publicity=True, publicity_ends_at=NOON, organization__legal_representative="周敏"
    )
    sanction = RestrictionFactory(organization=active_agency(legal_representative="周敏"))
    end = sanction.effective_to

    assert run(PUBLICITY, NOON) == 0
    assert run(PUBLICITY, end - INSTANT) == 0
    assert Agency.objects.get(pk=agency.pk).status == S.PUBLICITY
    assert not AuditEntry.objects.exists()

    assert run(PUBLICITY, end) == 1
    assert Agency.objects.get(pk=agency.pk).activated_at == end


def test_the_next_end_is_the_first_one_after_the_moment() -> None:
    assert next_act(PUBLICITY, NOON) is None
    AgencyFactory(publicity=True, publicity_ends_at=NOON)
    first = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=1))
    AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=2))
    AgencyFactory(active=True)

    assert next_act(PUBLICITY, NOON) == first.publicity_ends_at


def test_marketplace_s_deadlines_are_part_of_all_that_is_due(answering) -> None:
    answering(DUE_WORK.answer(due_work))
    agency = AgencyFactory(publicity=True)
    end = agency.publicity_ends_at

    kinds = {*AdmissionDeadline, *ChangeDeadline, *ExpiryDeadline, *MoveDeadline}
    assert {work.kind.name for work in due_work()} == kinds
    moment, label = next_deadline(NOON)
    assert (moment, str(label)) == (end, "入驻公示期满")
    assert run_due(end)["agency.publicity"] == 1
    assert run_due(end) == {}


def test_changes_of_what_is_public_are_forgotten_but_for_the_newest_and_the_last_hours() -> None:
    PublicChange.objects.all().delete()
    made = [
        PublicChange.objects.create(changed_at=Now() - timedelta(minutes=minutes)).pk
        for minutes in (61, 59, 62)
    ]

    forget_public_changes()

    assert list(PublicChange.objects.order_by("pk").values_list("pk", flat=True)) == made[1:]


def test_the_whole_trail_is_asked_every_night_and_its_manager_and_readyz_say_what_was_found(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(party(AuthorityFactory(), Membership.Role.MANAGER).user)
    assert "第一次核对以后在这里显示结果" in client.get("/workbench/").content.decode()
    rows = [AuditEntry(at=NOON, verb="test.done", target_type="x", target_id="7") for _ in range(2)]
    entry, _other = AuditEntry.objects.bulk_create(rows)
    entries = AuditEntry.objects.count()

    check_trail()
    [whole] = trail.TrailCheck.objects.all()
    with triggers.lifted():
        AuditEntry.objects.filter(pk=entry.pk).update(data={"amount": "1.00"})
    check_trail()

    assert settings.CELERY_BEAT_SCHEDULE["check-trail"]["task"] == check_trail.name
    assert (whole.entry_count, whole.lost_count) == (entries, 0)
    page = client.get("/workbench/").content.decode()
    assert f"立即查明：\n          {entry.pk}\n" in page
    assert client.get("/readyz").json()["trail_check"]["lost"] == [entry.pk]
    assert "trail_lost" in caplog.text


@pytest.mark.django_db
def test_every_night_agencies_without_a_deadline_get_one(rules: None, settings) -> None:
    agency = AgencyFactory(active=True, business_until=NOON.date())

    look_ahead_of_those_without()

    assert [one.kind for one in agency.deadlines.filter(stopped_at=None)] == ["agency.expiry"]
    entry = settings.CELERY_BEAT_SCHEDULE["look-ahead"]
    assert entry["task"] == look_ahead_of_those_without.name
