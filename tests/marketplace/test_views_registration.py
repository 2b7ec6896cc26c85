import json

import pytest
from django.test import Client
from stdnum.cn import ric

from bidding.guards.agencies import agency_is_not_the_buyer
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Buyer, Organization
from tests.bidding.refusals import snapshot
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import (
    CITY,
    COUNTY,
    PROVINCE,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    OrganizationFactory,
    Role,
    UserFactory,
    division,
    party,
    place_codes,
    valid_uscc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
RIGHT = valid_uscc(1)
ID_CARD = "360702190101010025"
PERSON = "360702199001010017"


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


def test_an_agency_from_outside_is_in_the_care_of_the_province_and_says_where_it_is(
    person: Client,
) -> None:
    (yueyang,) = place_codes("430600")
    asked_outside = asked(registered_in="430600")

    refused = person.post("/register/agency/", asked_outside).content.decode()
    assert "省外单位由省级运营机构受理" in refused
    assert not Agency.objects.exists()

    person.post("/register/agency/", asked_outside | {"division": PROVINCE})
    organization = Agency.objects.get().organization
    assert (organization.division_id, organization.registered_in) == (PROVINCE, yueyang)
    assert organization.place == "湖南省岳阳市"


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

    assert page.status_code == 422
    assert message in page.content.decode()
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("kind", ["agency", "buyer"])
def test_k6_01_the_number_of_a_person_is_refused_and_neither_stored_nor_shown(
    person: Client, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = person.post(f"/register/{kind}/", asked(uscc=ID_CARD, nature="company"))

    html = page.content.decode()
    assert page.status_code == 422
    assert "这像是一个人的居民身份证号，不是单位的统一社会信用代码。" in html
    assert ID_CARD not in html
    assert ID_CARD not in caplog.text
    assert not Organization.objects.filter(kind=kind).exists()
    assert not AuditEntry.objects.filter(verb=f"{kind}.registered").exists()


def test_the_number_of_a_person_is_not_kept_over_a_log_in(client: Client) -> None:
    client.post("/register/agency/", asked(uscc=ID_CARD))

    assert client.session["kept"]["typed"] == {"name": ["江西测试有限公司"], "division": [COUNTY]}


def test_k6_03_a_wrong_check_digit_is_taken_with_a_warning(person: Client) -> None:
    page = person.post("/register/agency/", asked(uscc="91350203M0001QKT19"), follow=True)

    assert not Organization.objects.get().has_valid_check_digit
    assert "请对照证照再看一遍" in page.content.decode()


def test_a_buyer_is_told_who_checks_its_wrong_check_digit_and_when(person: Client) -> None:
    wrong = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")

    page = person.post("/register/buyer/", asked(uscc=wrong, nature="company"), follow=True)

    text = page.content.decode()
    assert "审核贵单位的采购时，由审核人对照证照核实，核实后采购才能通过。" in text
    assert "形式审核" not in text


def test_the_page_of_units_leads_to_that_of_natural_persons(person: Client) -> None:
    assert "/register/person/" in person.get("/register/buyer/").content.decode()


def test_a_natural_person_cannot_register_without_a_credit_code(person: Client) -> None:
    page = person.post("/register/buyer/", asked(nature="person"))

    assert page.status_code == 422
    assert not Organization.objects.exists()


def test_the_places_stand_under_their_cities(person: Client) -> None:
    page = person.get("/register/agency/").content.decode()

    assert '<optgroup label="南昌市">' in page
    assert "江西省（省级；省外单位也选这里）" in page
    assert page.index("赣州市本级") < page.index("章贡区")


# --- corrections ----------------------------------------------------------------------------------
def facts_of(organization: Organization, **changed: str) -> dict[str, str]:
    known = {
        "name": organization.name,
        "uscc": organization.uscc,
        "nature": organization.buyer.nature,
        "division": organization.division.code,
    }
    return {**known, **changed}


def test_a_manager_corrects_the_facts_of_an_owner(client: Client) -> None:
    organization = BuyerFactory().organization
    client.force_login(party(organization, Role.BUYER_MANAGER).user)
    assert 'href="/buyer/facts/"' in client.get("/workbench/").content.decode()
    wrong = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")

    page = client.post(
        "/buyer/facts/", facts_of(organization, name="改正的名称", uscc=wrong), follow=True
    )

    organization.refresh_from_db()
    assert (organization.name, organization.uscc) == ("改正的名称", wrong)
    assert "单位资料已保存。" in page.content.decode()
    assert "由审核人对照证照核实" in page.content.decode()


def test_the_name_of_an_owner_in_public_orders_is_shown_fixed_with_the_reason(
    client: Client,
) -> None:
    organization = TenderFactory(active=True).buyer
    name = organization.name
    client.force_login(party(organization, Role.BUYER_MANAGER).user)

    page = client.get("/buyer/facts/").content.decode()
    client.post("/buyer/facts/", facts_of(organization, name="改名", contact_name="新联系人"))

    assert "线上不能再改。依据：平台默认。" in page
    assert page.count(" disabled") >= 3
    organization.refresh_from_db()
    assert (organization.name, organization.contact_name) == (name, "新联系人")


def test_an_incomplete_correction_is_shown_again(client: Client) -> None:
    organization = BuyerFactory().organization
    client.force_login(party(organization, Role.BUYER_MANAGER).user)

    page = client.post("/buyer/facts/", facts_of(organization, name=""))

    assert "请填写“单位名称”。" in page.content.decode()


def test_nobody_else_corrects_the_facts_of_an_owner(client: Client) -> None:
    organization = BuyerFactory().organization
    others = [
        party(organization, Role.BUYER_AGENT),
        party(AgencyFactory().organization, Role.AGENCY_MANAGER),
        party(AuthorityFactory(), Role.OPERATOR),
    ]

    for other in others:
        client.force_login(other.user)
        assert client.get("/buyer/facts/").status_code == 403
        assert client.post("/buyer/facts/", {"name": "改名"}).status_code == 403
        assert "/buyer/facts/" not in client.get("/workbench/").content.decode()
    assert client.get("/buyer/facts/").status_code == 403


def _right(number: str) -> str:
    return number[:-1] + ric.calc_check_digit(number)


def test_a_natural_person_registers_and_the_number_is_nowhere(
    person: Client, caplog: pytest.LogCaptureFixture
) -> None:
    place, number = division().code, _right(PERSON)
    typed = {"person_name": "钱自然", "identity_number": number, "division": place}

    wrong = person.post("/register/person/", {**typed, "identity_number": f"{number[:-1]}A"})
    assert (wrong.status_code, number[:-1] in wrong.content.decode()) == (422, False)
    assert person.post("/register/person/", typed).status_code == 302
    again = person.post("/register/person/", typed)

    assert again.status_code == 422
    assert "一人在全省只登记一次" in again.content.decode()
    assert number not in again.content.decode()
    owner = Buyer.objects.get()
    unit = owner.organization
    assert (owner.nature, owner.person_name, unit.uscc) == (Buyer.Nature.PERSON, "钱自然", None)
    assert unit.name == f"自然人业主 {unit.slug[:6].upper()}"
    assert unit.is_person
    kept = json.dumps([*snapshot().values()], ensure_ascii=False, default=str)
    assert number not in kept + caplog.text
    assert "钱自然" not in person.get(f"/owners/{unit.slug}/").content.decode()
    facts = {"contact_phone": "13800000000", "contact_email": ""}
    assert person.post("/buyer/facts/", facts).status_code == 302
    owner.refresh_from_db()
    assert (owner.organization.contact_phone, owner.status) == ("13800000000", "registered")


def test_an_agency_buys_too_under_the_same_account_and_never_serves_itself(client: Client) -> None:
    unit = AgencyFactory(active=True).organization
    manager = party(unit, Role.AGENCY_MANAGER).user
    client.force_login(manager)

    assert "/register/other-side/" in client.get("/members/").content.decode()
    assert client.post("/register/other-side/", {"nature": "person"}).status_code == 422
    assert client.post("/register/other-side/", {"nature": "company"}).status_code == 302

    workbench = client.get("/workbench/").content.decode()
    assert "采购管理人" in workbench
    assert f"{unit.name}（中介服务机构）" in workbench
    assert client.get("/buyer/facts/").status_code == 200
    assert client.get("/admission/facts/").status_code == 403
    assert (
        client.post("/workbench/switch/", {"organization": f"{unit.slug}:agency"}).status_code
        == 302
    )
    assert client.get("/buyer/facts/").status_code == 403
    assert client.get("/admission/").status_code == 200
    assert client.post("/register/other-side/", {"nature": "company"}).status_code == 422
    assert Buyer.objects.get().organization == unit
    tender = TenderFactory(active=True, buyer=unit)
    assert not agency_is_not_the_buyer(tender, unit).holds


def test_an_owner_applies_to_be_an_agency_and_a_person_does_not(client: Client) -> None:
    owner, someone = BuyerFactory().organization, BuyerFactory(nature=Buyer.Nature.PERSON)
    Organization.objects.filter(pk=someone.pk).update(uscc=None, identity_key="k")
    client.force_login(party(owner, Role.BUYER_MANAGER).user)

    assert client.post("/register/other-side/").status_code == 302
    assert Agency.objects.get().status == Agency.Status.DRAFT
    assert "入驻资料" in client.get("/workbench/").content.decode()
    client.force_login(party(someone.organization, Role.BUYER_MANAGER).user)
    assert client.post("/register/other-side/").status_code == 422
    assert Agency.objects.count() == 1
