import pytest

from marketplace.actions.registration import (
    UnknownFact,
    change_buyer,
    register_agency,
    register_buyer,
)
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    Buyer,
    Membership,
    Organization,
)
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import (
    PROVINCE,
    BuyerFactory,
    OrganizationFactory,
    UserFactory,
    division,
    valid_uscc,
)

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


# --- corrections ----------------------------------------------------------------------------------
def test_a_buyer_corrects_what_it_is_known_by_until_an_order_names_it() -> None:
    organization, by = TenderFactory(submitted=True).buyer, UserFactory()
    organization.uscc_confirmed_at = NOON
    organization.save()

    change_buyer(
        organization=organization,
        by=by,
        at=NOON,
        name="改正的名称",
        uscc=WRONG_DIGIT,
        nature="institution",
        contact_phone="0797-8123456",
    )

    organization = Organization.objects.get(pk=organization.pk)
    assert (organization.name, organization.uscc) == ("改正的名称", WRONG_DIGIT)
    assert (organization.has_valid_check_digit, organization.uscc_confirmed_at) == (False, None)
    assert organization.buyer.nature == Buyer.Nature.INSTITUTION
    assert organization.contact_phone == "0797-8123456"
    entry = AuditEntry.objects.get(verb="buyer.changed")
    assert (entry.by, entry.organization) == (by, organization)
    assert entry.data == {
        "fields": [
            *("contact_phone", "has_valid_check_digit", "name", "nature", "uscc"),
            "uscc_confirmed_at",
        ]
    }


@pytest.mark.parametrize(
    "facts",
    [{"name": "另一个名称"}, {"uscc": RIGHT}, {"nature": "social"}, {"division": PROVINCE}],
    ids=lambda facts: next(iter(facts)),
)
def test_a_buyer_that_a_public_order_names_keeps_its_name(facts: dict[str, str]) -> None:
    organization, by = TenderFactory(active=True).buyer, UserFactory()
    if "division" in facts:
        facts = {"division": division(PROVINCE)}

    with refused("owner_has_published_nothing"):
        change_buyer(organization=organization, by=by, at=NOON, contact_name="新", **facts)


def test_the_contacts_of_a_buyer_change_at_any_time() -> None:
    organization, by = TenderFactory(active=True).buyer, UserFactory()

    change_buyer(
        organization=organization, by=by, at=NOON, name=organization.name, contact_name="新联系人"
    )

    organization.refresh_from_db()
    assert organization.contact_name == "新联系人"
    assert AuditEntry.objects.get(verb="buyer.changed").data == {"fields": ["contact_name"]}


def test_a_buyer_cannot_take_another_one_s_code_or_a_fact_that_it_has_not() -> None:
    taken = OrganizationFactory().uscc
    organization, by = BuyerFactory().organization, UserFactory()

    with refused("uscc_is_new"):
        change_buyer(organization=organization, by=by, at=NOON, uscc=taken)
    with pytest.raises(UnknownFact, match="kind"):
        change_buyer(organization=organization, by=by, at=NOON, kind="agency")
