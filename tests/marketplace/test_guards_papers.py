import pytest

from marketplace.guards.papers import needed_papers, papers_are_complete
from marketplace.models import Agency
from tests.factories.marketplace import (
    AgencyFactory,
    PractitionerFactory,
    QualificationFactory,
    file_papers,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("nature", "licence"),
    [
        ("company", "营业执照"),
        ("institution", "事业单位法人证书"),
        ("social", "社会组织法人登记证书"),
        ("law_firm", "律师事务所执业许可证"),
        ("sole_trader", "个体工商户营业执照"),
        ("", "营业执照或者登记证书"),
    ],
)
def test_each_kind_of_agency_shows_its_own_licence(nature: str, licence: str) -> None:
    agency = AgencyFactory(nature=nature)
    agency.papers.update(removed_at=agency.organization.registered_at)

    verdict = papers_are_complete(agency)

    assert (verdict.holds, str(verdict.refusal)) == (False, f"待上传：{licence}")


def test_every_certificate_has_its_paper_and_a_word_needs_none() -> None:
    agency: Agency = AgencyFactory()
    QualificationFactory(agency=agency, name="测绘资质", certificate_number="Z1")
    word = {"kind": "commitment", "certificate_number": "", "issuer": ""}
    QualificationFactory(agency=agency, name="承诺", **word)
    PractitionerFactory(agency=agency)

    assert [str(one.label) for one in needed_papers(agency)] == [
        "营业执照或者登记证书",
        "测绘资质 Z1",
        "王测试：执业证书、社保证明",
    ]
    file_papers(agency)
    assert papers_are_complete(agency).holds
