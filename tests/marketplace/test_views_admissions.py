from datetime import datetime

import pytest
import time_machine
from django.test import Client

from marketplace.kernel.calendar import CHINA
from marketplace.models import Agency, Membership, Organization, Practitioner, Qualification
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.credit import CaseFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    party,
)
from tests.uploads import EXE_BYTES, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role
YEAR_END = datetime(2026, 12, 31, 12, 0, tzinfo=CHINA)
STEPS = ("facts", "qualifications", "practitioners", "commitment")
FACTS = {
    "name": "江西测试有限公司",
    "nature": "company",
    "division": "360702",
    "legal_representative": "陈测试",
    "founded_on": "2015-03-02",
    "business_scope": "工程咨询。",
    "address": "测试路1号",
    "office_address": "测试路2号",
    "contact_name": "李测试",
    "contact_phone": "0797-8123456",
}


def manager_of(agency: Agency) -> Party:
    return party(agency.organization, Role.AGENCY_MANAGER)


def sign_in(client: Client, one: Party) -> Client:
    client.force_login(one.user)
    return client


@pytest.mark.parametrize("step", STEPS)
def test_a_manager_opens_every_step_of_an_open_application(client: Client, step: str) -> None:
    sign_in(client, manager_of(AgencyFactory()))

    assert client.get(f"/admission/{step}/").status_code == 200


@pytest.mark.parametrize("step", STEPS)
def test_an_agent_sees_the_application_but_may_not_fill_it_in(client: Client, step: str) -> None:
    sign_in(client, party(AgencyFactory().organization, Role.AGENCY_AGENT))

    assert client.get("/admission/").status_code == 200
    assert client.get(f"/admission/{step}/").status_code == 403
    assert client.post(f"/admission/{step}/", {"agreed": "on"}).status_code == 403


@pytest.mark.parametrize("path", ["", *(f"{step}/" for step in STEPS)])
def test_buyers_and_authorities_have_no_application(client: Client, path: str) -> None:
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    officer = party(AuthorityFactory(), Role.OPERATOR)

    for one in (buyer, officer):
        assert sign_in(client, one).get(f"/admission/{path}").status_code == 404


def test_the_application_asks_for_a_log_in_and_for_an_organization(client: Client) -> None:
    assert client.get("/admission/").url == "/accounts/login/?next=/admission/"

    client.force_login(party(Organization()).user)
    assert client.get("/admission/").url == "/workbench/"


def test_facts_are_saved_and_the_next_step_opens(client: Client) -> None:
    agency = AgencyFactory()
    sign_in(client, manager_of(agency))

    page = client.post("/admission/facts/", {**FACTS, "uscc": agency.organization.uscc})

    assert page.url == "/admission/qualifications/"
    agency = Agency.objects.select_related("organization").get()
    assert agency.organization.name == "江西测试有限公司"
    assert agency.get_nature_display() == "企业法人"


def test_missing_facts_are_asked_for_unless_they_are_put_off(client: Client) -> None:
    agency = AgencyFactory()
    sign_in(client, manager_of(agency))
    some = {key: FACTS[key] for key in ("name", "division")} | {"uscc": agency.organization.uscc}

    refused = client.post("/admission/facts/", some)
    assert refused.status_code == 422
    assert "有 8 处需要更正" in refused.content.decode()

    assert client.post("/admission/facts/", {**some, "later": "1"}).url == "/admission/"
    assert Agency.objects.get().organization.name == FACTS["name"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("uscc", "123", "应为 18 位"),
        ("founded_on", "2026-11-25", "成立日期不能晚于今天。"),
        ("contact_phone", "电话", "“电话”不像电话号码。"),
        ("registered_capital", "-1", "确保该值大于或等于0。"),
    ],
)
def test_a_wrong_fact_is_refused_and_nothing_is_saved(
    client: Client, field: str, value: str, message: str
) -> None:
    agency = AgencyFactory()
    sign_in(client, manager_of(agency))

    page = client.post(
        "/admission/facts/", {**FACTS, "uscc": agency.organization.uscc, field: value}
    )

    assert page.status_code == 422
    assert message in page.content.decode()
    assert Agency.objects.get().organization.name == agency.organization.name


