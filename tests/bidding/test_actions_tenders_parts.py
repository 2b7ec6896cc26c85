"""Papers and avoided agencies are added to a draft and to nothing else."""

import pytest

from bidding.actions.tenders.parts import add_papers, avoid_agency
from bidding.models import TenderPaper
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import UserFactory
from tests.uploads import EXE_BYTES, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WHY = "与本项目设计单位有控股关系。"


def test_a_file_that_is_no_paper_leaves_nothing_of_the_others():
    tender, by = TenderFactory(), UserFactory()
    files = [upload(), upload(EXE_BYTES, name="a.pdf")]

    with refused("file_has_known_type"):
        add_papers(tender=tender, kind="approval", files=files, by=by, at=NOON)

    add_papers(tender=tender, kind="approval", files=[upload()], by=by, at=NOON)
    assert TenderPaper.objects.get().kind == "approval"


def test_a_reason_is_needed_and_one_is_enough():
    tender, agency, by = TenderFactory(), bidder(), UserFactory()
    with refused("reasons_are_given"):
        avoid_agency(tender=tender, agency=agency, reasons=" ", by=by, at=NOON)

    avoid_agency(tender=tender, agency=agency, reasons=WHY, by=by, at=NOON)

    with refused("agency_is_not_avoided_yet"):
        avoid_agency(tender=tender, agency=agency, reasons=WHY, by=by, at=NOON)
