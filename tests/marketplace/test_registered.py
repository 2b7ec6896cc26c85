from datetime import date
from decimal import Decimal

import pytest

from marketplace.models import ChangeProposal
from marketplace.registered import differing, plain, read_all, stored, target_of, whole, written
from tests.factories.marketplace import (
    AgencyFactory,
    QualificationFactory,
    ServiceClassFactory,
    division,
)

pytestmark = pytest.mark.django_db
Part = ChangeProposal.Part


def test_what_is_stored_can_be_said_in_json_and_read_back() -> None:
    agency = AgencyFactory(active=True, registered_capital=Decimal("500.50"))
    row = QualificationFactory(agency=agency)

    for part, target in ((Part.FACTS, None), (Part.QUALIFICATION, row)):
        said = stored(agency, part, target)
        assert written(part, read_all(part, said)) == said

    assert stored(agency, Part.QUALIFICATION, row)["valid_until"] == "2027-11-24"
    assert whole(agency)["qualifications"] == [stored(agency, Part.QUALIFICATION, row)]


def test_an_amount_differs_by_its_value_and_not_by_its_digits() -> None:
    given = written(Part.FACTS, {"registered_capital": Decimal(500), "founded_on": None})

    assert given == {"registered_capital": "500.00", "founded_on": None}
    assert differing({"registered_capital": "500.00", "founded_on": "2020-01-01"}, given) == [
        "founded_on"
    ]


def test_rows_are_said_by_their_codes_and_of_another_agency_there_is_nothing() -> None:
    classes = [ServiceClassFactory(code="b"), ServiceClassFactory(code="a")]
    row = QualificationFactory()

    assert (plain(division()), plain(classes), plain("")) == ("360702", ["a", "b"], None)
    assert plain(date(2026, 11, 29)) == "2026-11-29"
    assert target_of(row.agency, Part.QUALIFICATION, row.pk) == row
    assert target_of(AgencyFactory(), Part.QUALIFICATION, row.pk) is None
