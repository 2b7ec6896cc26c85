"""Every question about standing leaves a row, whatever the answer."""

from datetime import timedelta

import pytest

from credit.actions import ask_standing
from credit.models import Measure, StandingCheck
from marketplace.actions.rulebook import pin_rulebook
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import ServiceClassFactory, division

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
Moment = StandingCheck.Moment


@pytest.fixture
def ask(rules):
    rulebook = pin_rulebook(division=division("360000"), at=NOON)

    def ask(organization, at=NOON, moment=Moment.SELECTION, service_class=None):
        return ask_standing(
            organization=organization,
            moment=moment,
            reference="JX360702-2026-00001",
            service_class=service_class,
            rulebook=rulebook,
            at=at,
        )

    return ask


@pytest.mark.parametrize("moment", Moment)
def test_a_question_that_finds_nothing_is_stored(ask, moment):
    agency = active_agency()

    ask(agency, moment=moment)

    check = StandingCheck.objects.get()
    assert (check.organization, check.moment, check.asked_at) == (agency, moment, NOON)
    assert (check.reference, check.is_clear) == ("JX360702-2026-00001", True)
    assert check.restriction_ids == []
    assert len(check.rulebook_sha256) == 64


@pytest.mark.parametrize("moment", Moment)
def test_a_question_that_finds_restrictions_names_them(ask, moment):
    agency = active_agency()
    found = [RestrictionFactory(organization=agency).slug for _again in range(2)]
    RestrictionFactory()
    RestrictionFactory(organization=agency, kind=Measure.WARNING)

    check = ask(agency, moment=moment)

    assert not check.is_clear
    assert StandingCheck.objects.get().restriction_ids == found


def test_a_freeze_of_another_class_does_not_stand_in_the_way(ask):
    mine, other = ServiceClassFactory(), ServiceClassFactory()
    agency = RestrictionFactory(service_class=mine).organization

    assert not ask(agency, service_class=mine).is_clear
    assert ask(agency, service_class=other).is_clear


@pytest.mark.parametrize("moment", [Moment.SELECTION, Moment.CONTRACT])
def test_a_restriction_counts_from_its_instant_and_to_before_its_end(ask, moment):
    restriction = RestrictionFactory()
    agency = restriction.organization

    assert ask(agency, NOON - INSTANT, moment).is_clear
    assert not ask(agency, NOON, moment).is_clear
    assert not ask(agency, restriction.effective_to - INSTANT, moment).is_clear
    assert ask(agency, restriction.effective_to, moment).is_clear


def test_a_sign_up_that_arrived_before_a_decision_but_was_handled_after_it_is_too_late(ask):
    restriction = RestrictionFactory()

    assert not ask(restriction.organization, NOON - INSTANT, Moment.SIGN_UP).is_clear
    assert ask(restriction.organization, restriction.effective_to, Moment.SIGN_UP).is_clear


@pytest.mark.parametrize("moment", Moment)
def test_a_lifted_restriction_stands_in_nobody_s_way(ask, moment):
    restriction = RestrictionFactory(lifted_at=NOON + timedelta(days=1))

    assert ask(restriction.organization, NOON + timedelta(days=1), moment).is_clear
