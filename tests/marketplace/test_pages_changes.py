import pytest

from marketplace.actions.papers import add_papers
from marketplace.models import ChangeProposal
from marketplace.pages.changes import changeable, comparison, in_words, paper_cards
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    ChangeProposalFactory,
    QualificationFactory,
    ServiceClassFactory,
    UserFactory,
    division,
)
from tests.marketplace.changes import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Act, Part = ChangeProposal.Act, ChangeProposal.Part


def test_each_value_is_said_as_a_person_reads_it() -> None:
    ServiceClassFactory(code="c1", name="工程测量")
    division()

    for part, name, value, words in (
        (Part.FACTS, "division", "360702", "赣州市章贡区"),
        (Part.FACTS, "nature", "institution", "事业单位法人"),
        (Part.QUALIFICATION, "valid_until", "2026-12-31", "2026年12月31日"),
        (Part.QUALIFICATION, "service_class", "c1", "工程测量"),
        (Part.AGENT, "service_classes", ["c1"], "工程测量"),
        (Part.QUALIFICATION, "valid_until", None, ""),
    ):
        assert in_words(part, name, value) == words


def test_a_comparison_shows_what_moved_after_it_was_proposed() -> None:
    proposal = ChangeProposalFactory(agency__organization__address="第三处")

    [row] = comparison(proposal)

    assert (row.label, row.before, row.after) == ("登记地址", "第三处", "江西省赣州市章贡区新路8号")
    assert (row.has_moved, row.on_proposal) == (True, "江西省赣州市章贡区测试路1号")


def test_a_certificate_for_good_cannot_be_renewed_and_one_that_ends_can() -> None:
    agency = AgencyFactory(active=True)
    QualificationFactory(agency=agency)
    QualificationFactory(agency=agency, valid_until=None)

    first, second = changeable(agency, Part.QUALIFICATION)

    assert [label for label, _url in first.acts] == ["变更", "延续", "注销"]
    assert [label for label, _url in second.acts] == ["变更", "注销"]
    assert (first.note, second.note) == ("有效期至2027年11月24日", "长期有效")


def test_a_paper_says_what_it_is_of() -> None:
    row = QualificationFactory(name="测绘资质", certificate_number="Z1")
    papers = add_papers(
        agency=row.agency,
        files=[pdf()],
        kind="certificate",
        qualification=row,
        by=UserFactory(),
        at=NOON,
    )

    [card] = paper_cards(papers)

    assert card.label == "资质证书、备案证明：测绘资质 Z1"
    assert (card.is_picture, card.is_readable) == (False, True)
