import pytest

from marketplace.guards.papers import needed_papers, papers_are_complete
from marketplace.models import Agency
from marketplace.pages.checklists import application_items
from tests.factories.marketplace import (
    AgencyFactory,
    PractitionerFactory,
    QualificationFactory,
    file_papers,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("nature", "papers"),
    [
        ("company", ["营业执照"]),
        ("institution", ["事业单位法人证书", "举办单位的证明"]),
        (
            "social",
            ["社会组织法人登记证书", "章程", "业务主管单位的证明，直接登记的附登记机关的证明"],
        ),
        ("unincorporated", ["营业执照或者登记证书", "负责人的任职证明"]),
        ("law_firm", ["律师事务所执业许可证", "负责人的律师执业证"]),
        ("sole_trader", ["个体工商户营业执照", "经营者的身份证明"]),
        ("", ["营业执照或者登记证书"]),
    ],
)
def test_each_kind_of_agency_shows_its_own_papers(nature: str, papers: list[str]) -> None:
    agency = AgencyFactory(nature=nature)
    agency.papers.update(removed_at=agency.organization.registered_at)

    verdict = papers_are_complete(agency)

    assert (verdict.holds, str(verdict.refusal)) == (False, f"待上传：{'、'.join(papers)}")
    assert not set(papers) - {
        item.label.removeprefix("材料：") for item in application_items(agency)
    }
    file_papers(agency)
    assert papers_are_complete(agency).holds


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
