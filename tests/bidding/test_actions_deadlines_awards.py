"""The provisional deadlines of a result, computed again when a year is published."""

from datetime import date

import pytest

from bidding.actions.awards import issue_award
from bidding.models import Award
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.due import settle_deadlines
from tests.bidding.new_year import LOADED, NEW_YEAR, YEAR_END, day, publish_2027, told
from tests.bidding.refusals import refused
from tests.deadlines import settle_one
from tests.factories.bidding import (
    AwardFactory,
    load_reference,
)
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import party

pytestmark = pytest.mark.django_db


def pending_award() -> Award:
    load_reference()
    return AwardFactory(published_at=YEAR_END, publicity_ends_at=day(1, 5), is_end_provisional=True)


def test_the_publicity_of_a_result_moves_behind_a_holiday() -> None:
    award = pending_award()
    publish_2027(NEW_YEAR)

    [found] = settle_deadlines(LOADED)

    award.refresh_from_db()
    assert (found.deadline, found.before, found.after) == (
        "award.publicity",
        day(1, 5),
        day(1, 6),
    )
    assert (award.publicity_ends_at, award.is_end_provisional) == (day(1, 6), False)


def test_the_time_for_the_signature_moves_with_its_reminder() -> None:
    award = pending_award()
    party(award.bid.agency, "agency_manager")
    issue_award(award=award, at=day(1, 5))
    award.refresh_from_db()
    assert (award.contract_due_at, award.is_end_provisional) == (day(1, 20), True)
    assert award.deadline(OrderDeadline.SIGNATURE).remind_at == day(1, 18)
    publish_2027(date(2027, 1, 8))

    [found] = settle_deadlines(day(1, 6))

    award.refresh_from_db()
    assert (found.deadline, found.after) == ("award.signature", day(1, 21))
    assert (award.contract_due_at, award.is_end_provisional) == (day(1, 21), False)
    assert award.deadline(OrderDeadline.SIGNATURE).remind_at == day(1, 19)
    assert told() == [award.bid.agency.name]


def test_a_cancelled_result_has_no_deadline() -> None:
    load_reference()
    award = AwardFactory(cancelled=True)
    move_deadline(award, OrderDeadline.PUBLICITY, is_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.PUBLICITY, award, YEAR_END)
