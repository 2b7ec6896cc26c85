"""What everybody may read of credit, and what nobody may see too early."""

from datetime import timedelta

import pytest
from django.test import Client

from bidding.models import Bid
from bidding.models.deadlines import OrderDeadline
from credit.actions import end_restriction, revoke_case
from credit.models import Conduct, Restriction
from credit.signed_lists import public_key, verify
from tests.clock import NOON
from tests.credit.test_signed_lists import PUBLIC, SEED
from tests.factories.bidding import BidFactory, TenderFactory
from tests.factories.credit import (
    CaseFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
    order_of,
)
from tests.factories.deadlines import lay_deadline
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def names(response) -> list[str]:
    return [row.organization for row in response.context["rows"]]


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


# --- The file ------------------------------------------------------------------------------------
def test_the_list_is_downloaded_as_it_is_narrowed(client):
    restriction = RestrictionFactory()
    RestrictionFactory(is_public=False)
    RestrictionFactory(lifted_at=NOON)

    response = client.get("/credit.csv")
    rows = b"".join(response.streaming_content).decode().splitlines()

    assert response["Content-Disposition"] == 'attachment; filename="restrictions-20261124.csv"'
    assert len(rows) == 2
    assert rows[1].startswith(
        f"{restriction.case.decision_number},{restriction.organization.name},"
    )


def test_the_list_is_sorted_as_asked_and_the_page_says_how(client):
    later = RestrictionFactory(effective_from=NOON - 3 * DAY, effective_to=NOON + 9 * DAY)
    sooner = RestrictionFactory(effective_from=NOON - 9 * DAY, effective_to=NOON + 3 * DAY)

    assert names(client.get("/credit/")) == [later.organization.name, sooner.organization.name]
    response = client.get("/credit/?sort=ending")
    assert names(response) == [sooner.organization.name, later.organization.name]
    assert "<strong>先到期的在前</strong>" in response.content.decode()


# --- The list -------------------------------------------------------------------------------------
def test_the_list_shows_published_restrictions_in_force_with_basis_and_term(client):
    restriction = RestrictionFactory(effective_from=NOON - 65 * DAY, effective_to=NOON + 300 * DAY)
    RestrictionFactory(is_public=False)
    over = RestrictionFactory(effective_from=NOON - 9 * DAY, effective_to=NOON)
    lifted = RestrictionFactory(lifted_at=NOON)

    response = client.get("/credit/")

    assert names(response) == [restriction.organization.name]
    text = response.content.decode()
    for words in ["《测试条例》", "暂停报名", "严重失信", "已执行 65 天，还有 300 天"]:
        assert words in text
    assert {*names(client.get("/credit/?state=over"))} == {
        over.organization.name,
        lifted.organization.name,
    }


def test_an_empty_list_says_so(client):
    assert "目前没有正在执行的限制" in page(client, "/credit/")
    assert "还没有结束的限制" in page(client, "/credit/?state=over")
    assert "没有符合条件的限制" in page(client, "/credit/?q=无")


def test_the_list_costs_the_same_for_one_and_for_many(client, django_assert_num_queries):
    division("360100")
    RestrictionFactory()
    with django_assert_num_queries(9):
        client.get("/credit/")
    for _again in range(5):
        RestrictionFactory()

    with django_assert_num_queries(9):
        client.get("/credit/")


# --- The decision ---------------------------------------------------------------------------------
def test_a_decision_is_a_document_for_everybody(client):
    case = notice(kind=Conduct.COLLUSION, at=NOON - 30 * DAY)
    restriction = decision(case, at=NOON - 5 * DAY)

    text = page(client, f"/credit/decisions/{restriction.slug}/")

    for words in [
        restriction.organization.name,
        restriction.organization.uscc,
        "串通报价",
        "严重失信",
        "《测试条例》",
        "两家机构的报价文件由同一台设备制作。",
        "事实清楚，证据充分。",
        "信用限制期内不能报名任何采购",
        "由承办人以外的人员审核，以办理机关名义作出决定",
        "六十日内申请行政复议",
        "限制到期自行终止",
        "已执行 5 天，还有 360 天",
        case.number,
    ]:
        assert words in text
    for officer in (case.opened_by, case.authority.memberships.first()):
        assert str(officer) not in text or officer is None


def test_names_of_officers_are_for_the_authority_alone(client):
    restriction = decision(notice(at=NOON - 30 * DAY), at=NOON - 5 * DAY)
    inspector = party(AuthorityFactory(), Role.INSPECTOR)
    url = f"/credit/decisions/{restriction.slug}/"

    assert f"承办人 {restriction.case.opened_by}" not in page(client, url)
    client.force_login(inspector.user)
    assert f"承办人 {restriction.case.opened_by}" in page(client, url)


