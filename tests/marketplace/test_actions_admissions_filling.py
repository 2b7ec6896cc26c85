"""What others know is taken over with its source, needs no paper, and yields to what is typed."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from marketplace.actions.admissions import change_agency, remove_qualification
from marketplace.actions.admissions.filling import fill_in
from marketplace.exchange import EdocCertificate, Known, Registered
from marketplace.guards.papers import needed_papers
from marketplace.models import Agency, FieldSource
from marketplace.models.deadlines import AdmissionDeadline
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    PractitionerFactory,
    Role,
    ServiceClassFactory,
    UserFactory,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
PAPER = {"name": "测绘资质", "certificate_number": "Z1", "issuer": "省自然资源厅"}
LICENCE = {"name": "江西登记咨询有限公司", "legal_representative": "赵登记", "unknown": "x"}


def known(**licence: Any) -> Known:
    code = ServiceClassFactory().code
    papers = [EdocCertificate(code, {**PAPER, "valid_from": date(2025, 1, 1)}, "E1")]
    papers.append(EdocCertificate("no-such-class", PAPER))
    return Known(Registered({**LICENCE, **licence}, "R1"), papers)


def test_what_is_known_is_filled_in_and_says_where_it_came_from() -> None:
    agency, by = AgencyFactory(), UserFactory()

    made = fill_in(agency=agency, known=known(), by=by, at=NOON)

    agency = Agency.objects.get()
    row = agency.qualifications.get()
    assert str(agency) == "江西登记咨询有限公司"
    assert {(one.field, one.port, one.reference) for one in made} == {
        ("name", "registry", "R1"),
        ("legal_representative", "registry", "R1"),
        (f"qualification-{row.pk}", "certificates", "E1"),
    }
    assert needed_papers(agency) == []
    fill_in(agency=agency, known=known(), by=by, at=NOON)
    assert FieldSource.objects.count() == 4  # a second certificate of another class


def test_what_is_typed_in_its_place_is_the_agency_s_own() -> None:
    agency, by = AgencyFactory(), UserFactory()
    fill_in(agency=agency, known=known(), by=by, at=NOON)
    agency = Agency.objects.get()

    change_agency(agency=agency, by=by, at=NOON, name="江西改名有限公司")
    remove_qualification(qualification=agency.qualifications.get(), by=by, at=NOON)

    assert [one.field for one in FieldSource.objects.all()] == ["legal_representative"]
    assert [one.key for one in needed_papers(Agency.objects.get())] == ["licence"]


def test_nothing_is_filled_in_where_nothing_is_known_or_the_application_is_closed() -> None:
    draft, closed, by = AgencyFactory(), AgencyFactory(submitted=True), UserFactory()
    found = known()
    with refused("something_is_known"):
        fill_in(agency=draft, known=Known(None, ()), by=by, at=NOON)
    with refused("admission_is_open"):
        fill_in(agency=closed, known=found, by=by, at=NOON)


def test_both_sides_see_on_the_pages_where_a_value_came_from(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.EXCHANGE_DIR = tmp_path
    agency = AgencyFactory(complete=True)
    person = PractitionerFactory(agency=agency)
    uscc = agency.organization.uscc
    registry = {uscc: {"facts": {"address": "江西省赣州市登记路1号"}}}
    (tmp_path / "registry.json").write_text(json.dumps(registry), encoding="utf-8")
    insured = {uscc: {person.certificate_number: 2}}
    (tmp_path / "social_security.json").write_text(json.dumps(insured), encoding="utf-8")
    client.force_login(party(agency.organization, Role.AGENCY_MANAGER).user)

    assert client.post("/admission/fill-in/").status_code == 302
    shown = client.get("/admission/facts/").content.decode()
    assert "江西省赣州市登记路1号" in shown
    assert "来自市场监管登记信息，2026年11月24日" in shown
    Agency.objects.filter(pk=agency.pk).update(
        status="submitted", submitted_at=NOON, commitment_signed_at=NOON
    )
    move_deadline(agency, AdmissionDeadline.CHECK, ends_at=NOON + timedelta(days=1))
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    page = client.get(f"/operator/admissions/{agency.organization.slug}/").content.decode()
    assert "来自 市场监管登记信息，2026年11月24日" in page
    assert "近三个月都在本机构参保的 0 人" in page
