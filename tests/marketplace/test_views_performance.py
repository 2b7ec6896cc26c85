"""Work done elsewhere is declared with its paper, checked by an officer, and only then public."""

import pytest
from django.test import Client

from marketplace.kernel.models import AuditEntry
from marketplace.models import Message, PastPerformance
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    Role,
    ServiceClassFactory,
    division,
    party,
)
from tests.uploads import PDF_BYTES, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = PastPerformance.Status
TITLE = "测试水库大坝安全评价"


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def typed(**changed: object) -> dict[str, object]:
    return {
        "title": TITLE,
        "client": "测试县水利局",
        "service_class": ServiceClassFactory().code,
        "completed_on": "2026-05-20",
        "evidence": upload(),
        **changed,
    }


def test_declared_work_is_public_once_an_officer_has_compared_it(client: Client) -> None:
    agency = AgencyFactory(active=True)
    manager = party(agency.organization, Role.AGENCY_MANAGER).user
    officer = party(AuthorityFactory(), Role.OPERATOR).user
    public = f"/agencies/{agency.organization.slug}/"
    client.force_login(manager)

    assert "还没有业绩" in text(client, "/admission/performance/")
    client.post("/admission/performance/new/", typed())
    work = PastPerformance.objects.get()
    assert (work.status, work.checked_by) == (S.ENTERED, None)
    assert "待核验" in text(client, "/admission/performance/")
    assert TITLE not in text(client, public)

    page = f"/operator/performance/{work.slug}/"
    client.force_login(officer)
    assert page in text(client, "/workbench/")
    assert page in text(client, "/operator/performance/")
    assert "合同.pdf" in text(client, page)
    paper = f"/admission/performance/{work.slug}/evidence/"
    assert client.get(paper).getvalue() == PDF_BYTES
    client.post(f"{page}confirm/")
    work.refresh_from_db()
    assert (work.status, work.checked_by, work.checked_at) == (S.CHECKED, officer, NOON)
    assert AuditEntry.objects.get(verb="performance.checked").before == "entered"
    assert Message.objects.get().kind == "marketplace/performance_checked"
    assert TITLE in text(client, public)
    assert client.post(f"{page}refuse/", {"reasons": "不一致"}).status_code == 422
    assert "没有等待核验的业绩" in text(client, "/operator/performance/")


def test_what_is_refused_says_why_and_may_be_declared_again(client: Client) -> None:
    agency = AgencyFactory(active=True)
    manager = party(agency.organization, Role.AGENCY_MANAGER).user
    client.force_login(manager)
    client.post("/admission/performance/new/", typed())
    work = PastPerformance.objects.get()
    refusals = [typed(), typed(completed_on="2026-11-25"), typed(evidence="")]
    for wrong in refusals:
        assert client.post("/admission/performance/new/", wrong).status_code == 422
    assert PastPerformance.objects.count() == 1

    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    page = f"/operator/performance/{work.slug}/"
    assert client.post(f"{page}refuse/", {}).status_code == 422
    client.post(f"{page}refuse/", {"reasons": "合同没有盖章"})

    client.force_login(manager)
    assert "合同没有盖章" in text(client, "/admission/performance/")
    assert "合同没有盖章" in Message.objects.get().body
    client.post("/admission/performance/new/", typed())
    assert [one.status for one in PastPerformance.objects.order_by("pk")] == [S.REFUSED, S.ENTERED]


def test_only_officers_of_the_place_check_and_never_their_own_agency(client: Client) -> None:
    agency = AgencyFactory(active=True)
    client.force_login(party(agency.organization, Role.AGENCY_MANAGER).user)
    client.post("/admission/performance/new/", typed())
    work = PastPerformance.objects.get()
    page = f"/operator/performance/{work.slug}/"
    paper = f"/admission/performance/{work.slug}/evidence/"
    elsewhere = party(AuthorityFactory(division=division("360102")), Role.OPERATOR).user
    own = party(AuthorityFactory(), Role.OPERATOR).user
    party(agency.organization, Role.AGENCY_AGENT, user=own)
    stranger = party(AgencyFactory(active=True).organization, Role.AGENCY_MANAGER).user

    for user in (elsewhere, stranger):
        client.force_login(user)
        assert client.get(page).status_code == 404
        assert client.get(paper).status_code == 404
    client.force_login(own)
    assert client.post(f"{page}confirm/").status_code == 422
    work.refresh_from_db()
    assert work.status == S.ENTERED