def certificate(**changed: str) -> dict[str, str]:
    return {
        "service_class": ServiceClassFactory().code,
        "name": "测绘资质证书",
        "certificate_number": "赣测0001",
        "level": "second",
        "issuer": "江西省自然资源厅",
        "valid_from": "2025-01-01",
        "valid_until": "2027-01-01",
        **changed,
    }


def test_a_certificate_is_added_and_taken_away(client: Client) -> None:
    agency = AgencyFactory()
    sign_in(client, manager_of(agency))

    client.post("/admission/qualifications/", certificate())
    added = Qualification.objects.get()
    client.post(f"/admission/qualifications/{added.pk}/remove/")

    assert added.agency == agency
    assert not Qualification.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"valid_until": "2024-12-31"}, "有效期的结束不能早于开始。"),
        ({"certificate_number": "360702198001011234"}, "不要填身份证号"),
        ({"service_class": "none"}, "选择一个有效的选项"),
        ({"name": ""}, "请填写“证书名称”。"),
    ],
)
def test_a_wrong_certificate_is_refused(
    client: Client, changed: dict[str, str], message: str
) -> None:
    sign_in(client, manager_of(AgencyFactory()))

    page = client.post("/admission/qualifications/", certificate(**changed))

    assert page.status_code == 422
    assert message in page.content.decode()
    assert not Qualification.objects.exists()


def test_the_same_certificate_twice_is_refused_by_the_guard(client: Client) -> None:
    sign_in(client, manager_of(AgencyFactory()))
    asked = certificate()

    client.post("/admission/qualifications/", asked)
    page = client.post("/admission/qualifications/", asked)

    assert "这个类别下已经登记了同一编号的证书。" in page.content.decode()
    assert Qualification.objects.count() == 1


def test_a_professional_is_added_and_taken_away_and_belongs_to_one_agency(client: Client) -> None:
    elsewhere = PractitionerFactory()
    sign_in(client, manager_of(AgencyFactory()))
    asked = {"name": "王测试", "certificate_name": "注册测绘师", "certificate_number": "CH1"}

    client.post("/admission/practitioners/", asked)
    taken = client.post(
        "/admission/practitioners/",
        {**asked, "certificate_number": elsewhere.certificate_number},
    )
    own = Practitioner.objects.get(certificate_number="CH1")
    client.post(f"/admission/practitioners/{own.pk}/remove/")

    assert "一人只能在一家机构执业" in taken.content.decode()
    assert [*Practitioner.objects.all()] == [elsewhere]


@pytest.mark.parametrize(
    "pk",
    ["{other}", "0", "x", "", "²", "１", "9" * 18, "9" * 19, "9" * 5000],
    ids=["other", "0", "x", "none", "²", "full width", "18", "19", "5000"],
)
@pytest.mark.parametrize("what", ["qualifications", "practitioners"])
def test_nobody_takes_away_what_belongs_to_another_agency(
    client: Client, what: str, pk: str
) -> None:
    other = QualificationFactory() if what == "qualifications" else PractitionerFactory()
    sign_in(client, manager_of(AgencyFactory()))

    page = client.post(f"/admission/{what}/{pk.format(other=other.pk)}/remove/")

    assert page.status_code == 404
    assert Qualification.objects.count() + Practitioner.objects.count() == 1


# --- leaving --------------------------------------------------------------------------------------
def test_a_manager_leaves_the_platform_after_being_asked(client: Client) -> None:
    agency = AgencyFactory(active=True)
    sign_in(client, manager_of(agency))

    assert 'href="/admission/withdraw/"' in client.get("/admission/").content.decode()
    asked = client.get("/admission/withdraw/").content.decode()
    assert "退出平台？" in asked
    assert Agency.objects.get().status == Agency.Status.ACTIVE

    page = client.post("/admission/withdraw/", follow=True)
    agency.refresh_from_db()
    assert (agency.status, agency.withdrawn_at) == (Agency.Status.WITHDRAWN, NOON)
    assert page.redirect_chain == [("/admission/", 302)]
    assert f"“{agency.organization.name}”已退出平台。" in page.content.decode()
    assert "/admission/withdraw/" not in page.content.decode()


