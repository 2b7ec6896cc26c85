import pytest

from marketplace.actions.papers import add_papers, remove_paper
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import AgencyPaper, Document
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, QualificationFactory, UserFactory
from tests.marketplace.changes import pdf, refusals
from tests.uploads import EXE_BYTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Kind = AgencyPaper.Kind


def test_papers_are_filed_and_taken_out_while_the_application_is_open() -> None:
    agency, by = AgencyFactory(), UserFactory()
    row = QualificationFactory(agency=agency)

    [paper] = add_papers(
        agency=agency, files=[pdf()], kind=Kind.CERTIFICATE, qualification=row, by=by, at=NOON
    )

    assert [*agency.papers.registered()] == [paper]
    assert (str(paper.qualification), paper.document.uploaded_by) == (str(row), by)
    remove_paper(paper=paper, by=by, at=NOON)
    assert not agency.papers.registered().exists()
    assert Document.objects.count() == 1  # what was handed in is kept
    verbs = AuditEntry.objects.filter(target_type="marketplace.agencypaper")
    assert [entry.verb for entry in verbs] == ["paper.removed", "paper.added"]


def test_nothing_is_filed_after_the_submission_or_of_another_kind() -> None:
    by = UserFactory()
    asked = {"kind": Kind.LICENCE, "by": by, "at": NOON}

    with pytest.raises(Refused) as closed:
        add_papers(agency=AgencyFactory(submitted=True), files=[pdf()], **asked)
    with pytest.raises(Refused) as strange:
        add_papers(agency=AgencyFactory(), files=[pdf("a.pdf", EXE_BYTES)], **asked)

    assert refusals(closed) == ["admission_is_open"]
    assert refusals(strange)[0] == "file_has_known_type"
    assert not AgencyPaper.objects.exists()
    assert not Document.objects.exists()
