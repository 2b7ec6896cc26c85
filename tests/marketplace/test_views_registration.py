import pytest
from django.test import Client

from marketplace.models import Agency, Buyer, Organization
from tests.factories.marketplace import (
    CITY,
    COUNTY,
    PROVINCE,
    OrganizationFactory,
    UserFactory,
    division,
    valid_uscc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "rules")]
RIGHT = valid_uscc(1)


@pytest.fixture
def person(client: Client) -> Client:
    for code in (PROVINCE, CITY, COUNTY):
        division(code)
    client.force_login(UserFactory())
    return client


def asked(**changed: str) -> dict[str, str]:
    return {"name": "江西测试有限公司", "uscc": RIGHT, "division": COUNTY, **changed}


@pytest.mark.parametrize("kind", ["agency", "buyer"])
def test_registration_asks_for_a_log_in_first(client: Client, kind: str) -> None:
    page = client.get(f"/register/{kind}/")

    assert page.status_code == 302
    assert page.url == f"/accounts/login/?next=/register/{kind}/"


def test_an_agency_registers_and_goes_on_with_its_application(person: Client) -> None:
    page = person.post("/register/agency/", asked(), follow=True)

    assert page.redirect_chain == [("/admission/", 302)]
    assert Agency.objects.get().organization.name == "江西测试有限公司"
    assert "“江西测试有限公司”已登记，您是它的管理员。" in page.content.decode()


def test_a_buyer_registers_and_finds_its_workbench(person: Client) -> None:
    page = person.post("/register/buyer/", asked(nature="government"), follow=True)

    assert page.redirect_chain == [("/workbench/", 302)]
    assert Buyer.objects.get().nature == "government"


def test_the_new_organization_is_the_one_acted_for(person: Client) -> None:
    person.post("/register/buyer/", asked(nature="government"))
    person.post("/register/agency/", asked(uscc=valid_uscc(2), name="江西第二有限公司"))

    assert person.get("/workbench/").context["party"].organization.name == "江西第二有限公司"


@pytest.mark.parametrize(
    ("uscc", "message"),
    [
        (RIGHT[:-1], "统一社会信用代码应为 18 位，现在是 17 位。依据：GB 32100。"),
        (RIGHT[:-1] + "O", "这里出现了“O”。依据：GB 32100。"),
        (valid_uscc(7), "这个统一社会信用代码已经登记。一家单位在全省只登记一次，各地通用；"),
        ("", "请填写“统一社会信用代码”。"),
    ],
)
def test_a_bad_code_is_refused_with_the_rule_that_it_breaks(
    person: Client, uscc: str, message: str
) -> None:
    OrganizationFactory(uscc=valid_uscc(7))

    page = person.post("/register/agency/", asked(uscc=uscc))

    assert page.status_code == 200
    assert message in page.content.decode()
    assert Organization.objects.count() == 1


def test_a_wrong_check_digit_is_taken_with_a_warning(person: Client) -> None:
    wrong = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")

    page = person.post("/register/agency/", asked(uscc=wrong), follow=True)

    assert not Organization.objects.get().has_valid_check_digit
    assert "请对照证照再看一遍" in page.content.decode()


def test_a_natural_person_cannot_register_without_a_credit_code(person: Client) -> None:
    page = person.post("/register/buyer/", asked(nature="person"))

    assert page.status_code == 200
    assert not Organization.objects.exists()


def test_the_places_stand_under_their_cities(person: Client) -> None:
    page = person.get("/register/agency/").content.decode()

    assert '<optgroup label="南昌市">' in page
    assert "江西省（省级；省外单位也选这里）" in page
    assert page.index("赣州市本级") < page.index("章贡区")