def test_what_is_still_open_disables_leaving_and_is_refused(client: Client) -> None:
    agency = Agency.objects.get(pk=CaseFactory().organization_id)
    sign_in(client, manager_of(agency))

    page = client.get("/admission/withdraw/").content.decode()
    posted = client.post("/admission/withdraw/")

    assert posted.status_code == 422
    for text in (page, posted.content.decode()):
        assert "还有 1 件失信案件没有办结。依据：平台默认。" in text
        assert 'aria-disabled="true"' in text
    agency.refresh_from_db()
    assert agency.status == Agency.Status.ACTIVE


def test_an_agent_and_a_buyer_do_not_leave_for_the_agency(client: Client) -> None:
    agency = AgencyFactory(active=True)
    sign_in(client, party(agency.organization, Role.AGENCY_AGENT))
    assert client.post("/admission/withdraw/").status_code == 403
    assert "/admission/withdraw/" not in client.get("/admission/").content.decode()

    sign_in(client, party(BuyerFactory().organization, Role.BUYER_MANAGER))
    assert client.post("/admission/withdraw/").status_code == 404

    agency.refresh_from_db()
    assert agency.status == Agency.Status.ACTIVE


def test_a_draft_is_withdrawn_and_begun_again(client: Client) -> None:
    agency = AgencyFactory()
    sign_in(client, manager_of(agency))

    assert client.post("/admission/withdraw/").status_code == 302
    agency.refresh_from_db()
    assert agency.status == Agency.Status.WITHDRAWN

    page = client.post("/admission/reapply/", follow=True).content.decode()
    agency.refresh_from_db()
    assert agency.status == Agency.Status.DRAFT
    assert f"“{agency.organization.name}”可以重新申请入驻。已填的资料都保留" in page
    assert "承诺并提交" in page


def test_a_running_restriction_greys_the_way_back(client: Client) -> None:
    restriction = RestrictionFactory(organization=active_agency())
    agency = Agency.objects.get(pk=restriction.organization_id)
    agency.withdraw(at=NOON)
    agency.save()
    sign_in(client, manager_of(agency))

    page = client.get("/admission/").content.decode()
    posted = client.post("/admission/reapply/", follow=True).content.decode()

    for text in (page, posted):
        assert "期满后才能重新申请入驻。依据：平台默认。" in text
    assert 'action="/admission/reapply/"' not in page
    agency.refresh_from_db()
    assert agency.status == Agency.Status.WITHDRAWN


def test_an_agent_does_not_apply_again_for_the_agency(client: Client) -> None:
    agency = AgencyFactory(withdrawn=True)
    sign_in(client, party(agency.organization, Role.AGENCY_AGENT))

    assert client.post("/admission/reapply/").status_code == 403
    assert client.get("/admission/reapply/").status_code == 405
    assert "/admission/reapply/" not in client.get("/admission/").content.decode()
    agency.refresh_from_db()
    assert agency.status == Agency.Status.WITHDRAWN


def test_an_agency_reads_why_its_publicity_is_held(client: Client) -> None:
    sanctioned = active_agency(legal_representative="周敏")
    restriction = RestrictionFactory(organization=sanctioned, is_public=False)
    agency = AgencyFactory(publicity=True, organization__legal_representative="周敏")
    sign_in(client, manager_of(agency))

    page = client.get("/admission/").content.decode()

    assert "法定代表人的身份须由运营机构核实，核实以前公示期满也不生效。" in page
    assert not [told for told in (sanctioned.name, restriction.slug) if told in page]
    assert 'href="/agencies/publicity/"' in page


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(("at", "is_said"), [(NOON, False), (YEAR_END, True)])
def test_a_provisional_deadline_is_said_to_be_one(
    client: Client, at: datetime, is_said: bool
) -> None:
    agency = AgencyFactory(complete=True, qualified_in=ServiceClassFactory())
    with time_machine.travel(at, tick=False):
        sign_in(client, manager_of(agency))
        page = client.post("/admission/commitment/", {"agreed": "on"}, follow=True)

    said = [str(message) for message in page.context["messages"]]
    assert len(said) == 1
    assert ("（这个日期落在节假日安排尚未公布的年份，暂定。）" in said[0]) is is_said


