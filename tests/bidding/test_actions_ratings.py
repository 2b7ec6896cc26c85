"""Both sides rate, silence is not five stars, and what is final goes on the record."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bidding.actions.ratings import Scores, archive_contract, close_rating, rate
from bidding.models import Contract, Evaluation
from bidding.models.deadlines import OrderDeadline
from credit.models import Entry
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.factories.bidding import (
    AMEND_UNTIL,
    RATED,
    RATING_DUE,
    ContractFactory,
    EvaluationFactory,
)
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import UserFactory, party

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
Status = Contract.Status
FOUR = Scores(quality=4, attitude=4, timeliness=4, charges=4, conduct=4)
FIVE = Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)


def stars(total: int) -> Scores:
    """Return scores that sum up to `total`, from 5 to 25."""
    each, rest = divmod(total, 5)
    values = [each + (place < rest) for place in range(5)]
    return Scores(**dict(zip(Scores.__annotations__, values, strict=True)))


def facts() -> list[tuple[str, int, str]]:
    rows = Entry.objects.order_by("pk").select_related("organization")
    return [(row.kind, int(row.points), row.organization.kind) for row in rows]


@pytest.fixture
def accepted() -> Contract:
    contract = ContractFactory(accepted=True)
    party(contract.award.bid.agency, "agency_manager")
    party(contract.award.tender.buyer, "buyer_manager")
    return contract


# --- rate ---
def test_the_buyers_rating_closes_the_rating(accepted):
    by = UserFactory()

    made = rate(contract=accepted, side="buyer", scores=FOUR, comment=" 按期。 ", by=by, at=RATED)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.rated_at, accepted.is_rated_by_buyer) == (
        Status.RATED,
        RATED,
        True,
    )
    assert accepted.amend_until == AMEND_UNTIL
    assert (made.side, made.version, made.quality, made.comment) == ("buyer", 1, 4, "按期。")
    assert (made.rated_by, made.rated_at) == (by, RATED)
    message = Message.objects.get()
    assert (message.kind, message.organization) == ("bidding/rated", accepted.award.bid.agency)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == ("contract.rated", "accepted", "rated")


def test_the_agency_rates_the_buyer_and_the_contract_waits_on(accepted):
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=UserFactory(), at=RATED)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.rated_at) == (Status.ACCEPTED, None)
    assert Message.objects.get().organization == accepted.award.tender.buyer


def test_the_agency_may_still_rate_after_the_buyer_did(accepted):
    rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=UserFactory(), at=RATED)

    last = RATING_DUE - MICROSECOND
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=UserFactory(), at=last)

    assert Evaluation.objects.count() == 2


@pytest.mark.parametrize("side", ["buyer", "agency"])
def test_the_window_closes_at_its_end(accepted, side):
    by = UserFactory()

    with refused("rating_window_is_open"):
        rate(contract=accepted, side=side, scores=FIVE, comment="", by=by, at=RATING_DUE)

    last = RATING_DUE - MICROSECOND
    rate(contract=accepted, side=side, scores=FIVE, comment="", by=by, at=last)


@pytest.mark.parametrize("state", [{}, "active", "delivered", "archived", "terminated"])
def test_nobody_rates_before_the_acceptance_or_after_the_archive(state):
    contract = ContractFactory(**({state: True} if state else {}))
    move_deadline(contract, OrderDeadline.RATING, ends_at=RATING_DUE)
    by = UserFactory()

    with refused("contract_is_served"):
        rate(contract=contract, side="buyer", scores=FIVE, comment="", by=by, at=RATED)


@pytest.mark.parametrize("star", [0, 6, -1])
def test_a_star_is_one_to_five(accepted, star):
    by = UserFactory()
    scores = Scores(quality=star, attitude=5, timeliness=5, charges=5, conduct=5)

    with refused("stars_are_from_one_to_five"):
        rate(contract=accepted, side="buyer", scores=scores, comment="", by=by, at=RATED)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationFactory(contract=accepted, quality=max(star, 0) or 6)


def test_one_person_does_not_rate_for_both_sides(accepted):
    by = UserFactory()
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=by, at=RATED)

    with refused("person_did_not_rate_for_the_other_side"):
        rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=by, at=RATED)


# --- amend ---
@pytest.mark.parametrize("side", ["buyer", "agency"])
def test_a_rating_is_amended_by_a_new_version_in_time(accepted, side):
    by = UserFactory()
    rate(contract=accepted, side=side, scores=FIVE, comment="", by=by, at=RATED)

    last = AMEND_UNTIL - MICROSECOND
    rate(contract=accepted, side=side, scores=FOUR, comment="", by=by, at=last)
    with refused("rating_can_be_amended"):
        rate(contract=accepted, side=side, scores=FIVE, comment="", by=by, at=AMEND_UNTIL)

    assert list(Evaluation.objects.order_by("version").values_list("version", "quality")) == [
        (1, 5),
        (2, 4),
    ]
    accepted.refresh_from_db()
    if side == "buyer":
        assert (accepted.rated_at, accepted.amend_until) == (RATED, AMEND_UNTIL)


def test_a_rating_does_not_get_longer_by_amending_it(accepted):
    by = UserFactory()
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=by, at=RATED)
    rate(
        contract=accepted,
        side="agency",
        scores=FOUR,
        comment="",
        by=by,
        at=AMEND_UNTIL - MICROSECOND,
    )

    with refused("rating_can_be_amended"):
        rate(contract=accepted, side="agency", scores=FIVE, comment="", by=by, at=AMEND_UNTIL)


# --- silence ---
def test_silence_is_recorded_as_not_rated_and_on_the_buyers_record(accepted):
    close_rating(contract=accepted, at=RATING_DUE)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.rated_at, accepted.is_rated_by_buyer) == (
        Status.RATED,
        RATING_DUE,
        False,
    )
    assert not Evaluation.objects.exists()
    assert facts() == [("buyer_not_rated", -2, "buyer")]
    message = Message.objects.get()
    assert (message.kind, message.organization) == (
        "bidding/not_rated",
        accepted.award.tender.buyer,
    )


def test_after_the_silence_the_buyer_cannot_rate(accepted):
    close_rating(contract=accepted, at=RATING_DUE)
    by = UserFactory()

    with refused("silence_is_not_recorded", "rating_window_is_open"):
        rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=by, at=RATING_DUE)


def test_a_buyer_whose_silence_is_recorded_is_told_so_even_if_it_was_in_time(accepted):
    close_rating(contract=accepted, at=RATING_DUE)
    by, in_time = UserFactory(), RATING_DUE - MICROSECOND

    with refused("silence_is_not_recorded"):
        rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=by, at=in_time)

    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=by, at=in_time)
    assert Evaluation.objects.get().side == "agency"


def test_silence_is_not_recorded_earlier_or_after_a_rating(accepted):
    with refused("rating_window_is_over"):
        close_rating(contract=accepted, at=RATING_DUE - MICROSECOND)

    rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=UserFactory(), at=RATED)
    with refused("contract_awaits_rating"):
        close_rating(contract=accepted, at=RATING_DUE)


# --- archive ---
@pytest.mark.parametrize(
    ("total", "kinds"),
    [
        (25, [("high_rating", 1, "agency")]),
        (23, [("high_rating", 1, "agency")]),
        (22, []),
        (13, []),
        (12, [("low_rating", -2, "agency")]),
        (5, [("low_rating", -2, "agency")]),
    ],
)
def test_a_final_rating_counts_by_the_sum_of_its_stars(accepted, total, kinds):
    rate(
        contract=accepted, side="buyer", scores=stars(total), comment="", by=UserFactory(), at=RATED
    )
    assert facts() == []

    archive_contract(contract=accepted, at=RATING_DUE)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.archived_at) == (Status.ARCHIVED, RATING_DUE)
    assert facts() == kinds


def test_only_the_last_version_counts_and_the_agencys_stars_do_not(accepted):
    buyer, agency = UserFactory(), UserFactory()
    rate(contract=accepted, side="buyer", scores=stars(5), comment="", by=buyer, at=RATED)
    rate(contract=accepted, side="buyer", scores=stars(20), comment="", by=buyer, at=RATED)
    rate(contract=accepted, side="agency", scores=stars(5), comment="", by=agency, at=RATED)

    archive_contract(contract=accepted, at=RATING_DUE)

    assert facts() == []


def test_a_contract_is_archived_when_neither_side_can_rate_or_amend(accepted):
    late = RATING_DUE - timedelta(days=1)
    rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=UserFactory(), at=late)
    accepted.refresh_from_db()
    assert accepted.amend_until > RATING_DUE

    with refused("ratings_are_final"):
        archive_contract(contract=accepted, at=accepted.amend_until - MICROSECOND)
    archive_contract(contract=accepted, at=accepted.amend_until)


def test_the_archive_waits_for_an_agency_that_rated_on_the_last_day(accepted):
    late, agency = RATING_DUE - MICROSECOND, UserFactory()
    rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=UserFactory(), at=RATED)
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=agency, at=late)
    accepted.refresh_from_db()
    assert accepted.amend_until == AMEND_UNTIL
    assert accepted.agency_amend_until == datetime(2027, 1, 12, tzinfo=CHINA)
    assert accepted.deadline(OrderDeadline.ARCHIVE).ends_at == accepted.agency_amend_until

    last = accepted.agency_amend_until - MICROSECOND
    with refused("ratings_are_final"):
        archive_contract(contract=accepted, at=last)
    rate(contract=accepted, side="agency", scores=FOUR, comment="", by=agency, at=last)
    archive_contract(contract=accepted, at=accepted.agency_amend_until)


def test_an_agency_that_rates_later_does_not_give_the_buyer_more_time(accepted):
    buyer, agency = UserFactory(), UserFactory()
    rate(contract=accepted, side="buyer", scores=FIVE, comment="", by=buyer, at=RATED)
    late = RATING_DUE - MICROSECOND
    rate(contract=accepted, side="agency", scores=FIVE, comment="", by=agency, at=late)

    with refused("rating_can_be_amended"):
        rate(contract=accepted, side="buyer", scores=FOUR, comment="", by=buyer, at=AMEND_UNTIL)


@pytest.mark.parametrize(
    ("side", "kind"),
    [("buyer", OrderDeadline.AMENDMENT), ("agency", OrderDeadline.AGENCY_AMENDMENT)],
)
def test_a_rating_is_amended_until_the_moment_that_was_announced(accepted, side, kind):
    by, at = UserFactory(), datetime(2026, 12, 30, 10, tzinfo=CHINA)
    rate(contract=accepted, side=side, scores=FIVE, comment="", by=by, at=at)
    accepted.refresh_from_db()
    announced = datetime(2027, 1, 5, tzinfo=CHINA)
    found = accepted.deadline(kind)
    assert (found.ends_at, found.is_provisional) == (announced, True)
    for day in (date(2027, 1, 1), date(2027, 10, 1)):
        CalendarDay.objects.create(day=day, is_workday=False, name="节日", source="test")

    with refused("rating_can_be_amended"):
        rate(contract=accepted, side=side, scores=FOUR, comment="", by=by, at=announced)


@pytest.mark.parametrize("state", [{}, "active", "delivered", "accepted", "archived", "terminated"])
def test_only_a_rated_contract_is_archived(state):
    contract = ContractFactory(**({state: True} if state else {}))
    for kind in (OrderDeadline.AMENDMENT, OrderDeadline.RATING):
        move_deadline(contract, kind, ends_at=RATED)

    with refused("contract_is_rated"):
        archive_contract(contract=contract, at=RATING_DUE)


def test_silence_leaves_nothing_on_the_agencys_record(accepted):
    close_rating(contract=accepted, at=RATING_DUE)
    accepted.refresh_from_db()

    archive_contract(contract=accepted, at=accepted.amend_until)

    assert facts() == [("buyer_not_rated", -2, "buyer")]
