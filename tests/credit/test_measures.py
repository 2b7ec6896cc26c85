"""What decisions take: who is restricted, and who shares a representative with whom it is."""

from datetime import timedelta

import pytest

from credit.measures import is_restricted, sanctions_on_namesakes
from credit.models import Measure
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import ServiceClassFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
INSTANT = timedelta(microseconds=1)


def test_one_restriction_is_the_same_everywhere_and_for_each_class():
    service_class = ServiceClassFactory()
    agency = RestrictionFactory().organization

    assert is_restricted(agency, NOON)
    assert is_restricted(agency, NOON, service_class)
    assert not is_restricted(agency, NOON - INSTANT)
    assert not is_restricted(active_agency(), NOON)


def test_a_freeze_of_one_class_restricts_this_class_alone():
    mine, other = ServiceClassFactory(), ServiceClassFactory()
    agency = RestrictionFactory(service_class=mine).organization

    assert is_restricted(agency, NOON, mine)
    assert not is_restricted(agency, NOON, other)
    assert not is_restricted(agency, NOON)


def of_the_same_representative(agency, at=NOON):
    return [one.organization for one in sanctions_on_namesakes(organization=agency, at=at)]


def test_a_sanction_meets_the_same_representative_of_another_agency_while_it_runs():
    restriction = RestrictionFactory(organization=active_agency(legal_representative=" 周　敏"))
    namesake = active_agency(legal_representative="周·\u200b敏")
    end = restriction.effective_to

    [found] = sanctions_on_namesakes(organization=namesake, at=NOON)

    assert (found.organization, found.until) == (restriction.organization, end)
    assert found.reference == restriction.case.decision_number
    assert found.url == f"/credit/decisions/{restriction.slug}/"
    assert of_the_same_representative(namesake, NOON - INSTANT) == []
    assert of_the_same_representative(namesake, end - INSTANT) == [restriction.organization]
    assert of_the_same_representative(namesake, end) == []


def test_k6_05_a_banned_representative_is_met_however_the_name_is_typed_again():
    banned = RestrictionFactory(organization=active_agency(legal_representative="A·B")).organization
    again = active_agency()
    found = {}
    for again.legal_representative in ("A•B", "A・B", "A.B", "AB", "A·C"):
        found[again.legal_representative] = of_the_same_representative(again)

    assert found == {name: [banned] for name in ("A•B", "A・B", "A.B", "AB")} | {"A·C": []}


@pytest.mark.parametrize("kind", [Measure.WARNING, Measure.NO_PREFERENCE])
def test_a_measure_that_keeps_nobody_out_does_not_count(kind):
    RestrictionFactory(organization=active_agency(legal_representative="周敏"), kind=kind)

    assert of_the_same_representative(active_agency(legal_representative="周敏")) == []


def test_other_names_no_name_and_the_agency_itself_do_not_count():
    own = RestrictionFactory(organization=active_agency(legal_representative="周敏")).organization
    RestrictionFactory(organization=active_agency(legal_representative=""))

    assert of_the_same_representative(own) == []
    assert of_the_same_representative(active_agency(legal_representative="周敏敏")) == []
    assert of_the_same_representative(active_agency(legal_representative="")) == []


def test_an_unpublished_sanction_has_no_page():
    RestrictionFactory(organization=active_agency(legal_representative="周敏"), is_public=False)

    [found] = sanctions_on_namesakes(
        organization=active_agency(legal_representative="周敏"), at=NOON
    )

    assert found.url == ""
