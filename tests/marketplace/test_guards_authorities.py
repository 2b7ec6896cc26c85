"""Which authorities an office may put up, and who confirms one."""

import pytest

from marketplace.guards import authorities as guards
from marketplace.models import AuthorityProposal
from tests.clock import NOON
from tests.factories.marketplace import (
    COUNTY,
    AuthorityFactory,
    MembershipFactory,
    Role,
    UserFactory,
    division,
)

pytestmark = pytest.mark.django_db
AREA = "360700"
"""The city that 章贡区 lies in."""


@pytest.mark.parametrize(
    ("code", "holds"), [(COUNTY, True), (AREA, False), ("360000", False), ("360802", False)]
)
def test_an_authority_is_set_up_below_the_office_alone(code: str, holds: bool) -> None:
    office = AuthorityFactory(division=division(AREA))

    verdict = guards.area_lies_below(office, division(code))

    assert verdict.holds is holds
    assert holds or division(code).full_name in verdict.explained


def test_a_closed_division_gets_no_authority() -> None:
    place = division(COUNTY)
    place.closed_on = NOON.date()

    assert not guards.area_lies_below(AuthorityFactory(division=division(AREA)), place).holds


def test_an_authority_with_a_manager_invites_by_itself_and_another_is_given_one() -> None:
    authority = AuthorityFactory()
    asked = authority.name, authority.division
    MembershipFactory(organization=authority, role=Role.OPERATOR)
    assert guards.authority_has_no_manager(*asked).holds
    member = MembershipFactory(organization=authority, role=Role.MANAGER)
    assert not guards.authority_has_no_manager(*asked).holds
    member.is_active = False
    member.save()

    assert guards.authority_has_no_manager(*asked).holds


def test_a_third_person_confirms_what_waits() -> None:
    proposer, invited, third = (UserFactory() for _one in range(3))
    proposal = AuthorityProposal(
        name="甲", division=division(), login=invited.username, proposed_by=proposer
    )

    def failing(by: object) -> list[str]:
        found = guards.may_confirm_authority(proposal, by)
        return [one.guard for one in found if not one.holds]

    assert failing(proposer) == failing(invited) == ["authority_is_confirmed_by_a_third"]
    assert failing(third) == []
    proposal.withdrawn_at = NOON
    assert failing(third) == ["authority_proposal_waits"]
