"""Who takes part in a case: nobody of the party, nobody who stepped back, no officer twice."""

import pytest

from credit.guards.officers import (
    case_is_not_over,
    decider_is_a_second_officer,
    officer_verdicts,
    reviewer_is_a_third_officer,
)
from credit.models import Case, Recusal
from marketplace.models import Membership, User
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import MembershipFactory, UserFactory


@pytest.mark.parametrize(
    ("pk", "decides", "reviews"), [(1, False, False), (2, True, False), (3, True, True)]
)
def test_opener_decider_and_reviewer_are_three(pk, decides, reviews):
    case = Case(opened_by=User(pk=1), decided_by=User(pk=2))

    assert decider_is_a_second_officer(case, User(pk=pk)).holds == decides
    assert reviewer_is_a_third_officer(case, User(pk=pk)).holds == reviews


@pytest.mark.parametrize("status", [*Case.Status])
def test_a_case_changes_hands_while_something_is_left_to_do(status):
    over = {"dismissed", "revoked", "ended", "repaired", "set_aside"}

    assert case_is_not_over(Case(status=status)).holds == (status not in over)


@pytest.mark.django_db
def test_the_party_and_who_stepped_back_take_no_part():
    case, member, recused = CaseFactory(), UserFactory(), UserFactory()
    MembershipFactory(
        user=member, organization=case.organization, role=Membership.Role.AGENCY_MANAGER
    )
    Recusal.objects.create(case=case, user=recused, recused_at=NOON, reasons="亲属")

    assert failing(*officer_verdicts(case, member)) == ["officer_is_no_member_of_the_party"]
    assert failing(*officer_verdicts(case, recused)) == ["officer_is_not_recused"]
    assert failing(*officer_verdicts(case, UserFactory())) == []
