"""Whose case it is, and who stands back from it."""

from datetime import timedelta

import pytest

from credit.actions import (
    close_statement,
    decide_case,
    end_restriction,
    hand_over,
    recuse,
    revoke_case,
)
from credit.models import Case, Restriction
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.remedies import regulator
from tests.factories.credit import GRACE, decision, notice
from tests.factories.marketplace import (
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


@pytest.fixture
def decided(agency, authority):
    restriction = decision(notice(organization=agency, authority=authority))
    restriction.refresh_from_db()
    return restriction


def test_a_case_goes_to_a_colleague_who_is_told(authority):
    case, colleague, stranger = notice(authority=authority), regulator(authority), UserFactory()
    with refused("colleague_is_a_regulator"):
        hand_over(case=case, colleague=stranger, reasons="休假", by=case.opened_by, at=NOON)

    hand_over(case=case, colleague=colleague, reasons="休假", by=case.opened_by, at=NOON)

    assert Case.objects.get().handled_by == colleague
    assert Message.objects.get(user=colleague, kind="credit/case_handed_over")


def test_who_stands_back_takes_no_further_part(authority):
    case, officer = notice(authority=authority), regulator(authority)
    recuse(case=case, reasons="与当事单位负责人是亲属。", by=officer, at=NOON)

    with refused("officer_is_not_recused"):
        decide_case(case=case, reasons="x", by=officer, at=case.statement_due_at + GRACE)
    with refused("officer_is_not_recused"):
        hand_over(case=case, colleague=officer, reasons="x", by=case.opened_by, at=NOON)
    close_statement(case=case, at=case.statement_due_at + GRACE)
    case.refresh_from_db()
    assert (case.status, Restriction.objects.count()) == (S.STATED, 0)


def test_a_member_of_the_party_decides_nothing(agency, authority):
    case, officer = notice(organization=agency, authority=authority), regulator(authority)
    MembershipFactory(organization=agency, user=officer)

    with refused("officer_is_no_member_of_the_party"):
        decide_case(case=case, reasons="x", by=officer, at=case.statement_due_at + GRACE)

    assert not Restriction.objects.exists()


def test_the_authority_above_corrects_a_decision_that_ended(decided):
    end_restriction(restriction=decided, at=decided.effective_to)

    revoke_case(
        case=Case.objects.get(), reasons="事实有误。", by=UserFactory(), at=decided.effective_to
    )

    assert Case.objects.get().status == S.REVOKED
