"""What is found waits for an officer; notice needs evidence."""

from datetime import timedelta

import pytest

from credit.actions import (
    find_case,
    give_notice,
    prepare_case,
    set_case_aside,
)
from credit.models import Case, CaseSource, Conduct
from credit.permissions import can_see_own_case
from credit.standing import authority_for
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from marketplace.parties import Party
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.remedies import regulator, running
from tests.factories.credit import proposal
from tests.factories.marketplace import (
    AuthorityFactory,
    UserFactory,
    division,
)
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


def test_what_is_found_waits_for_an_officer_and_its_party_does_not_know(agency, authority):
    agency.refresh_from_db()
    told = {"kind": Conduct.COLLUSION, "facts": "报价文件雷同。", "occurred_at": NOON - DAY}

    case = find_case(organization=agency, source=CaseSource.COMPLAINT, at=NOON, **told)

    assert (case.status, case.authority, case.notified_at) == (S.FOUND, authority, None)
    assert list(running(case)) == ["case.check"]
    assert not Message.objects.exists()
    reader = Party(user=UserFactory(), organization=agency, roles=frozenset())
    assert not can_see_own_case(reader, case)
    officer = regulator(authority)
    with refused("proposal_is_complete"):
        give_notice(case=case, by=officer, at=NOON)

    set_case_aside(case=case, reasons="查无此事。", by=officer, at=NOON + DAY)

    case.refresh_from_db()
    assert (case.status, case.closed_at, running(case)) == (S.SET_ASIDE, NOON + DAY, {})
    assert not Message.objects.exists()
    assert not can_see_own_case(reader, case)


def test_the_nearest_authority_of_the_place_sees_to_it(authority):
    city = AuthorityFactory(division=division("360100"))

    found = [authority_for(division(code)) for code in ("360702", "360100")]

    assert found == [authority, city]
    assert authority_for(division("360800")) is None


def test_a_notice_needs_evidence_and_says_nothing_without_it(agency, authority):
    officer = regulator(authority)
    told = proposal(organization=agency, authority=authority)
    case = prepare_case(proposal=told, by=officer, at=NOON)
    with refused("evidence_is_given"):
        give_notice(case=case, by=officer, at=NOON)

    case.refresh_from_db()
    assert (case.status, case.notified_at) == (S.FOUND, None)
    assert not Message.objects.exists()


def test_a_case_is_prepared_by_one_and_can_be_told_only_once(agency, authority):
    officer = regulator(authority)
    case = prepare_case(
        proposal=proposal(organization=agency, authority=authority),
        by=officer,
        at=NOON,
        files=[upload()],
    )
    assert (case.status, case.handled_by, case.opened_by) == (S.FOUND, officer, None)

    give_notice(case=case, by=officer, at=NOON + DAY)

    case.refresh_from_db()
    assert (case.status, case.notified_at, case.opened_by) == (S.NOTIFIED, NOON + DAY, officer)
    assert list(running(case)) == ["case.statement"]
    with refused("case_is_found"):
        give_notice(case=case, by=officer, at=NOON + DAY)
    assert AuditEntry.objects.filter(verb="case.opened").count() == 1
