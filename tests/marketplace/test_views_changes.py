"""The pages of a change: proposed by the agency, compared and decided by an officer."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from marketplace.models import (
    Agency,
    ChangeProposal,
    Membership,
    Organization,
    Practitioner,
    Qualification,
)
from marketplace.parties import Party
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ChangeProposalFactory,
    MembershipFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    division,
    party,
)
from tests.markup import on_one_line
from tests.uploads import OFD_BYTES, PDF_BYTES, PNG_BYTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role, S = Membership.Role, ChangeProposal.Status
CHANGES = "/admission/changes/"
FIRST, SECOND = "江西更名咨询有限公司", "江西更名工程咨询有限公司"
MEANWHILE = "江西中途更名有限公司"


@pytest.fixture
def agency() -> Agency:
    agency = AgencyFactory(active=True)
    QualificationFactory(agency=agency, valid_until=date(2026, 12, 31))
    PractitionerFactory(agency=agency)
    MembershipFactory(organization=agency.organization, role=Role.AGENCY_AGENT)
    return agency


@pytest.fixture
def manager(agency: Agency) -> Party:
    return party(agency.organization, Role.AGENCY_MANAGER)


@pytest.fixture
def operator() -> Party:
    return party(AuthorityFactory(), Role.OPERATOR)


def text(page: HttpResponse) -> str:
    return page.content.decode()


def paper(name: str = "证照.pdf", content: bytes = PDF_BYTES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def facts_of(page: HttpResponse) -> dict[str, object]:
    """Return what the form of the facts begins with, as a browser would send it."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if name != "papers"}
    return {name: "" if value is None else value for name, value in values.items()}


def proposed(client: Client, **changed: object) -> ChangeProposal:
    url = f"{CHANGES}new/facts/change/"
    sent = {**facts_of(client.get(url)), **changed}
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return ChangeProposal.objects.latest("pk")


def test_facts_are_proposed_and_compared_beside_their_papers(
    client: Client, agency: Agency, manager: Party, operator: Party
) -> None:
    client.force_login(manager.user)
    assert "变更基本情况" in text(client.get(CHANGES))
    files = [paper(), paper("正面.png", PNG_BYTES), paper("证照.ofd", OFD_BYTES)]
    proposal = proposed(client, name=FIRST, papers=files)
    assert proposal.values == {"name": FIRST}
    own = text(client.get(f"{CHANGES}{proposal.slug}/"))
    assert (FIRST in own, "撤回变更" in own) == (True, True)

    client.force_login(operator.user)

    assert "形式审核登记变更" in text(client.get("/workbench/"))
    assert agency.organization.name in text(client.get("/operator/changes/"))
    page = client.get(f"/operator/changes/{proposal.slug}/")
    [row] = page.context["compared"]
    assert (row.before, row.after) == (agency.organization.name, FIRST)
    assert (row.is_changed, row.has_moved) == (True, False)
    html = on_one_line(page)
    assert (html.count("<iframe "), html.count("<img ")) == (1, 1)


def test_a_change_is_returned_corrected_and_confirmed(
    client: Client, agency: Agency, manager: Party, operator: Party
) -> None:
    client.force_login(manager.user)
    proposal = proposed(client, name=FIRST, papers=[paper()])
    url, correct = f"/operator/changes/{proposal.slug}/", f"{CHANGES}{proposal.slug}/correct/"
    client.force_login(operator.user)
    assert client.post(f"{url}return/", {"reasons": ""}).status_code == 422
    assert client.post(f"{url}return/", {"reasons": "名称与执照不符"}).status_code == 302
    client.force_login(manager.user)
    assert "修改退回的登记变更" in text(client.get("/workbench/"))
    page = client.get(correct)
    assert page.context["form"]["name"].value() == FIRST
    assert client.post(correct, {**facts_of(page), "name": SECOND}).status_code == 302

    client.force_login(operator.user)
    Organization.objects.filter(pk=agency.pk).update(name=MEANWHILE)
    assert "提出时登记为" in text(client.get(url))
    assert client.post(f"{url}confirm/").status_code == 302

    agency.organization.refresh_from_db()
    assert agency.organization.name == SECOND
    client.force_login(manager.user)
    assert f"{MEANWHILE} → {SECOND}" in on_one_line(client.get(CHANGES))


