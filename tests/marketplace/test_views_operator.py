import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.guards.versions import version_of_application
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Membership
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import (
    CITY,
    PROVINCE,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    QualificationFactory,
    ServiceClassFactory,
    UserFactory,
    division,
    party,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role
S = Agency.Status


@pytest.fixture
def operator() -> Party:
    return party(AuthorityFactory(), Role.OPERATOR)


@pytest.fixture
def desk(client: Client, operator: Party) -> Client:
    client.force_login(operator.user)
    return client


def check_url(agency: Agency) -> str:
    return f"/operator/admissions/{agency.organization.slug}/"


def shown(page: str) -> list[str]:
    """Return the decisions on namesakes that a page sends along."""
    return re.findall(r'name="namesakes" value="([^"]+)"', page)


def act_url(agency: Agency, act: str) -> str:
    return f"{check_url(agency)}{act}/"


def test_the_queue_shows_the_oldest_deadline_first_with_its_age(desk: Client) -> None:
    late = AgencyFactory(
        submitted=True, submitted_at=NOON - timedelta(days=5), check_due_at=NOON - timedelta(days=1)
    )
    early = AgencyFactory(
        submitted=True, submitted_at=NOON - timedelta(days=6), check_due_at=NOON - timedelta(days=3)
    )
    AgencyFactory()

    page = desk.get("/operator/admissions/")

    assert [row.application.key for row in page.context["rows"]] == [early.pk, late.pk]
    assert [(row.age, row.limit) for row in page.context["rows"]] == [(4, 2), (3, 2)]
    assert "已用 4 个工作日，限 2 个" in page.content.decode()
    assert page.content.decode().count("已逾期") == 2


@pytest.mark.parametrize(
    ("state", "orders"),
    [
        ("submitted", ["先到期的在前", "最近提交的在前", "最早提交的在前"]),
        ("publicity", ["先期满的在前", "最近提交的在前", "最早提交的在前"]),
        ("returned", ["最近退回的在前", "最近提交的在前", "最早提交的在前"]),
    ],
)
def test_each_queue_is_sorted_as_asked_and_says_how(
    desk: Client, state: str, orders: list[str]
) -> None:
    first = AgencyFactory(**{state: True}, submitted_at=NOON - timedelta(days=6))
    last = AgencyFactory(**{state: True}, submitted_at=NOON - timedelta(days=5))
    asked = {"status": state, "sort": "newest"}

    page = desk.get("/operator/admissions/", asked)

    assert [row.application.key for row in page.context["rows"]] == [last.pk, first.pk]
    assert [str(link.label) for link in page.context["sorting"].links] == orders
    html = on_one_line(page)
    assert "<strong>最近提交的在前</strong>" in html
    assert f'<a href="?status={state}&amp;sort=oldest">最早提交的在前</a>' in html
    oldest = desk.get("/operator/admissions/", asked | {"sort": "oldest"})
    assert [row.application.key for row in oldest.context["rows"]] == [first.pk, last.pk]


def test_the_tabs_count_each_state_and_an_unknown_one_is_404(desk: Client) -> None:
    AgencyFactory(submitted=True)
    published, returned = AgencyFactory(publicity=True), AgencyFactory(returned=True)

    page = desk.get("/operator/admissions/?status=publicity")

    assert [(tab.count, tab.is_on) for tab in page.context["queues"]] == [
        (1, False),
        (1, True),
        (1, False),
    ]
    assert [row.application.key for row in page.context["rows"]] == [published.pk]
    other = desk.get("/operator/admissions/?status=returned")
    assert [row.application.key for row in other.context["rows"]] == [returned.pk]
    assert desk.get("/operator/admissions/?status=active").status_code == 404


def test_a_publicity_that_may_still_move_is_marked(desk: Client) -> None:
    agency = AgencyFactory(publicity=True)
    path = "/operator/admissions/?status=publicity"
    assert "暂定" not in desk.get(path).content.decode()
    move_deadline(agency, AdmissionDeadline.PUBLICITY, is_provisional=True)

    assert "暂定" in desk.get(path).content.decode()


@pytest.mark.parametrize(
    ("own", "seen"),
    [(PROVINCE, {"county", "city", "province"}), (CITY, {"city"}), ("360702", {"county"})],
)
def test_an_authority_sees_its_own_area_and_those_below(
    client: Client, own: str, seen: set[str]
) -> None:
    agencies = {
        "county": AgencyFactory(submitted=True, organization__division=division("360702")),
        "city": AgencyFactory(submitted=True, organization__division=division(CITY)),
        "province": AgencyFactory(submitted=True, organization__division=division(PROVINCE)),
    }
    client.force_login(party(AuthorityFactory(division=division(own)), Role.OPERATOR).user)

    rows = client.get("/operator/admissions/").context["rows"]
    statuses = {
        name: client.get(check_url(agency)).status_code for name, agency in agencies.items()
    }

    assert {row.application.key for row in rows} == {agencies[name].pk for name in seen}
    assert statuses == {name: 200 if name in seen else 404 for name in agencies}


@pytest.mark.parametrize("role", [Role.REGULATOR, Role.MANAGER, Role.INSPECTOR])
def test_other_roles_of_an_authority_may_not_check(client: Client, role: str) -> None:
    agency = AgencyFactory(submitted=True)
    client.force_login(party(AuthorityFactory(), role).user)

    assert client.get("/operator/admissions/").status_code == 403
    assert client.get(check_url(agency)).status_code == 404
    assert client.post(act_url(agency, "approve")).status_code == 404
    assert Agency.objects.get().status == S.SUBMITTED


def test_buyers_and_agencies_may_not_check(client: Client) -> None:
    agency = AgencyFactory(submitted=True)
    own = party(agency.organization, Role.AGENCY_MANAGER)
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)

    for one in (own, buyer):
        client.force_login(one.user)
        assert client.get("/operator/admissions/").status_code == 403
        assert client.post(act_url(agency, "approve")).status_code == 404

    assert Agency.objects.get().status == S.SUBMITTED


