"""The officer remarks on each thing, the agency reads it there, and both see what has changed."""

import pytest
from django.test import Client

from marketplace.actions.admissions import approve_admission
from marketplace.actions.changes import correct_change
from marketplace.models import Agency, ChangeProposal
from marketplace.pages.checklists import application_items, changes_since_return
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ChangeProposalFactory,
    PractitionerFactory,
    QualificationFactory,
    Role,
    UserFactory,
    party,
)
from tests.marketplace.changes import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def test_an_application_comes_back_with_remarks_and_shows_what_was_corrected(
    client: Client,
) -> None:
    agency = AgencyFactory(submitted=True, nature=Agency.Nature.SOLE_TRADER)
    paper, person = QualificationFactory(agency=agency), PractitionerFactory(agency=agency)
    manager = party(agency.organization, Role.AGENCY_MANAGER).user
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    page = f"/operator/admissions/{agency.organization.slug}/"

    assert "经营者" in text(client, page)
    assert client.post(f"{page}return/", {}).status_code == 422
    remarks = {
        "reason-address": "differs",
        "note-address": "执照上是 12 号",
        f"reason-qualification-{paper.pk}": "expired",
        f"reason-practitioner-{person.pk}": "unproven",
        "reason-paper-licence": "illegible",
    }
    client.post(f"{page}return/", remarks)

    agency.refresh_from_db()
    assert (agency.status, len(agency.remarks)) == (Agency.Status.RETURNED, 4)
    client.force_login(manager)
    assert "退回意见：与证照不一致；执照上是 12 号" in text(client, "/admission/facts/")
    assert "已过有效期" in text(client, "/admission/qualifications/")
    assert "没有材料证明" in text(client, "/admission/practitioners/")
    assert "材料不清晰，无法辨认" in text(client, "/admission/papers/")
    assert "执照上是 12 号" in text(client, "/admission/")

    organization = agency.organization
    organization.address = "江西省赣州市章贡区测试路12号"
    organization.save()
    person.delete()
    Agency.objects.filter(pk=agency.pk).update(status=Agency.Status.SUBMITTED)
    agency = Agency.objects.get(pk=agency.pk)
    rows = [(one.label, one.before, one.after) for one in changes_since_return(agency)]
    assert rows == [
        ("登记地址", "江西省赣州市章贡区测试路1号", "江西省赣州市章贡区测试路12号"),
        ("执业人员", f"王测试 注册测试工程师 {person.certificate_number}", ""),
    ]


def test_what_is_approved_has_no_remarks_any_more() -> None:
    agency = AgencyFactory(submitted=True, remarks=[{"about": "name"}], returned_values={"x": "y"})

    approve_admission(agency=agency, by=UserFactory(), at=NOON)

    agency.refresh_from_db()
    assert (agency.remarks, agency.returned_values) == ([], {})
    assert changes_since_return(agency) == []


def test_a_change_comes_back_with_remarks_and_shows_what_was_corrected(client: Client) -> None:
    proposal = ChangeProposalFactory()
    agency = proposal.agency
    officer = party(AuthorityFactory(), Role.OPERATOR).user
    page = f"/operator/changes/{proposal.slug}/"
    client.force_login(officer)
    client.post(f"{page}return/", {"reason-address": "differs", "reason-papers": "illegible"})
    manager = party(agency.organization, Role.AGENCY_MANAGER).user
    client.force_login(manager)

    assert "材料不清晰，无法辨认" in text(client, f"/admission/changes/{proposal.slug}/")
    form = text(client, f"/admission/changes/{proposal.slug}/correct/")
    assert "退回意见：与证照不一致" in form
    proposal = ChangeProposal.objects.get()
    other = {"address": "江西省赣州市章贡区新路9号"}
    correct_change(proposal=proposal, by=manager, at=NOON, values=other, files=[pdf()])
    client.force_login(officer)
    shown = text(client, page)
    assert "退回后改了什么" in shown
    assert "新路8号" in shown
    assert "新路9号" in shown


def test_an_owner_reads_what_to_correct_beside_the_field(client: Client) -> None:
    owner = BuyerFactory(registered=True)
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    page = f"/operator/owners/{owner.organization.slug}/return/"
    client.post(page, {"reason-letter": "missing", "reason-name": "malformed"})

    client.force_login(party(owner.organization, Role.BUYER_MANAGER).user)
    shown = text(client, "/buyer/facts/")
    assert "退回意见：缺少，请补充" in shown
    assert "退回意见：填写不规范" in shown


def test_each_certificate_professional_and_paper_is_on_the_list() -> None:
    agency = AgencyFactory(complete=True)
    paper, person = QualificationFactory(agency=agency), PractitionerFactory(agency=agency)

    keys = [one.key for one in application_items(agency)]

    assert keys[-5:] == [
        f"qualification-{paper.pk}",
        f"practitioner-{person.pk}",
        "paper-licence",
        f"paper-certificate-{paper.pk}",
        f"paper-practitioner-{person.pk}",
    ]
