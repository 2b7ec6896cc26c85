"""The officers' side: queues, notice, decision by another person, revocation by a third."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from credit.actions import end_restriction
from credit.models import Case, Restriction
from credit.rules import MONTHS
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import AuditEntry
from marketplace.models import Document, Message, Organization, StandIn
from marketplace.parties import Party
from tests.bidding.refusals import snapshot
from tests.clock import NOON
from tests.factories.bidding import BidFactory, bidder, rulebook
from tests.factories.credit import (
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
    order_of,
    paper,
)
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    ParameterFactory,
    Role,
    division,
    load_laws,
    party,
)
from tests.markup import on_one_line, text_of
from tests.uploads import EXE_BYTES, stored_files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
REASONS = {"reasons": "事实清楚，证据充分。"}
FORM = {
    "kind": "collusion",
    "reference": "",
    "occurred_on": "2026-11-20",
    "facts": "两家机构的报价文件由同一台设备制作。",
    "legal_basis": "《测试条例》",
    "severity": "serious",
    "restriction_kind": "freeze",
    "months": "12",
    "service_class": "",
}


@pytest.fixture
def authority() -> Organization:
    return AuthorityFactory()


@pytest.fixture
def officer(client: Client, authority: Organization) -> Party:
    acting = party(authority, Role.REGULATOR)
    client.force_login(acting.user)
    return acting


def ripe(authority: Organization, **changes) -> Case:
    """A case of `authority` whose time for a statement is over."""
    return notice(authority=authority, **{"at": NOON - 10 * DAY, **changes})


def url_of(case: Case, act: str = "") -> str:
    return f"/regulator/cases/{case.slug}/{act}"


def count_queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# --- Who gets in ----------------------------------------------------------------------------------
PAGES = ["/regulator/cases/", "/regulator/cases/new/", "/regulator/standing/"]


@pytest.mark.parametrize("url", PAGES)
def test_the_officers_pages_are_for_officers(client, url):
    assert client.get(url).status_code == 302
    for organization, role in (
        (active_agency(), Role.AGENCY_MANAGER),
        (BuyerFactory().organization, Role.BUYER_MANAGER),
        (AuthorityFactory(), Role.OPERATOR),
    ):
        client.force_login(party(organization, role).user)
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
def test_managers_and_inspectors_read_and_do_not_open(client, role, authority):
    client.force_login(party(authority, role).user)

    assert client.get("/regulator/cases/").status_code == 200
    assert client.get("/regulator/standing/").status_code == 200
    assert client.get("/regulator/cases/new/").status_code == 403
    agency = active_agency()
    response = client.post(f"/regulator/cases/new/?agency={agency.slug}", FORM)
    assert response.status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize("act", ["", "decide/", "dismiss/", "revoke/"])
def test_a_case_of_another_city_does_not_exist(client, act):
    case = CaseFactory(stated=True)
    other = AuthorityFactory(division=division("360100"))
    client.force_login(party(other, Role.REGULATOR, Role.MANAGER).user)

    response = client.post(url_of(case, act), REASONS) if act else client.get(url_of(case))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.INSPECTOR, "decide/"),
        (Role.MANAGER, "decide/"),
        (Role.MANAGER, "dismiss/"),
        (Role.REGULATOR, "revoke/"),
    ],
)
def test_an_act_of_another_role_is_forbidden(client, role, act, authority):
    case = ripe(authority)
    if act == "revoke/":
        decision(case, at=NOON - DAY)
    client.force_login(party(authority, role).user)
    before = snapshot()

    assert client.post(url_of(case, act), REASONS).status_code == 403
    assert {**snapshot(), "marketplace.User": None} == {**before, "marketplace.User": None}


def test_a_neighbour_authority_of_the_same_place_does_not_decide(client, authority):
    case = ripe(authority)
    client.force_login(party(AuthorityFactory(), Role.REGULATOR).user)

    assert "由办理机关或者它的上级机关" in text_of(client.get(url_of(case)))
    assert client.post(url_of(case, "decide/"), REASONS).status_code == 403


# --- Queues ---------------------------------------------------------------------------------------
def test_the_queue_shows_the_nearest_deadline_first_with_its_age(client, officer, authority):
    later = CaseFactory(stated=True, authority=authority, decision_due_at=NOON + 9 * DAY)
    soon = CaseFactory(stated=True, authority=authority, decision_due_at=NOON + 2 * DAY)
    overdue = CaseFactory(stated=True, authority=authority, decision_due_at=NOON)
    waiting = CaseFactory(authority=authority)
    CaseFactory(stated=True, authority=AuthorityFactory(division=division("360100")))

    response = client.get("/regulator/cases/")

    assert [row.case.slug for row in response.context["rows"]] == [
        overdue.slug,
        soon.slug,
        later.slug,
    ]
    text = text_of(response)
    assert "已逾期" in text
    assert "已用 1 个工作日，限 3 个" in text
    response = client.get("/regulator/cases/?queue=statement")
    assert [row.case.slug for row in response.context["rows"]] == [waiting.slug]


def test_an_unknown_queue_is_the_first_one(client, officer, authority):
    case = CaseFactory(stated=True, authority=authority)

    response = client.get("/regulator/cases/?queue=nonsense")

    assert [row.case.slug for row in response.context["rows"]] == [case.slug]


def test_cases_are_searched_and_who_has_none_takes_a_free_one_on(client, officer, authority):
    free = CaseFactory(stated=True, authority=authority)
    other = party(authority, Role.REGULATOR).user
    CaseFactory(stated=True, authority=authority, handled_by=other)

    def found(asked: str) -> list[str]:
        rows = client.get(f"/regulator/cases/?{asked}").context["rows"]
        return [row.case.slug for row in rows]

    assert found(f"q={free.organization.uscc}+{free.number}") == found("whose=free") == [free.slug]
    assert found("q=没有这样的") == found("whose=mine") == []
    taken = {"colleague": officer.user.pk, "reasons": "由我承办"}
    assert client.post(url_of(free, "hand-over/"), taken).status_code == 302

    assert found("whose=mine") == [free.slug]
    assert found("whose=free") == []
    assert not Message.objects.exists()
    StandIn.objects.create(
        organization=authority,
        absent=other,
        substitute=officer.user,
        first_day=NOON.date(),
        last_day=NOON.date(),
        set_by=other,
        set_at=NOON,
    )
    assert len(found("whose=mine")) == 2


def test_the_closed_cases_are_a_queue_of_their_own(client, officer, authority):
    closed = {
        CaseFactory(**{state: True}, authority=authority).slug for state in ("decided", "ended")
    }

    response = client.get("/regulator/cases/?queue=closed")

    assert {row.case.slug for row in response.context["rows"]} == closed
    assert "还没有办结的案件" not in text_of(response)


@pytest.mark.parametrize("queue", ["decision", "statement", "closed"])
def test_an_empty_queue_says_so(client, officer, queue):
    assert "z-empty" in text_of(client.get(f"/regulator/cases/?queue={queue}"))


def test_the_queue_costs_the_same_for_one_and_for_many(client, officer, authority):
    CaseFactory(stated=True, authority=authority)
    one = count_queries(client, "/regulator/cases/")
    for _again in range(6):
        CaseFactory(stated=True, authority=authority)

    assert count_queries(client, "/regulator/cases/") == one <= 26


# --- Notice ---------------------------------------------------------------------------------------
def test_each_grade_of_a_notice_leads_to_the_article_that_its_months_rest_on(client, officer):
    load_laws()
    article = "《优化营商环境条例》第四十三条"
    ParameterFactory(
        key=MONTHS.cell("serious").key,
        value=[12, 36],
        unit="month",
        legal_basis=article,
        in_force_from=NOON.date(),
    )

    url = f"/regulator/cases/new/?agency={active_agency().slug}"
    form = on_one_line(client.get(url)).partition("<main")[2]

    link = '<a href="/laws/business-environment/#a43" data-article="law-business-environment-a43">'
    assert f'_basis">依据：{link}{article}</a></p>' in form
    assert form.count("依据：平台默认</p>") == 2
    described = re.findall(r'aria-describedby="(id_severity_\d_basis)"', form)
    assert described == re.findall(r'<p class="note" id="(id_severity_\d_basis)">', form) != []


def test_an_officer_finds_the_agency_and_gives_notice(client, officer):
    agency = active_agency(name="赣州章江咨询有限公司")
    active_agency(name="南昌青云测绘院")
    AgencyFactory(organization__name="赣州草稿有限公司")

    found = client.get("/regulator/cases/new/", {"q": "赣州"})
    assert [row.name for row in found.context["agencies"]] == ["赣州章江咨询有限公司"]
    url = f"/regulator/cases/new/?agency={agency.slug}"
    form = text_of(client.get(url))
    assert "严重失信（12–36 个月）" in form

    response = client.post(url, {**FORM, "evidence": [upload(name="比对.pdf"), upload()]})

    case = Case.objects.get()
    assert (response.status_code, response.url) == (302, url_of(case, "notify/"))
    assert (case.status, case.notified_at) == ("found", None)
    assert "现在不产生任何限制" in text_of(client.get(response.url))
    response = client.post(response.url)
    assert (response.status_code, response.url) == (302, url_of(case))
    case.refresh_from_db()
    assert (case.status, case.notified_at) == ("notified", NOON)
    assert (case.organization, case.authority, case.opened_by) == (
        agency,
        officer.organization,
        officer.user,
    )
    assert (case.kind, case.severity, case.months) == ("collusion", "serious", 12)
    assert case.occurred_at.isoformat() == "2026-11-19T16:00:00+00:00"
    assert sorted(case.evidence.values_list("name", flat=True)) == ["合同.pdf", "比对.pdf"]
    assert "比对.pdf" in text_of(client.get(url_of(case)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"months": "37"}, "严重失信的信用限制期限为 12–36 个月"),
        ({"severity": "minor"}, "轻微失信的信用限制期限为 0–3 个月"),
        ({"occurred_on": "2026-11-25"}, "行为发生的时间不能晚于立案的时间"),
        ({"occurred_on": "0001-01-01"}, "2025年1月1日（信用规则施行之日）至今天（2026年11月24日）"),
        ({"occurred_on": "2024-12-31"}, "2025年1月1日（信用规则施行之日）至今天（2026年11月24日）"),
        ({"occurred_on": "9999-12-31"}, "行为发生的时间不能晚于立案的时间"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"facts": ""}, "facts"),
        ({"kind": "on_time"}, "kind"),
        ({"service_class": "nonsense"}, "service_class"),
        ({"evidence": [upload(), upload(EXE_BYTES, "比对.pdf")]}, "这个文件的内容不是其中任何一种"),
        ({"months": "37", "evidence": [upload()]}, "严重失信的信用限制期限为 12–36 个月"),
        ({"evidence": [upload() for _again in range(6)]}, "最多 5 份文件，选了 6 份"),
    ],
)
def test_a_notice_that_is_refused_says_why_and_leaves_nothing(client, officer, change, words):
    agency, before = active_agency(), stored_files()

    response = client.post(f"/regulator/cases/new/?agency={agency.slug}", {**FORM, **change})

    assert words in text_of(response, status=422)
    assert not Case.objects.exists()
    assert stored_files() == before
    assert not Document.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_agency_of_elsewhere_needs_an_order_of_the_own_area_that_it_took_part_in(
    client, officer
):
    agency = active_agency(division=division("360100"))
    url, code = f"/regulator/cases/new/?agency={agency.slug}", order_of(active_agency()).code

    for reference in ("", code):
        response = client.post(url, {**FORM, "reference": reference})
        assert "须关联本辖区已经开启报价、该机构参加了的采购" in text_of(response, status=422)
    assert not Case.objects.exists()

    own = order_of(agency).code
    assert client.post(url, {**FORM, "reference": own.lower()}).status_code == 302
    assert Case.objects.get().reference == own


def test_who_asks_whether_an_agency_bid_for_a_sealed_order_does_not_learn_it(client, officer):
    bid = BidFactory(agency=bidder(division=division("360100")))
    stranger = bidder(division=division("360100"))
    form = {**FORM, "reference": bid.tender.code}

    texts = [
        text_of(client.post(f"/regulator/cases/new/?agency={agency.slug}", form), status=422)
        for agency in (bid.agency, stranger)
    ]

    assert ["须关联本辖区已经开启报价" in text for text in texts] == [True, True]
    assert not Case.objects.exists()


def test_a_notice_needs_an_agency_that_exists(client, officer):
    draft = AgencyFactory().organization

    assert client.get(f"/regulator/cases/new/?agency={draft.slug}").status_code == 404
    assert client.post("/regulator/cases/new/", FORM).status_code == 404


# --- Decision -------------------------------------------------------------------------------------
def test_a_second_officer_sees_what_a_signature_stops_and_signs(client, officer, authority):
    case = ripe(authority)
    EntryFactory(organization=case.organization, kind="collusion", note="同类行为")
    RestrictionFactory(organization=case.organization, kind="warning")

    text = text_of(client.get(url_of(case)))
    for words in [
        case.facts,
        "12–36 个月",
        "同类行为",
        "全省各级各地停止接受该机构报名",
        "办理人员也看不到",
        "现在签署的，到",
        "已经在执行的限制",
        "以前的决定",
    ]:
        assert words in text
    assert f'href="{url_of(case, "decide/")}"' in text
    asked = text_of(client.get(url_of(case, "decide/")))
    assert "全省各级各地停止接受该机构报名" in asked
    assert "签署“暂停报名”决定" in asked

    response = client.post(url_of(case, "decide/"), REASONS)

    assert (response.status_code, response.url) == (302, url_of(case))
    case.refresh_from_db()
    assert (case.status, case.decided_by) == ("decided", officer.user)
    restriction = Restriction.objects.get(case=case)
    assert restriction.effective_from == NOON
    assert restriction.slug in text_of(client.get(url_of(case)))


def test_an_officer_above_decides_too(client, authority):
    case = ripe(authority)
    above = AuthorityFactory(division=division("360000"))
    client.force_login(party(above, Role.REGULATOR).user)

    assert client.post(url_of(case, "decide/"), REASONS).status_code == 302
    assert Restriction.objects.get().case == case


@pytest.mark.parametrize("act", ["decide/", "dismiss/"])
def test_the_same_person_does_not_decide_by_post_whatever_other_role_they_hold(
    client, officer, authority, act
):
    case = ripe(authority, by=officer.user)
    above = AuthorityFactory(division=division("360000"))
    for organization in (authority, above):
        for role in (Role.MANAGER, Role.INSPECTOR):
            MembershipFactory(user=officer.user, organization=organization, role=role)
    MembershipFactory(user=officer.user, organization=above, role=Role.REGULATOR)
    page = text_of(client.get(url_of(case)))
    assert 'data-guard="decider_is_a_second_officer"' in page
    assert "决定的理由" not in page
    before = snapshot()

    for organization in (authority, above):
        client.post("/workbench/switch/", {"organization": organization.slug})
        response = client.post(url_of(case, act), REASONS)
        assert "立案和决定须由两名工作人员分别办理" in text_of(response, status=422)

    assert snapshot() == before


def test_a_decision_too_early_is_refused_and_keeps_what_was_typed(client, officer, authority):
    case = notice(authority=authority, at=NOON - DAY)

    response = client.post(url_of(case, "decide/"), REASONS)

    assert "陈述申辩期到" in text_of(response, status=422)
    assert not Restriction.objects.exists()


def test_a_decision_without_reasons_is_refused(client, officer, authority):
    case = ripe(authority)

    response = client.post(url_of(case, "decide/"), {"reasons": " "})

    assert "有 1 处需要更正" in text_of(response, status=422)
    assert not Restriction.objects.exists()


def test_a_second_officer_dismisses(client, officer, authority):
    case = ripe(authority)

    assert client.post(url_of(case, "dismiss/"), REASONS).status_code == 302

    case.refresh_from_db()
    assert case.status == "dismissed"
    assert "不予处理的理由" in text_of(client.get(url_of(case)))
    assert "已经办结" in text_of(client.post(url_of(case, "decide/"), REASONS), status=422)


def test_each_act_asks_on_a_page_of_its_own(client, officer, authority):
    case, before = ripe(authority), snapshot()

    for act in ("decide/", "dismiss/", "hand-over/", "recuse/"):
        assert "提交以后" in text_of(client.get(url_of(case, act)))
    assert client.get(url_of(case, "revoke/")).status_code == 403
    assert client.get(url_of(case, "review/")).status_code == 404
    assert snapshot() == before


# --- Revocation -----------------------------------------------------------------------------------
def test_a_manager_revokes_and_both_facts_stay_to_be_read(client, authority):
    case = ripe(authority)
    restriction = decision(case, at=NOON - DAY)
    client.force_login(party(authority, Role.MANAGER).user)
    assert "撤销的理由" in text_of(client.get(url_of(case, "revoke/")))

    response = client.post(url_of(case, "revoke/"), {"reasons": "事实有误。"})

    assert response.status_code == 302
    restriction.refresh_from_db()
    assert restriction.lifted_at == NOON
    text = text_of(client.get(f"/credit/decisions/{restriction.slug}/"))
    for words in ["已撤销", "事实有误。", "事实清楚，证据充分。", "失效的报价不恢复"]:
        assert words in text


@pytest.mark.parametrize("is_marked", [False, True])
def test_a_warning_without_months_is_revoked_on_its_page(client, authority, is_marked):
    case = ripe(authority, restriction_kind="warning", severity="minor", months=0)
    restriction = decision(case, at=NOON - DAY)
    if is_marked:
        end_restriction(restriction=restriction, at=NOON - DAY)
    client.force_login(party(authority, Role.MANAGER).user)
    assert "撤销的理由" in text_of(client.get(url_of(case, "revoke/")))

    response = client.post(url_of(case, "revoke/"), {"reasons": "事实有误。"})

    assert response.status_code == 302
    assert "撤销的理由" in text_of(client.get(url_of(case)))
    text = text_of(client.get(f"/credit/decisions/{restriction.slug}/"))
    assert "由它形成的扣分自那时起不再计算" in text


def test_a_manager_who_decided_does_not_revoke(client, authority):
    case = ripe(authority)
    decision(case, at=NOON - DAY)
    case.refresh_from_db()
    MembershipFactory(user=case.decided_by, organization=authority, role=Role.MANAGER)
    client.force_login(case.decided_by)

    assert 'data-guard="reviewer_is_a_third_officer"' in text_of(client.get(url_of(case)))
    response = client.post(url_of(case, "revoke/"), {"reasons": "事实有误。"})

    assert "没有参加立案和决定" in text_of(response, status=422)
    assert Restriction.objects.get().lifted_at is None


# --- Agencies by standing -------------------------------------------------------------------------
def shown(response) -> list[str]:
    return [row.agency.name for row in response.context["rows"]]


def test_agencies_stand_restricted_ones_first_then_by_score(client, officer):
    good, poor = active_agency(name="甲"), active_agency(name="乙")
    EntryFactory(organization=poor, points=-40)
    EntryFactory(organization=good, points=2)
    RestrictionFactory(organization=active_agency(name="丙"))
    AgencyFactory(organization__name="草稿")

    response = client.get("/regulator/standing/")

    assert shown(response) == ["丙", "乙", "甲"]
    assert "102 分" in text_of(response)


def test_agencies_come_in_pages(client, officer):
    for _again in range(21):
        active_agency()

    assert len(shown(client.get("/regulator/standing/"))) == 20
    assert len(shown(client.get("/regulator/standing/?page=2"))) == 1


def test_the_list_of_agencies_costs_the_same_for_one_and_for_many(client, officer):
    RestrictionFactory()
    one = count_queries(client, "/regulator/standing/")
    for _again in range(6):
        EntryFactory(organization=RestrictionFactory().organization)

    assert count_queries(client, "/regulator/standing/") == one <= 21


def test_a_case_costs_the_same_with_one_and_with_many_papers_and_entries(
    client, officer, authority
):
    case = ripe(authority)
    one = count_queries(client, url_of(case))
    for _again in range(4):
        case.evidence.add(paper(authority))
        EntryFactory(organization=case.organization, kind=case.kind)
        RestrictionFactory(organization=case.organization)

    assert count_queries(client, url_of(case)) - one <= 2


def test_nobody_found_says_so(client, officer):
    assert "没有符合条件的机构" in text_of(client.get("/regulator/standing/?q=无"))
    assert "没有名称或信用代码含“无”" in text_of(client.get("/regulator/cases/new/?q=无"))


def test_only_a_decision_that_the_officer_may_read_is_a_link(client, officer, authority):
    agency = active_agency(division=authority.division)
    elsewhere = CaseFactory(
        organization=agency, authority=AuthorityFactory(division=division("360100")), decided=True
    )
    hidden = RestrictionFactory(organization=agency, case=elsewhere, is_public=False)
    shown = RestrictionFactory(organization=agency)
    case = notice(organization=agency, authority=authority)

    for url in ("/regulator/standing/", url_of(case)):
        html = client.get(url).content.decode()
        assert f"/credit/decisions/{shown.slug}/" in html
        assert hidden.slug not in html
    assert client.get(f"/credit/decisions/{hidden.slug}/").status_code == 404


def test_a_found_case_fills_in_its_day_and_its_entry_can_be_corrected(client, agency, authority):
    client.force_login(party(authority, Role.REGULATOR).user)
    sides = {"authority": authority, "organization": agency, "rulebook": rulebook()}
    case = CaseFactory(found=True, **sides)
    entry = EntryFactory(organization=agency, kind=case.kind, reference=case.reference)

    form = client.get(f"{reverse('credit:case_new')}?agency={agency.slug}&case={case.slug}")
    page = client.get(url_of(case))

    assert f'value="{day_of(case.occurred_at).isoformat()}"' in form.content.decode()
    assert f"{reverse('credit:entry_correct')}?entry={entry.pk}" in page.content.decode()