def test_a_draft_is_nobody_else_s_business(desk: Client) -> None:
    assert desk.get(check_url(AgencyFactory())).status_code == 404
    assert desk.get("/operator/admissions/nothing/").status_code == 404


def test_an_officer_approves_and_publicity_begins(desk: Client, operator: Party) -> None:
    agency = AgencyFactory(submitted=True)

    page = desk.post(act_url(agency, "approve"), follow=True)

    assert page.redirect_chain == [("/operator/admissions/", 302)]
    assert "公示至 2026年12月1日 24:00" in page.content.decode()
    agency.refresh_from_db()
    assert (agency.status, agency.checked_by) == (S.PUBLICITY, operator.user)


def test_a_wrong_check_digit_has_to_be_ticked(desk: Client) -> None:
    agency = AgencyFactory(submitted=True, organization__has_valid_check_digit=False)

    assert "已对照证照核实" in desk.get(check_url(agency)).content.decode()
    refused = desk.post(act_url(agency, "approve"))
    assert "通过前须对照证照核实，并勾选确认。依据：GB 32100" in refused.content.decode()
    assert Agency.objects.get().status == S.SUBMITTED

    desk.post(act_url(agency, "approve"), {"uscc_confirmed": "on"})
    assert Agency.objects.get().organization.uscc_confirmed_at == NOON


def test_the_officer_sees_whose_namesake_it_is_and_confirms_that_it_is_another(
    desk: Client,
) -> None:
    sanction = RestrictionFactory(organization=active_agency(legal_representative="周敏"))
    agency = AgencyFactory(submitted=True, organization__legal_representative="周敏")

    page = desk.get(check_url(agency)).content.decode()
    assert f'href="/credit/decisions/{sanction.slug}/"' in page
    assert f"法定代表人与被限制的机构同名：{sanction.organization.name}（" in page
    assert "，至 2027年11月24日 12:00）" in page
    assert "不是同一人" in page
    refused = desk.post(act_url(agency, "approve"))
    assert "信用限制期内不得换一个单位重新入驻" in refused.content.decode()
    agency.refresh_from_db()
    assert agency.status == S.SUBMITTED

    sent = {"is_another_person": "on", "namesakes": shown(page)}
    desk.post(act_url(agency, "approve"), sent)
    agency.refresh_from_db()
    assert agency.status == S.PUBLICITY
    assert agency.namesakes_ruled_out == [sanction.case.decision_number]


