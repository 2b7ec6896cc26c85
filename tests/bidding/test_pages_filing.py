"""What is typed into the first step is found, or it is said which field is wrong."""

import pytest

from bidding.models import Matter
from bidding.pages.filing import About, about_of, find_about
from tests.bidding.disputing import World, world
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def it() -> World:
    return world()


def test_what_is_named_is_found(it: World) -> None:
    code, applicant = it.tender.code, AgencyFactory(publicity=True).organization

    found, _field, _reason = find_about(matter="selection", code=f" {code.lower()} ", name="")
    assert found is not None
    assert (found.tender, found.key) == (it.tender, code)
    found, _field, _reason = find_about(matter="onboarding", code="", name=applicant.name)
    assert found is not None
    assert found.organization == applicant
    assert find_about(matter="notice", code="X", name="")[:2] == (None, "code")
    assert find_about(matter="operator", code="", name="无")[:2] == (None, "name")


@pytest.mark.parametrize(("matter", "key"), [("nothing", "x"), ("notice", "x"), ("operator", "x")])
def test_what_no_address_names_is_nothing(it: World, matter: str, key: str) -> None:
    assert it.filer is not None
    assert about_of(matter, key) is None


def test_the_form_says_what_stands_against_it_before_it_is_filled_in(it: World) -> None:
    about = about_of("agency", it.tender.code)
    assert about is not None
    assert about.others_than(it.filer) == [it.award.bid.agency]
    assert about.told(it.filer, NOON).failed == ()
    assert "中止" in about.told(it.filer, NOON).effects[-1]
    [failed] = about.told(it.tender.buyer, NOON).failed
    assert failed.guard == "filer_took_part"
    objection = it.answered()
    again = About.of(objection)
    assert (again.title, again.matter) == ("投诉：选取结果", Matter.SELECTION)
    assert again.told_again(objection, NOON).failed == ()