def test_each_row_can_be_proposed_about(client: Client, agency: Agency, manager: Party) -> None:
    client.force_login(manager.user)
    certificate, person = Qualification.objects.get(), Practitioner.objects.get()
    agent = Membership.objects.get(role=Role.AGENCY_AGENT)
    listed = text(client.get(CHANGES))
    addresses = re.findall(r'href="(/admission/changes/new/[^"]+)"', listed)
    assert len(addresses) == 9

    for url in addresses:
        assert client.get(url).status_code == 200, url
    renewal = client.get(f"{CHANGES}new/qualification/{certificate.pk}/renew/")
    assert renewal.context["form"]["valid_from"].value() == date(2027, 1, 1)
    person_url = f"{CHANGES}new/practitioner/{person.pk}/change/"
    sent = {"name": "王更名", "certificate_name": person.certificate_name}
    sent |= {"certificate_number": person.certificate_number, "papers": paper()}
    assert client.post(person_url, sent).status_code == 302
    agent_url = f"{CHANGES}new/agent/{agent.pk}/change/"
    scope = {"service_classes": [ServiceClassFactory().pk]}
    missing = client.post(agent_url, scope)
    assert missing.status_code == 422
    assert "请上传证明这项变更的材料" in text(missing)
    assert client.post(agent_url, {**scope, "papers": paper()}).status_code == 302
    end = f"{CHANGES}new/qualification/{certificate.pk}/end/"
    assert client.post(end, {}).status_code == 302
    assert [row.act for row in ChangeProposal.objects.all()] == ["end", "change", "change"]
    withdraw = f"{CHANGES}{ChangeProposal.objects.latest('pk').slug}/withdraw/"
    assert client.post(withdraw).status_code == 302
    assert ChangeProposal.objects.latest("pk").status == S.WITHDRAWN


def test_papers_are_read_by_the_agency_and_its_officers_alone(
    client: Client, agency: Agency, manager: Party, operator: Party
) -> None:
    client.force_login(manager.user)
    proposal = proposed(client, address="江西省赣州市章贡区新路8号", papers=[paper()])
    url = f"/admission/papers/{proposal.papers.get().document.slug}/"
    strangers = [
        party(AgencyFactory(active=True).organization, Role.AGENCY_MANAGER),
        party(BuyerFactory().organization, Role.BUYER_MANAGER),
        party(AuthorityFactory(division=division("360102")), Role.OPERATOR),
        party(operator.organization, Role.REGULATOR),
    ]

    for reader in (manager, operator):
        client.force_login(reader.user)
        shown, saved = client.get(f"{url}?view=1"), client.get(url)
        assert shown.headers["Content-Disposition"].startswith("inline")
        assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert saved.headers["Content-Disposition"].startswith("attachment")
        assert saved.headers["X-Frame-Options"] == "DENY"
        assert b"".join(shown.streaming_content) == b"".join(saved.streaming_content) == PDF_BYTES
    for reader in strangers:
        client.force_login(reader.user)
        assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_whom_the_pages_are_not_for(
    client: Client, agency: Agency, manager: Party, operator: Party
) -> None:
    client.force_login(manager.user)
    proposal = proposed(client, contact_name="新联系人")
    assert client.get(f"{CHANGES}new/facts/end/").status_code == 404
    assert client.get(f"{CHANGES}new/qualification/999/end/").status_code == 404
    assert client.get("/operator/changes/").status_code == 403
    assert client.get(f"/operator/changes/{proposal.slug}/").status_code == 404

    agent = party(agency.organization, Role.AGENCY_AGENT)
    client.force_login(agent.user)
    assert client.get(CHANGES).status_code == 200
    assert client.get(f"{CHANGES}new/facts/change/").status_code == 403
    assert client.post(f"{CHANGES}{proposal.slug}/withdraw/").status_code == 403

    other = party(AuthorityFactory(division=division("360102")), Role.OPERATOR)
    client.force_login(other.user)
    assert client.post(f"/operator/changes/{proposal.slug}/confirm/").status_code == 404
    assert client.get("/operator/changes/?status=withdrawn").status_code == 404
    proposal.refresh_from_db()
    assert proposal.status == S.SUBMITTED


def test_what_is_settled_offers_nothing_to_take_back(
    client: Client, agency: Agency, manager: Party
) -> None:
    client.force_login(manager.user)
    for state, offers in (("submitted", True), ("returned", True), ("effective", False)):
        proposal = ChangeProposalFactory(agency=agency, **{state: True})
        assert ("撤回变更" in text(client.get(f"{CHANGES}{proposal.slug}/"))) is offers
