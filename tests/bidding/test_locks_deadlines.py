"""
What arrived in time is in, though the schedule runs before it gets its lock.

Every test has its negative control: an order without grace, where the schedule is first and notes
an absence; or Django's select_for_update replaced by one that does not lock.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bidding.actions.contracts import accept_delivery, confirm_contract, deliver
from bidding.actions.ratings import Scores, rate
from bidding.models import Contract, Evaluation
from bidding.models.deadlines import OrderDeadline as D
from credit.models import Entry
from marketplace.kernel.models import AuditEntry, Deadline
from marketplace.kernel.verdicts import Refused
from tests.connections import Race, race
from tests.deadlines import run
from tests.factories.bidding import (
    ACCEPT_DUE,
    AMEND_UNTIL,
    GRACE,
    LATE_FROM,
    RATING_DUE,
    SIGN_DUE,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    EvaluationFactory,
)
from tests.factories.marketplace import UserFactory
from tests.uploads import upload

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MICROSECOND = timedelta(microseconds=1)
FIVE = Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)
ONE = Scores(quality=1, attitude=1, timeliness=1, charges=1, conduct=1)


@pytest.fixture(params=["with grace", "without"])
def has_grace(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "with grace")


def schedule_first(
    deadline: D, due: datetime, act: Callable[[], object], *, has_grace: bool
) -> Race:
    """Let the schedule be first just before the end of the grace; the act has arrived in time."""
    if not has_grace:
        Deadline.objects.filter(kind=deadline).update(acts_at=due, next_at=due)
    found = race(lambda: run(deadline, due + GRACE - MICROSECOND), act)
    assert found.waited is not has_grace
    assert found.first.result == (0 if has_grace else 1)
    return found


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def credited() -> list[str]:
    return sorted(Entry.objects.values_list("kind", flat=True))


def rating(contract: Contract, at: datetime, scores: Scores = FIVE) -> Callable[[], object]:
    by = UserFactory()
    return lambda: rate(
        contract=contract, side="buyer", scores=scores, comment="", by=by, at=at - MICROSECOND
    )


# --- The schedule is first ------------------------------------------------------------------------
def test_a_signature_in_time_is_not_recorded_as_late(has_grace):
    contract, by = ContractFactory(), UserFactory()
    buyer, agency = contract.award.tender.buyer, contract.award.bid.agency
    ContractUploadFactory(contract=contract, organization=buyer)
    at = SIGN_DUE - MICROSECOND

    found = schedule_first(
        D.SIGNATURE,
        SIGN_DUE,
        lambda: confirm_contract(contract=contract, organization=agency, by=by, at=at),
        has_grace=has_grace,
    )

    assert found.second.error is None
    assert credited() == ([] if has_grace else ["late_contract"])


def test_a_delivery_in_time_is_not_recorded_as_late(has_grace):
    contract, by = ContractFactory(active=True), UserFactory()
    at = LATE_FROM - MICROSECOND

    found = schedule_first(
        D.TOLERANCE,
        LATE_FROM,
        lambda: deliver(contract=contract, files=[upload()], note="", by=by, at=at),
        has_grace=has_grace,
    )

    assert found.second.error is None
    assert credited() == ([] if has_grace else ["late_service"])


def test_a_buyer_who_accepts_in_time_is_not_called_late(has_grace):
    contract = ContractFactory(delivered=True)
    made, by = DeliverableFactory(contract=contract), UserFactory()
    at = ACCEPT_DUE - MICROSECOND

    found = schedule_first(
        D.ACCEPTANCE,
        ACCEPT_DUE,
        lambda: accept_delivery(deliverable=made, by=by, at=at),
        has_grace=has_grace,
    )

    assert found.second.error is None
    assert AuditEntry.objects.filter(verb="contract.reminded").exists() is not has_grace


def test_a_rating_in_time_is_kept_and_no_silence_recorded(has_grace):
    contract = ContractFactory(accepted=True)

    found = schedule_first(D.RATING, RATING_DUE, rating(contract, RATING_DUE), has_grace=has_grace)

    contract.refresh_from_db()
    assert refusal(found.second.error) == ([] if has_grace else ["silence_is_not_recorded"])
    assert contract.is_rated_by_buyer is has_grace
    assert Evaluation.objects.exists() is has_grace
    assert credited() == ([] if has_grace else ["buyer_not_rated"])


def test_an_amendment_in_time_is_kept(has_grace):
    contract = ContractFactory(rated=True, rating_due_at=AMEND_UNTIL)
    EvaluationFactory(contract=contract)

    found = schedule_first(
        D.ARCHIVE, AMEND_UNTIL, rating(contract, AMEND_UNTIL), has_grace=has_grace
    )

    assert refusal(found.second.error) == ([] if has_grace else ["contract_is_served"])
    assert Evaluation.objects.count() == (2 if has_grace else 1)


# --- The act is first -----------------------------------------------------------------------------
def test_the_archive_waits_for_an_amendment_and_counts_it(is_locked):
    contract = ContractFactory(rated=True, rating_due_at=AMEND_UNTIL)
    EvaluationFactory(contract=contract)

    found = race(
        rating(contract, AMEND_UNTIL, ONE),
        lambda: run(D.ARCHIVE, AMEND_UNTIL + GRACE),
    )

    assert (found.waited, found.first.error) == (is_locked, None)
    assert found.second.result == 1
    assert credited() == (["low_rating"] if is_locked else ["high_rating"])