@pytest.mark.usefixtures("rules")
def test_an_application_is_submitted_once_the_commitment_is_ticked(client: Client) -> None:
    agency = AgencyFactory(complete=True, qualified_in=ServiceClassFactory())
    sign_in(client, manager_of(agency))

    unticked = client.post("/admission/commitment/", {})
    assert "请勾选“本单位已阅读并作出以上承诺”。" in unticked.content.decode()

    page = client.post("/admission/commitment/", {"agreed": "on"}, follow=True)
    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (Agency.Status.SUBMITTED, NOON)
    assert "运营机构在 2026年11月26日 24:00 前完成形式审核" in page.content.decode()


def test_an_incomplete_application_shows_why_it_cannot_be_submitted(client: Client) -> None:
    sign_in(client, manager_of(AgencyFactory()))

    page = client.get("/admission/commitment/").content.decode()
    posted = client.post("/admission/commitment/", {"agreed": "on"})

    for text in (page, posted.content.decode()):
        assert "基本情况待补充：" in text
        assert "还没有登记当前有效的资质，至少登记一项。" in text
    assert 'aria-disabled="true"' in page
    assert Agency.objects.get().status == Agency.Status.DRAFT


@pytest.mark.parametrize("state", ["submitted", "publicity", "active", "withdrawn"])
@pytest.mark.parametrize("step", STEPS)
def test_a_closed_application_leads_back_to_the_overview_with_the_reason(
    client: Client, state: str, step: str
) -> None:
    sign_in(client, manager_of(AgencyFactory(**{state: True})))

    page = client.get(f"/admission/{step}/", follow=True)

    assert page.redirect_chain == [("/admission/", 302)]
    assert "入驻资料只在草稿和退回修改时可以改" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("returned", ["退回修改", "退回理由", "资质证书编号与发证机关公布的不一致。"]),
        ("submitted", ["待形式审核", "距形式审核期限", "onboarding.formal_check"]),
        ("publicity", ["入驻公示", "距公示期满", "onboarding.publicity"]),
        ("active", ["全省有效", "登记的内容有变的，及时申请变更", "退出平台"]),
        ("withdrawn", ["已退出", "随时可以重新申请入驻", 'action="/admission/reapply/"']),
    ],
)
def test_the_overview_says_where_the_application_stands(
    client: Client, state: str, words: list[str]
) -> None:
    sign_in(client, manager_of(AgencyFactory(**{state: True})))

    page = client.get("/admission/").content.decode()

    assert [word for word in words if word not in page] == []


@pytest.mark.usefixtures("rules")
def test_papers_are_uploaded_one_by_one_taken_out_again_and_asked_for(client: Client) -> None:
    agency = AgencyFactory()
    QualificationFactory(agency=agency, name="测绘资质", certificate_number="Z1")
    sign_in(client, manager_of(agency))
    page = client.get("/admission/papers/")
    assert [(one.key, one.is_there) for one in page.context["needed"]] == [
        ("licence", False),
        (f"certificate-{agency.qualifications.get().pk}", False),
    ]

    wrong = client.post("/admission/papers/", {"paper": "licence", "scans": upload(EXE_BYTES)})
    assert (wrong.status_code, agency.papers.count()) == (422, 0)
    for key in ("licence", page.context["needed"][1].key, "other"):
        sent = {"paper": key, "scans": upload()}
        assert client.post("/admission/papers/", sent).status_code == 302

    assert [one.kind for one in agency.papers.registered()] == ["licence", "certificate", "other"]
    document = agency.papers.registered()[0].document
    assert f"/admission/papers/{document.slug}/" in client.get("/admission/").content.decode()
    gone = client.post(f"/admission/papers/{document.slug}/remove/", follow=True)
    assert "待上传：营业执照或者登记证书" in client.get("/admission/commitment/").content.decode()
    assert "已移除" in gone.content.decode()
