import pytest

from marketplace.actions.registration import register_agency, register_buyer
from marketplace.models import Agency, AuditEntry, Buyer, Membership, Organization
from marketplace.verdicts import Refused
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory, division, valid_uscc

pytestmark = pytest.mark.django_db
RIGHT = valid_uscc(1)
WRONG_DIGIT = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")


def test_register_agency_makes_a_draft_and_its_first_manager() -> None:
    by = UserFactory()

    organization = register_agency(
        name="江西测试有限公司", uscc=RIGHT.lower(), division=division(), by=by, at=NOON
    )

    assert organization.kind == Organization.Kind.AGENCY
    assert (organization.uscc, organization.has_valid_check_digit) == (RIGHT, True)
    assert organization.registered_at == NOON
    assert Agency.objects.get().status == Agency.Status.DRAFT
    membership = Membership.objects.get()
    assert (membership.user, membership.organization) == (by, organization)
    assert membership.role == Membership.Role.AGENCY_MANAGER
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.after, entry.by) == ("agency.registered", "draft", by)


def test_register_buyer_makes_a_buyer_and_its_first_manager() -> None:
    by = UserFactory()

    organization = register_buyer(
        name="章贡区水利局", uscc=RIGHT, nature="government", division=division(), by=by, at=NOON
    )

    assert Buyer.objects.get().nature == Buyer.Nature.GOVERNMENT
    assert Membership.objects.get().role == Membership.Role.BUYER_MANAGER
    assert AuditEntry.objects.get().organization == organization


def test_a_wrong_check_digit_is_stored_as_such() -> None:
    organization = register_agency(
        name="江西测试有限公司", uscc=WRONG_DIGIT, division=division(), by=UserFactory(), at=NOON
    )

    assert organization.uscc == WRONG_DIGIT
    assert not organization.has_valid_check_digit
    assert not organization.uscc_is_settled


@pytest.mark.parametrize(
    ("uscc", "guard"),
    [
        (RIGHT[:-1], "uscc_has_right_length"),
        (RIGHT[:-1] + "Z", "uscc_has_right_alphabet"),
        (valid_uscc(7), "uscc_is_new"),
    ],
)
def test_register_refuses_a_bad_or_known_code_and_changes_nothing(uscc: str, guard: str) -> None:
    OrganizationFactory(uscc=valid_uscc(7))

    with pytest.raises(Refused) as refused:
        register_agency(
            name="江西测试有限公司", uscc=uscc, division=division(), by=UserFactory(), at=NOON
        )

    assert [verdict.guard for verdict in refused.value.verdicts] == [guard]
    assert Organization.objects.count() == 1
    assert not Membership.objects.exists()
    assert not AuditEntry.objects.exists()