@pytest.mark.parametrize(
    ("decision", "state"), [("approve", S.SUBMITTED), ("rule-out", S.PUBLICITY)]
)
def test_a_tick_is_not_for_a_sanction_that_the_page_did_not_show(
    desk: Client, decision: str, state: str
) -> None:
    first = RestrictionFactory(organization=active_agency(legal_representative="周敏"))
    agency = AgencyFactory(**{state: True}, organization__legal_representative="周敏")
    page = desk.get(check_url(agency)).content.decode()
    assert shown(page) == [first.case.decision_number]
    sent = {"is_another_person": "on"}
    later = RestrictionFactory(organization=active_agency(legal_representative="周敏"))

    for named in (shown(page), []):
        again = desk.post(act_url(agency, decision), {**sent, "namesakes": named}).content.decode()

        assert f"同名：{later.organization.name}（{later.case.decision_number}）" in again
        assert "信用限制期内不得换一个单位重新入驻" in again
        assert shown(again) == [later.case.decision_number, first.case.decision_number]
        assert 'name="is_another_person"' in again
        assert " checked" not in again
        agency.refresh_from_db()
        assert (agency.status, agency.namesakes_ruled_out) == (state, [])
        assert not AuditEntry.objects.exists()

    desk.post(act_url(agency, decision), {**sent, "namesakes": shown(again)})
    agency.refresh_from_db()
    assert agency.namesakes_ruled_out == shown(again)


def test_an_unpublished_decision_is_named_without_a_page(desk: Client) -> None:
    RestrictionFactory(organization=active_agency(legal_representative="周敏"), is_public=False)
    agency = AgencyFactory(submitted=True, organization__legal_representative="周敏")

    page = desk.get(check_url(agency)).content.decode()

    assert "法定代表人与被限制的机构同名" in page
    assert "/credit/decisions/" not in page


def test_without_a_namesake_nothing_is_asked(desk: Client) -> None:
    agency = AgencyFactory(submitted=True, organization__legal_representative="周敏")

    page = desk.get(check_url(agency)).content.decode()

    assert "没有同名法定代表人的机构处于信用限制期" in page
    assert "不是同一人" not in page


def test_an_officer_returns_with_reasons_and_not_without(desk: Client) -> None:
    agency = AgencyFactory(submitted=True)

    refused = desk.post(act_url(agency, "return"), {"reasons": " "})
    assert "请填写“退回理由”。" in refused.content.decode()
    assert Agency.objects.get().status == S.SUBMITTED

    desk.post(act_url(agency, "return"), {"reasons": "缺证书编号"})
    agency.refresh_from_db()
    assert (agency.status, agency.return_reasons) == (S.RETURNED, "缺证书编号")


def test_the_second_officer_is_told_that_the_first_has_decided(desk: Client) -> None:
    agency = AgencyFactory(publicity=True)

    page = desk.post(act_url(agency, "approve"))

    assert page.status_code == 422
    assert "这份入驻申请不在待形式审核状态，现在是“入驻公示”。" in page.content.decode()
    assert AuditEntry.objects.count() == 0
    assert Agency.objects.get().status == S.PUBLICITY


def test_the_page_sends_along_which_submission_it_shows(desk: Client) -> None:
    agency = AgencyFactory(submitted=True)

    page = desk.get(check_url(agency)).content.decode()

    hidden = f'name="seen" value="{version_of_application(agency).token}"'
    assert page.count(hidden) == 2


@pytest.mark.parametrize("decision", ["approve", "return"])
@pytest.mark.parametrize("old", ["earlier", "", "2026-13-45T99:99:99", "x" * 5000])
def test_an_application_that_was_submitted_anew_has_to_be_read_again(
    desk: Client, decision: str, old: str
) -> None:
    agency = AgencyFactory(submitted=True, submitted_at=NOON - timedelta(hours=1))
    sent = version_of_application(agency).token if old == "earlier" else old
    agency.submitted_at = NOON - timedelta(minutes=5)
    agency.save()

    response = desk.post(act_url(agency, decision), {"reasons": "退", "seen": sent})

    page = response.content.decode()
    said = (
        "提交时间由“2026年11月24日 11:00”改为“2026年11月24日 11:55”"
        if old == "earlier"
        else "这次提交没有带上所依据的内容"
    )
    assert response.status_code == 409
    assert said in page
    assert f'name="seen" value="{version_of_application(agency).token}"' in page
    agency.refresh_from_db()
    assert (agency.status, agency.checked_at) == (S.SUBMITTED, None)
    assert not AuditEntry.objects.exists()


