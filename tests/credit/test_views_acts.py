"""The acts on a case, each on a page that asks, from the notice to the repair."""

from datetime import timedelta

import pytest

from credit.models import Case, Repair, Restriction, Review
from marketplace.actions.rulebook import pin_rulebook
from marketplace.models import Membership
from tests.clock import NOON
from tests.credit.test_views_regulator import url_of
from tests.factories.credit import CaseFactory, RestrictionFactory, notice
from tests.factories.marketplace import AuthorityFactory, MembershipFactory, Role, division, party
from tests.markup import text_of
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


@pytest.fixture
def rulebook(rules):
    return pin_rulebook(division=division("360000"), at=NOON)


@pytest.fixture
def officer(authority):
    return party(authority, Role.REGULATOR)


def own(case, act=""):
    return f"/credit/record/cases/{case.slug}/{act}"


def said(agency):
    return Membership.objects.filter(organization=agency).first().user


def test_a_hearing_is_asked_announced_and_printed(client, agency, authority, officer):
    case = notice(organization=agency, authority=authority, at=NOON - DAY)
    client.force_login(said(agency))
    assert "要求听证" in text_of(client.get(own(case)))
    client.post(own(case), {"statement": "没有串通。", "asks_hearing": "on"})
    case.refresh_from_db()
    assert (case.status, case.hearing.takes_place_at) == ("hearing", None)

    client.force_login(officer.user)
    page = text_of(client.get(url_of(case)))
    assert "通知听证时间地点" in page
    early = {"takes_place_at": "2026-11-25T09:00", "place": "三楼"}
    answer = client.post(url_of(case, "hearing/"), early)
    assert "七日以前通知" in text_of(answer, status=422)
    answer = client.post(url_of(case, "hearing/"), {**early, "takes_place_at": "2026-12-02T09:00"})
    assert (answer.status_code, answer.url) == (302, url_of(case))
    case.hearing.refresh_from_db()
    assert case.hearing.takes_place_at.isoformat() == "2026-12-02T01:00:00+00:00"

    paper = text_of(client.get(f"/credit/cases/{case.slug}/papers/hearing/"))
    assert "三楼" in paper
    assert "<svg" in paper
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    assert client.get(f"/credit/cases/{case.slug}/papers/hearing/").status_code == 404


def test_a_decision_is_reviewed_suspended_and_shortened(
    client, agency, authority, officer, rulebook
):
    case = CaseFactory(
        decided=True,
        rulebook=rulebook,
        organization=agency,
        authority=authority,
        appeal_due_at=NOON + DAY,
    )
    restriction = RestrictionFactory(case=case, organization=agency, effective_from=NOON - DAY)
    client.force_login(said(agency))
    assert f'href="{own(case, "review/")}"' in text_of(client.get(own(case)))
    data = {"grounds": "事实不清。", "papers": [upload(name="复核材料.pdf")]}
    assert client.post(own(case, "review/"), data).status_code == 302
    assert Review.objects.get().papers.get().name == "复核材料.pdf"
    assert "复核只有一次" in text_of(client.get(own(case, "review/")))

    client.force_login(officer.user)
    assert "事实不清。" in text_of(client.get(url_of(case)))
    client.post(url_of(case, "suspend/"), {"reasons": "损失难以弥补。"})
    restriction.refresh_from_db()
    assert (restriction.suspended_at, restriction.resumed_at) == (NOON, None)
    answer = client.post(url_of(case, "review/"), {"outcome": "varied", "reasons": "较轻。"})
    assert "变更后的期限应为 1–11 个月" in text_of(answer, status=422)
    client.post(url_of(case, "review/"), {"outcome": "varied", "months": 3, "reasons": "较轻。"})

    restriction.refresh_from_db()
    assert (restriction.resumed_at, restriction.effective_to < NOON + 120 * DAY) == (NOON, True)
    paper = text_of(client.get(f"/credit/cases/{case.slug}/papers/review/"))
    assert "变更决定，期限缩短为 3 个月" in paper
    assert "六十日内申请行政复议" in paper


def test_a_repair_is_asked_granted_and_takes_the_decision_off_the_site(
    client, agency, authority, officer, rulebook
):
    case = CaseFactory(decided=True, rulebook=rulebook, organization=agency, authority=authority)
    restriction = RestrictionFactory(
        case=case, organization=agency, effective_from=NOON - 400 * DAY, severity="serious"
    )
    Restriction.objects.update(effective_to=NOON + 300 * DAY)
    client.force_login(said(agency))
    data = {"correction": "已经整改。", "commitment": "今后诚信。"}
    assert client.post(own(case, "repair/"), data).status_code == 302

    client.force_login(officer.user)
    data = {"is_granted": "yes", "reasons": "整改到位。"}
    assert client.post(url_of(case, "repair/"), data).status_code == 302

    assert (Repair.objects.get().status, Case.objects.get().status) == ("granted", "repaired")
    client.logout()
    assert client.get(f"/credit/decisions/{restriction.slug}/").status_code == 410


def test_a_case_changes_hands_and_an_officer_stands_back(client, authority, officer):
    case = notice(authority=authority, at=NOON - DAY)
    colleague = MembershipFactory(organization=authority, role=Role.REGULATOR).user
    client.force_login(officer.user)

    client.post(url_of(case, "hand-over/"), {"colleague": colleague.pk, "reasons": "休假"})
    client.post(url_of(case, "recuse/"), {"reasons": "是亲属"})

    case.refresh_from_db()
    assert (case.handled_by, case.recusals.get().user) == (colleague, officer.user)
    assert "是亲属" in text_of(client.get(url_of(case)))


def test_what_was_found_is_set_aside_by_its_officer(client, authority, officer, rulebook):
    case = CaseFactory(found=True, rulebook=rulebook, authority=authority)
    client.force_login(officer.user)
    assert "送达告知书" in text_of(client.get(url_of(case)))

    client.post(url_of(case, "aside/"), {"reasons": "查无此事。"})

    case.refresh_from_db()
    assert (case.status, case.closing_reasons) == ("set_aside", "查无此事。")
    assert "不予立案的理由" in text_of(client.get(url_of(case)))


def test_an_officer_whose_role_ends_while_the_form_is_open_decides_nothing(
    client, authority, officer, rulebook
):
    case = CaseFactory(authority=authority, stated=True, rulebook=rulebook)
    client.force_login(officer.user)
    assert client.get(url_of(case, "decide/")).status_code == 200

    Membership.objects.filter(user=officer.user).update(is_active=False)
    answer = client.post(url_of(case, "decide/"), {"reasons": "事实清楚。"})

    assert answer.status_code in {302, 403, 404}
    case.refresh_from_db()
    assert (case.status, case.decided_by) == (Case.Status.STATED, None)
    assert not Restriction.objects.exists()
