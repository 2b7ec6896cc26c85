"""A repair ends a restriction and its publication early."""

from datetime import datetime, timedelta

import pytest

from credit.actions import (
    decide_repair,
    file_repair,
)
from credit.measures import is_restricted
from credit.models import Case, Entry, Repair
from credit.permissions import can_see_decision_at
from marketplace.kernel.calendar import CHINA
from marketplace.models import Agency
from tests.bidding.refusals import refused
from tests.credit.remedies import regulator, running
from tests.factories.credit import decision, notice
from tests.factories.marketplace import (
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


def repair_of(restriction, at, by, **changes):
    said = {"correction": "已经整改。", "commitment": "今后诚信服务。", **changes}
    case = Case.objects.get(pk=restriction.case_id)
    return file_repair(case=case, by=by, at=at, **said)


def test_a_repair_waits_for_the_least_period_and_ends_restriction_and_publication(
    agency, authority
):
    measure = {"restriction_kind": "removal", "months": 24}
    case = notice(organization=agency, authority=authority, **measure)
    restriction = decision(case)
    first, speaker = datetime(2027, 12, 3, tzinfo=CHINA), UserFactory()
    with refused("least_period_has_passed"):
        repair_of(restriction, first - timedelta(seconds=1), speaker)
    with refused("commitment_is_made"):
        repair_of(restriction, first, speaker, commitment=" ")
    assert not Repair.objects.exists()
    repair = repair_of(restriction, first, speaker)
    with refused("no_repair_is_pending"):
        repair_of(restriction, first, speaker)
    case.refresh_from_db()
    with refused("decider_is_a_second_officer"):
        decide_repair(
            repair=repair, is_granted=True, reasons="x", by=case.opened_by, at=first + DAY
        )

    by, at = regulator(authority), first + DAY
    decide_repair(repair=repair, is_granted=False, reasons="还没有整改到位。", by=by, at=at)
    assert is_restricted(agency, at)
    again = repair_of(restriction, at + DAY, speaker)
    decide_repair(repair=again, is_granted=True, reasons="已经整改。", by=by, at=at + 2 * DAY)

    at += 2 * DAY
    restriction.refresh_from_db()
    assert (Case.objects.get().status, restriction.lifted_at) == (S.REPAIRED, at)
    assert not is_restricted(agency, at)
    assert not can_see_decision_at(None, restriction, at)
    assert running(restriction) == {}
    assert Agency.objects.get().status == Agency.Status.WITHDRAWN
    assert Entry.objects.count() == 1
    with refused("repair_is_pending"):
        decide_repair(repair=again, is_granted=False, reasons="x", by=by, at=at)