@pytest.mark.parametrize("who", ["stranger", "other_agency", "other_city"])
def test_an_unpublished_decision_does_not_exist_for_others(client, who):
    restriction = RestrictionFactory(is_public=False)
    if who == "other_agency":
        client.force_login(party(active_agency(), Role.AGENCY_MANAGER).user)
    if who == "other_city":
        authority = AuthorityFactory(division=division("360100"))
        client.force_login(party(authority, Role.REGULATOR).user)

    page(client, f"/credit/decisions/{restriction.slug}/", status=404)


def test_an_unpublished_decision_is_there_for_its_parties(client):
    restriction = decision(
        notice(severity="minor", months=1, restriction_kind="warning", at=NOON - 30 * DAY),
        at=NOON - 5 * DAY,
    )
    url = f"/credit/decisions/{restriction.slug}/"

    client.force_login(party(restriction.organization, Role.AGENCY_AGENT).user)
    assert "只有当事单位和办理机关能看到" in page(client, url)
    client.force_login(party(restriction.case.authority, Role.REGULATOR).user)
    assert "不影响报名、选取和签约" in page(client, url)


def test_a_revoked_and_an_ended_decision_say_so(client):
    lifted = decision(notice(at=NOON - 30 * DAY), at=NOON - 9 * DAY)
    Restriction.objects.filter(pk=lifted.pk).update(lifted_at=NOON - DAY)
    over = decision(notice(at=NOON - 500 * DAY), at=NOON - 480 * DAY)

    assert "这份决定已于" in page(client, f"/credit/decisions/{lifted.slug}/")
    assert "不再有任何效力" in page(client, f"/credit/decisions/{over.slug}/")


def test_a_late_decision_says_that_it_is_late(client):
    case = notice(at=NOON - 60 * DAY)
    restriction = decision(case, at=NOON - DAY)

    assert "超过决定期限" in page(client, f"/credit/decisions/{restriction.slug}/")


def test_how_many_sealed_bids_a_decision_ended_is_told_only_after_their_opening(client):
    tender = TenderFactory(active=True)
    bid = BidFactory(tender=tender, submitted_at=NOON - DAY)
    case = notice(organization=bid.agency, at=NOON - 30 * DAY)
    restriction = decision(case, at=NOON)
    url = f"/credit/decisions/{restriction.slug}/"
    officer = party(case.authority, Role.REGULATOR)
    agency = party(bid.agency, Role.AGENCY_MANAGER)
    assert restriction.ended_bid_count == 1
    assert Bid.objects.get().status == Bid.Status.ENDED

    secret, told = "份数在有关采购开启报价后公布", "已开启报价的采购中有 1 份报价因本决定失效"
    assert secret in page(client, url)
    client.force_login(officer.user)
    assert secret in page(client, url)
    assert "1 份" not in page(client, f"/regulator/cases/{case.slug}/")
    client.force_login(agency.user)
    assert "贵单位失效的报价共 1 份" in page(client, url)

    type(tender).objects.filter(pk=tender.pk).update(
        evaluated_at=NOON, status="evaluated", closed_at=NOON
    )
    lay_deadline(tender, OrderDeadline.REGISTRATION, NOON + DAY)
    client.logout()
    assert told in page(client, url)


def test_a_decision_that_is_not_there_is_404(client):
    page(client, "/credit/decisions/nothing/", status=404)
    CaseFactory()
    assert client.post("/credit/").status_code == 405


@pytest.mark.parametrize("heir", ["", "general", "minor"])
def test_a_decision_revoked_after_its_term_says_whether_its_points_fell_openly(client, heir):
    agency = active_agency()
    matter = {"organization": agency, "reference": order_of(agency).code, "severity": "general"}
    first = decision(notice(**matter, months=3, at=NOON - 300 * DAY), at=NOON - 280 * DAY)
    end_restriction(restriction=first, at=first.effective_to)
    if heir:
        again = {**matter, "severity": heir}
        decision(notice(**again, months=3, at=NOON - 60 * DAY), at=NOON - 40 * DAY)
    revoke_case(case=first.case, reasons="事实有误。", by=UserFactory(), at=NOON - DAY)

    text = page(client, f"/credit/decisions/{first.slug}/")

    is_openly_borne = heir == "general"
    assert ("由它形成的扣分自那时起不再计算" in text) is not is_openly_borne
    assert ("撤销，自那时起不再适用" in text) is is_openly_borne
    assert "限制自那时起解除" not in text


def test_everybody_is_given_the_published_decisions_signed(client, settings):
    settings.CREDIT_SIGNING_KEY = SEED
    shown, _hidden = RestrictionFactory(), RestrictionFactory(is_public=False)

    answer = client.get("/credit.jws")

    told = verify(answer.content.decode(), public_key(PUBLIC))["decisions"]
    assert [one["number"] for one in told] == [shown.case.decision_number]
    assert PUBLIC in client.get("/credit/").content.decode()
