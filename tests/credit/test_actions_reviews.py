"""The one review of a decision, and what it suspends."""

from datetime import timedelta

import pytest

from credit.actions import (
    decide_review,
    file_review,
    suspend_effect,
)
from credit.measures import is_restricted, open_measures
from credit.models import Case, Entry, Restriction, Review
from credit.standing import standing_of
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.remedies import regulator, running
from tests.factories.credit import decision, notice
from tests.factories.marketplace import (
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


@pytest.fixture
def decided(agency, authority):
    restriction = decision(notice(organization=agency, authority=authority))
    restriction.refresh_from_db()
    return restriction


def filed(restriction, by=None):
    at, by = restriction.effective_from + DAY, by or UserFactory()
    case = Case.objects.get(pk=restriction.case_id)
    return file_review(case=case, grounds="事实不清。", by=by, at=at)


def test_a_decision_is_reviewed_once_and_in_time(decided, authority):
    case = Case.objects.get()
    due, speaker = case.appeal_due_at, UserFactory()
    with refused("review_is_asked_in_time"):
        file_review(case=case, grounds="x", by=speaker, at=due)
    with refused("review_grounds_are_given"):
        file_review(case=case, grounds=" ", by=speaker, at=due - DAY)
    assert not Review.objects.exists()

    review = filed(decided)

    assert list(running(review)) == ["review.answer"]
    assert is_restricted(decided.organization, decided.effective_from + DAY)
    with refused("case_was_not_reviewed"):
        filed(decided, by=speaker)
    case.refresh_from_db()
    for officer in (case.opened_by, case.decided_by):
        with refused("reviewer_is_a_third_officer"):
            decide_review(
                review=review, outcome="upheld", reasons="x", by=officer, at=NOON + 99 * DAY
            )
    assert Review.objects.get().status == "filed"


def test_a_suspended_decision_does_not_bind_until_it_is_upheld(decided, authority):
    review, third = filed(decided), regulator(authority)
    at, agency = decided.effective_from + 2 * DAY, decided.organization
    with refused("suspension_reasons_are_given"):
        suspend_effect(review=review, reasons=" ", by=third, at=at)

    suspend_effect(review=review, reasons="执行将造成难以弥补的损失。", by=third, at=at)

    moments = (at - timedelta(seconds=1), at, at + 4 * DAY)
    assert [is_restricted(agency, one) for one in moments] == [True, False, False]
    assert [bool(open_measures([agency.slug], one)[agency.slug]) for one in moments] == [
        *(True, False, False)
    ]
    assert standing_of(agency, at).restrictions == ()
    until = at + 5 * DAY
    decide_review(review=review, outcome="upheld", reasons="事实清楚。", by=third, at=until)

    review.refresh_from_db()
    assert (review.status, review.number[-6:]) == ("upheld", "D00002")
    moments = (until - timedelta(seconds=1), until)
    assert [is_restricted(agency, one) for one in moments] == [False, True]
    assert open_measures([agency.slug], until)[agency.slug] == ("暂停报名",)
    with refused("review_is_pending"):
        suspend_effect(review=review, reasons="x", by=third, at=until)


def test_a_review_shortens_a_decision_but_never_lengthens_it(decided, authority):
    review, third = filed(decided), regulator(authority)
    said = {"reasons": "情节较轻。", "by": third, "at": decided.effective_from + 3 * DAY}
    for months in (12, 0, None):
        with refused("months_are_fewer"):
            decide_review(review=review, outcome="varied", months=months, **said)

    decide_review(review=review, outcome="varied", months=6, **said)

    before, decided = decided.effective_to, Restriction.objects.get()
    assert (before.month - decided.effective_to.month) % 12 == 6
    assert running(decided) == {"restriction.term": decided.effective_to}
    assert Message.objects.filter(kind="credit/review_decided").count() == 1


def test_a_review_that_is_granted_lets_the_decision_fall_with_its_points(decided, authority):
    at, third = decided.effective_from + 3 * DAY, regulator(authority)

    decide_review(review=filed(decided), outcome="granted", reasons="证据不足。", by=third, at=at)

    decided.refresh_from_db()
    assert (decided.lifted_at, Case.objects.get().status) == (at, S.REVOKED)
    assert not is_restricted(decided.organization, at)
    assert Entry.objects.latest("pk").points == 0
