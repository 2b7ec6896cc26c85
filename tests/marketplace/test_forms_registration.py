"""What is asked of an organisation that registers, and what of its facts stays fixed."""

import pytest

from marketplace.forms.registration import AgencyRegistrationForm, BuyerForm, BuyerRegistrationForm
from marketplace.models import Buyer, Organization
from tests.factories.marketplace import BuyerFactory, division, valid_uscc

pytestmark = pytest.mark.django_db


def asked(**changed: str) -> dict[str, str]:
    division()
    return {"name": "江西测试", "uscc": valid_uscc(1), "division": "360702", **changed}


def test_an_agency_says_who_it_is_and_where() -> None:
    form = AgencyRegistrationForm(asked())

    assert form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["uscc"]) == ("江西测试", valid_uscc(1))
    assert [*AgencyRegistrationForm({}).errors] == ["name", "uscc", "division"]


@pytest.mark.parametrize(("nature", "fits"), [("government", True), ("person", False)])
def test_a_buyer_is_of_any_nature_that_has_a_credit_code(nature: str, *, fits: bool) -> None:
    form = BuyerRegistrationForm(asked(nature=nature))

    assert form.is_valid() is fits
    assert [*form.errors] == ([] if fits else ["nature"])


def facts(organization: Organization, **changed: str) -> dict[str, str]:
    nature = Buyer.Nature.GOVERNMENT.value
    return asked(uscc=organization.uscc, nature=nature, **changed)


@pytest.mark.parametrize("is_named", [False, True])
def test_what_public_orders_name_is_shown_and_not_taken(*, is_named: bool) -> None:
    organization = BuyerFactory().organization

    form = BuyerForm(
        facts(organization, name="改名", contact_name="李"),
        organization=organization,
        is_named=is_named,
        limit=1000,
    )

    assert form.is_valid()
    assert form.cleaned_data["name"] == (organization.name if is_named else "改名")
    assert form.cleaned_data["contact_name"] == "李"
    assert form["contact_phone"].initial == organization.contact_phone


def test_an_owner_keeps_its_own_code_and_takes_nobody_else_s() -> None:
    one, other = BuyerFactory().organization, BuyerFactory().organization

    def form(uscc: str) -> BuyerForm:
        return BuyerForm(
            facts(one, name="甲") | {"uscc": uscc}, organization=one, is_named=False, limit=1000
        )

    assert form(one.uscc).is_valid()
    assert [*form(other.uscc).errors] == ["uscc"]


@pytest.mark.parametrize(
    ("nature", "size", "fits"),
    [("company", "large", True), ("government", "large", False), ("government", "", True)],
)
def test_only_an_enterprise_has_a_size(nature: str, size: str, *, fits: bool) -> None:
    organization = BuyerFactory().organization
    typed = facts(organization, name="甲") | {"nature": nature, "size": size}

    form = BuyerForm(typed, organization=organization, is_named=False, limit=1000)

    assert [*form.errors] == ([] if fits else ["size"])
