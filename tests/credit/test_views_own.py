"""The own record and the agency's side of a case."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from credit.actions import correct_entry
from credit.models import Case, StandingCheck
from credit.pages.dossier import papers_of
from marketplace.models import Document
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    EntryFactory,
    active_agency,
    decision,
    notice,
    paper,
    stored_rulebook,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    UserFactory,
    division,
    party,
)
from tests.markup import text_of
from tests.uploads import EXE_BYTES, PDF_BYTES, stored_files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
URL = "/credit/record/"


@pytest.fixture
def agency(client: Client) -> Party:
    acting = party(active_agency(), Role.AGENCY_MANAGER)
    client.force_login(acting.user)
    return acting


def own_case(agency: Party, **changes) -> Case:
    return notice(organization=agency.organization, **{"at": NOON - DAY, **changes})


# --- The record -----------------------------------------------------------------------------------
def test_the_record_shows_score_grade_and_where_each_point_comes_from(client, agency):
    entry = EntryFactory(organization=agency.organization, note="逾期 12 个工作日")
    EntryFactory(points=-40)

    text = text_of(client.get(URL))

    for words in ["95 分", "服务逾期超过容忍期", entry.reference, "逾期 12 个工作日", "−5"]:
        assert words in text
    assert "−40" not in text


def test_the_record_is_sorted_as_asked_and_says_how(client, agency):
    own = agency.organization
    old = EntryFactory(organization=own, points=-40, occurred_at=NOON - 3 * DAY)
    new = EntryFactory(organization=own, points=-5, occurred_at=NOON - DAY)
    listed = {
        sort: [*client.get(URL, {"sort": sort}).context["entries"]]
        for sort in ("", "oldest", "points")
    }

    assert listed == {"": [new, old], "oldest": [old, new], "points": [old, new]}
    assert "<strong>扣分多的在前</strong>" in text_of(client.get(URL, {"sort": "points"}))


def test_the_record_shows_corrections_beside_what_they_correct(client, agency):
    entry = EntryFactory(organization=agency.organization)
    correct_entry(entry=entry, points=Decimal(0), note="业主同意延期", by=UserFactory(), at=NOON)

    text = text_of(client.get(URL))

    assert "业主同意延期" in text
    assert "更正为 0 分，本条不再计分" in text
    assert "100 分" in text


def test_the_record_can_be_asked_about_a_past_day_as_known_then_and_now(client, agency):
    EntryFactory(
        organization=agency.organization,
        occurred_at=NOON - 9 * DAY,
        recorded_at=NOON - 2 * DAY,
    )
    day = (NOON - 5 * DAY).date().isoformat()

    past = client.get(URL, {"on": day}).context["past"]

    assert (past["then"].score, past["now"].score) == (100, 95)


def test_the_record_shows_own_checks_and_nobody_else_s(client, agency):
    for organization in (agency.organization, active_agency()):
        StandingCheck.objects.create(
            organization=organization,
            moment="sign_up",
            reference=f"JX-{organization.pk}",
            asked_at=NOON,
            rulebook_sha256=stored_rulebook().sha256,
            is_clear=True,
        )

    text = text_of(client.get(URL))

    assert "规则手册 TEST-0" in " ".join(strip_tags(text).split())

    assert text.count("JX-") == 1
    assert f"JX-{agency.organization.pk}" in text


def test_an_owner_has_a_record_too(client):
    owner = party(BuyerFactory().organization, Role.BUYER_AGENT)
    client.force_login(owner.user)

    assert "100 分" in text_of(client.get(URL))


def test_who_has_no_record_is_refused(client):
    assert client.get(URL).status_code == 302
    client.force_login(party(AuthorityFactory(), Role.REGULATOR).user)
    assert client.get(URL).status_code == 403


def test_the_record_costs_the_same_for_few_and_for_many_entries(
    client, agency, django_assert_max_num_queries
):
    for _again in range(20):
        EntryFactory(organization=agency.organization)
    own_case(agency)

    with django_assert_max_num_queries(25):
        client.get(URL)


# --- The case -------------------------------------------------------------------------------------
def test_the_agency_reads_its_case_with_facts_basis_and_clock(client, agency):
    case = own_case(agency)
    case.evidence.add(paper(case.authority, "设备比对.pdf"))

    text = text_of(client.get(f"/credit/record/cases/{case.slug}/"))

    for words in [case.facts, "《测试条例》", "12–36 个月", "还剩", "设备比对.pdf", "提交陈述申辩"]:
        assert words in text


def test_a_manager_submits_the_statement_with_a_paper(client, agency):
    case = own_case(agency)
    url = f"/credit/record/cases/{case.slug}/"

    response = client.post(
        url,
        {"statement": "没有串通。", "document": [upload(name="说明.pdf"), upload(name="附.pdf")]},
    )

    assert (response.status_code, response.url) == (302, url)
    case.refresh_from_db()
    assert (case.status, case.statement) == ("stated", "没有串通。")
    assert case.statement_document.name == "说明.pdf"
    assert [paper.name for paper in papers_of(case)] == ["说明.pdf", "附.pdf"]
    assert "没有串通。" in text_of(client.get(url))


def test_a_statement_that_is_refused_keeps_no_paper_and_says_why(client, agency):
    case, before = own_case(agency), stored_files()
    url = f"/credit/record/cases/{case.slug}/"
    with time_machine.travel(case.statement_due_at, tick=False):
        late = client.post(url, {"statement": "没有串通。", "document": upload()})

    assert late.status_code == 422
    assert "截止" in late.content.decode()
    assert stored_files() == before
    assert "这一次写的和所附的材料没有保存。" in late.content.decode()
    assert "<p>没有串通。</p>" in late.content.decode()
    assert not Document.objects.exclude(name="证据.pdf").exists()
    assert Case.objects.get().status == "notified"


def test_a_second_statement_is_shown_as_not_saved_with_its_text(client, agency):
    case = own_case(agency)
    url = f"/credit/record/cases/{case.slug}/"
    client.post(url, {"statement": "没有串通。"})

    second = client.post(url, {"statement": "第二页写的理由。", "document": upload()})
    page = second.content.decode()

    assert second.status_code == 422
    assert "陈述申辩已经结束，案件现在是“待决定”" in page
    assert "本单位的陈述、申辩已经提交过，见上文；这一次写的和所附的材料没有保存。" in page
    assert "<p>第二页写的理由。</p>" in page
    assert 'name="statement"' not in page
    assert Case.objects.get().statement == "没有串通。"
    assert not Document.objects.exclude(name="证据.pdf").exists()
    assert "没有保存" not in text_of(client.get(url))


@pytest.mark.parametrize(
    "data",
    [
        {"statement": ""},
        {"statement": "没有串通。", "document": upload(EXE_BYTES, "说明.pdf")},
    ],
)
def test_an_empty_statement_or_a_disguised_file_is_refused(client, agency, data):
    case, before = own_case(agency), stored_files()

    response = client.post(f"/credit/record/cases/{case.slug}/", data)

    assert response.status_code == 422
    assert [*response.context["form"].errors] == [[*data][-1]]
    assert Case.objects.get().status == "notified"
    assert stored_files() == before
    assert not Document.objects.exclude(name="证据.pdf").exists()


def test_an_agent_reads_and_does_not_speak(client):
    agent = party(active_agency(), Role.AGENCY_AGENT)
    client.force_login(agent.user)
    case = own_case(agent)
    url = f"/credit/record/cases/{case.slug}/"

    assert "由贵单位的机构管理员提交" in text_of(client.get(url))
    assert client.post(url, {"statement": "没有。"}).status_code == 403
    assert Case.objects.get().status == "notified"


def test_another_s_case_does_not_exist(client, agency):
    other = CaseFactory()
    url = f"/credit/record/cases/{other.slug}/"

    assert client.get(url).status_code == 404
    assert client.post(url, {"statement": "没有。"}).status_code == 404


def test_after_the_deadline_the_button_says_why_it_is_off(client, agency):
    case = own_case(agency)

    with time_machine.travel(case.statement_due_at, tick=False):
        text = text_of(client.get(f"/credit/record/cases/{case.slug}/"))

    assert 'aria-disabled="true"' in text
    assert "sanction.statement" in text


@pytest.mark.parametrize("outcome", ["decided", "dismissed", "revoked", "ended"])
def test_a_closed_case_is_still_there_to_read(client, agency, outcome):
    case = own_case(agency, at=NOON - 30 * DAY)
    restriction = decision(case, at=NOON - 20 * DAY)
    Case.objects.filter(pk=case.pk).update(
        status=outcome, closed_at=NOON, revoked_by=UserFactory(), closing_reasons="事实有误。"
    )
    if outcome == "dismissed":
        restriction.delete()

    text = text_of(client.get(f"/credit/record/cases/{case.slug}/"))

    assert "事实清楚，证据充分。" in text
    assert 'name="statement"' not in text


# --- Papers ---------------------------------------------------------------------------------------
def test_papers_of_a_case_are_for_its_parties(client, agency):
    case = own_case(agency)
    evidence = paper(case.authority)
    case.evidence.add(evidence)
    url = f"/credit/cases/{case.slug}/documents/{evidence.slug}/"

    for reader in (agency, party(case.authority, Role.REGULATOR)):
        client.force_login(reader.user)
        response = client.get(url)
        assert response.getvalue() == PDF_BYTES
        assert "attachment" in response["Content-Disposition"]
        for close in response._resource_closers:  # response.close() would end the transaction
            close()


@pytest.mark.parametrize("who", ["agency", "other_city", "anonymous"])
def test_papers_of_a_case_do_not_exist_for_others(client, who):
    case = notice(at=NOON - DAY)
    evidence = paper(case.authority)
    case.evidence.add(evidence)
    if who == "agency":
        client.force_login(party(active_agency(), Role.AGENCY_MANAGER).user)
    if who == "other_city":
        authority = AuthorityFactory(division=division("360100"))
        client.force_login(party(authority, Role.REGULATOR).user)

    response = client.get(f"/credit/cases/{case.slug}/documents/{evidence.slug}/")

    assert response.status_code == (302 if who == "anonymous" else 404)


def test_a_paper_of_something_else_is_not_served_under_a_case(client, agency):
    case, stray = own_case(agency), paper(agency.organization)

    url = f"/credit/cases/{case.slug}/documents/{stray.slug}/"
    assert client.get(url).status_code == 404


def test_the_score_of_a_past_day_is_worked_out_as_it_was_shown_then(client, agency):
    own = agency.organization
    EntryFactory(organization=own, occurred_at=NOON - 9 * DAY, points=Decimal(-5))
    EntryFactory(organization=own, points=Decimal(-10))

    then = text_of(client.get("/credit/record/score/", {"on": "2026-11-20"}))
    now = text_of(client.get("/credit/record/score/"))
    unknown = client.get("/credit/record/score/", {"on": "2030-01-01"})

    assert "95 分" in then
    assert "−10" not in then
    assert "按当时记录算出的分" in then
    assert "85 分" in now
    assert "按当时记录算出的分" not in now
    assert "只能查" in text_of(unknown)