def test_an_officer_ends_a_publicity_with_reasons_and_not_without(desk: Client) -> None:
    agency = AgencyFactory(publicity=True)
    assert "异议成立，终止公示" in desk.get(check_url(agency)).content.decode()

    refused = desk.post(act_url(agency, "uphold"), {"reasons": " "})
    assert "请填写“异议成立的理由”。" in refused.content.decode()
    assert Agency.objects.get().status == S.PUBLICITY

    page = desk.post(act_url(agency, "uphold"), {"reasons": "证书已注销"}, follow=True)
    assert "的公示已终止，申请退回修改" in page.content.decode()
    agency.refresh_from_db()
    assert (agency.status, agency.return_reasons) == (S.RETURNED, "证书已注销")


def test_a_publicity_that_is_over_is_shown_with_the_reason_why_it_is_not_ended(
    desk: Client,
) -> None:
    agency = AgencyFactory(publicity=True, publicity_ends_at=NOON)

    page = desk.get(check_url(agency)).content.decode()

    assert "入驻公示期已经满了，期满没有异议成立的自动生效。" in page
    assert 'value="uphold"' not in page


def test_an_officer_rules_out_a_namesake_who_was_sanctioned_meanwhile(desk: Client) -> None:
    RestrictionFactory(organization=active_agency(legal_representative="周敏"))
    agency = AgencyFactory(
        publicity=True,
        publicity_ends_at=NOON - timedelta(hours=1),
        organization__legal_representative="周敏",
    )
    assert "核实法定代表人，公示期满后没有生效" in desk.get("/workbench/").content.decode()
    page = desk.get(check_url(agency)).content.decode()
    assert "确认不是同一人" in page
    sent = {"namesakes": shown(page)}

    refused = desk.post(act_url(agency, "rule-out"), sent)
    assert "请勾选“已核实身份证明" in refused.content.decode()
    agency.refresh_from_db()
    assert agency.namesakes_ruled_out == []

    desk.post(act_url(agency, "rule-out"), {**sent, "is_another_person": "on"})
    agency.refresh_from_db()
    assert len(agency.namesakes_ruled_out) == 1
    assert "确认不是同一人" not in desk.get(check_url(agency)).content.decode()


def test_a_provisional_deadline_is_marked_beside_the_decision(desk: Client) -> None:
    agency = AgencyFactory(submitted=True)
    assert "暂定" not in desk.get(check_url(agency)).content.decode()
    move_deadline(agency, AdmissionDeadline.CHECK, is_provisional=True)

    page = desk.get(check_url(agency)).content.decode()

    assert "暂定" in page[page.index('id="decide"') :]


def test_an_officer_of_the_agency_itself_finds_the_decision_disabled(
    desk: Client, operator: Party
) -> None:
    agency = AgencyFactory(submitted=True)
    MembershipFactory(user=operator.user, organization=agency.organization)

    page = desk.get(check_url(agency)).content.decode()
    desk.post(act_url(agency, "approve"))

    assert "您是这家机构的成员，不能审核自己的单位。" in page
    assert act_url(agency, "approve") not in page
    assert Agency.objects.get().status == S.SUBMITTED


def test_what_changed_since_the_return_is_marked(desk: Client) -> None:
    agency = AgencyFactory(submitted=True, checked_at=NOON - timedelta(days=2))
    for at, fields in (
        (NOON - timedelta(days=3), ["name"]),
        (NOON - timedelta(days=1), ["address"]),
    ):
        AuditEntry.objects.create(
            at=at,
            by=UserFactory(),
            verb="agency.changed",
            target_type="marketplace.agency",
            target_id=str(agency.pk),
            data={"fields": fields},
        )

    page = desk.get(check_url(agency))

    assert [str(label) for label in page.context["changed"]] == ["登记地址"]
    assert [fact.label for fact in page.context["facts"] if fact.is_strong] == ["登记地址"]


def test_the_queue_needs_the_same_queries_for_one_row_and_for_ten(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    AgencyFactory(submitted=True)
    desk.get("/operator/admissions/")  # the session is new only once
    with django_assert_num_queries(20, exact=False) as one:
        desk.get("/operator/admissions/")
    for _row in range(9):
        AgencyFactory(submitted=True)

    with django_assert_num_queries(len(one)):
        desk.get("/operator/admissions/")


def test_the_record_needs_the_same_queries_for_one_certificate_and_for_ten(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency = AgencyFactory(submitted=True, qualified_in=ServiceClassFactory())
    desk.get(check_url(agency))
    with django_assert_num_queries(34, exact=False) as one:
        desk.get(check_url(agency))
    for _row in range(9):
        QualificationFactory(agency=agency)

    with django_assert_num_queries(len(one)):
        desk.get(check_url(agency))
