"""
A scheduler that was off leaves the rows of one that ran throughout, also when two are started.

Effects are compared by what they do: a message by its reader, words and moment, an entry of the
index by its key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet

from bidding.actions.contracts import accept_delivery, confirm_contract, deliver, upload_contract
from bidding.actions.ratings import Scores, rate
from bidding.actions.tenders import register_selection
from bidding.models import Award, Bid, Contract, Deliverable, Tender
from bidding.models.deadlines import OrderDeadline as D
from credit.models import Entry
from marketplace.kernel import statements
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import (
    Membership,
    Message,
    Organization,
    User,
)
from tests.bidding.refusals import snapshot
from tests.connections import Race, race
from tests.factories.bidding import (
    ACCEPTED,
    DEADLINE,
    PUBLICITY_END,
    RATING_DUE,
    REGISTERED,
    SIGN_DUE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import AuthorityFactory, party
from tests.uploads import upload

ONE_DAY = timedelta(days=1)
# keys, random slugs and paths, times of writing
UNSTEADY = {"id", "slug", "recorded_at", "entry", "entry_id", "target_id", "file"}
# the digest of a witness is over the whole entry, keys among it
UNSTEADY |= {"digest", "award_id", "contract_id", "document_id", "message_id", "object_id"}
Run = Callable[[datetime], object]


# --- Stories --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Story:
    """What stands at `start`, what people do at which moments, and which deadlines run out."""

    begin: Callable[[], None]
    start: datetime
    names: list[str]
    acts: tuple[tuple[datetime, Callable[[datetime], object]], ...] = ()
    end: datetime = datetime(2027, 2, 1, tzinfo=CHINA)

    def live(self, run: Run, *, every: timedelta | None = None) -> None:
        """Let people act at their moments, `run` the schedule before each, and `every` so often."""
        at = self.start
        for then, act in (*self.acts, (self.end, lambda _at: None)):
            while every is not None and at < then:
                run(at)
                at += every
            run(then)
            act(then)


def order_to_be_opened() -> None:
    tender = TenderFactory(active=True)
    for amount in (90000, 85000, 85000):
        BidFactory(tender=tender, amount=amount)
    BidFactory(tender=tender, agency=bidder(tender.item, legal_representative="陈一"))
    BidFactory(tender=tender, agency=bidder(tender.item, legal_representative="陈一"))
    _with_readers(tender, *Bid.objects.all())


def award_to_be_signed() -> None:
    award = AwardFactory()
    _with_readers(award.tender, award.bid)


def contract_to_be_rated() -> None:
    contract = ContractFactory(accepted=True, remind_at=RATING_DUE - 2 * ONE_DAY)
    _with_readers(contract.award.tender, contract.award.bid)


def delivery_to_be_accepted() -> None:
    contract = ContractFactory(delivered=True, accept_due_at=RATING_DUE)
    _with_readers(contract.award.tender, contract.award.bid)


def _with_readers(tender: Tender, *bids: Bid) -> None:
    party(AuthorityFactory(), "operator")
    party(tender.buyer, "buyer_manager")
    for bid in bids:
        party(bid.agency, "agency_manager")


def order_to_be_lived() -> None:
    """An order that everybody is late with: its officers, its agency, and its buyer for good."""
    tender = TenderFactory(active=True)
    for amount in (90000, 85000):
        BidFactory(tender=tender, amount=amount)
    _with_readers(tender, *Bid.objects.all())


def person_of(organization: Organization) -> User:
    return Membership.objects.get(organization=organization).user


def register(at: datetime) -> None:
    officer = User.objects.get(memberships__role="operator")
    register_selection(tender=Tender.objects.get(), by=officer, at=at)


def put_up(at: datetime) -> None:
    award = Award.objects.get()
    buyer = award.tender.buyer
    upload_contract(award=award, organization=buyer, files=[upload()], by=person_of(buyer), at=at)


def confirm(at: datetime) -> None:
    contract = Contract.objects.get()
    agency = contract.award.bid.agency
    confirm_contract(contract=contract, organization=agency, by=person_of(agency), at=at)


def hand_over(at: datetime) -> None:
    contract = Contract.objects.get()
    by = person_of(contract.award.bid.agency)
    deliver(contract=contract, files=[upload()], note="", by=by, at=at)


def accept(at: datetime) -> None:
    made = Deliverable.objects.get()
    accept_delivery(deliverable=made, by=person_of(made.contract.award.tender.buyer), at=at)


def rate_buyer(at: datetime) -> None:
    contract = Contract.objects.get()
    scores = Scores(quality=4, attitude=4, timeliness=4, charges=4, conduct=4)
    by = person_of(contract.award.bid.agency)
    rate(contract=contract, side="agency", scores=scores, comment="", by=by, at=at)


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=CHINA)


EVERYTHING = [
    *(D.SIGN_UP, D.OPENING, D.REGISTRATION, D.PUBLICITY, D.SIGNATURE),
    *(D.TOLERANCE, D.ACCEPTANCE, D.PAYMENT, D.RATING, D.ARCHIVE),
    *(f"{kind.value}.remind" for kind in (D.SIGNATURE, D.SERVICE, D.RATING)),
]
WHOLE_LIFE = Story(
    order_to_be_lived,
    DEADLINE - ONE_DAY,
    EVERYTHING,
    acts=(
        (moment(2026, 12, 2), register),
        (moment(2026, 12, 24), put_up),
        (moment(2026, 12, 25), confirm),
        (moment(2027, 2, 1), hand_over),
        (moment(2027, 8, 16), accept),
        (moment(2027, 8, 20), rate_buyer),
    ),
    end=moment(2027, 10, 1),
)
STORIES = {
    "opened": Story(
        order_to_be_opened,
        DEADLINE - ONE_DAY,
        [D.SIGN_UP, D.OPENING, D.REGISTRATION],
    ),
    "signed": Story(
        award_to_be_signed, REGISTERED, [D.PUBLICITY, f"{D.SIGNATURE.value}.remind", D.SIGNATURE]
    ),
    "accepted": Story(delivery_to_be_accepted, ACCEPTED, [D.ACCEPTANCE]),
    "rated": Story(
        contract_to_be_rated, ACCEPTED, [f"{D.RATING.value}.remind", D.RATING, D.ARCHIVE]
    ),
    "whole life": WHOLE_LIFE,
}


# --- What is compared -----------------------------------------------------------------------------
def rows() -> dict[str, list[str]]:
    """Return all rows without what differs by nature, and the effects by what they do."""
    steady = {
        label: sorted(
            str([(name, value) for name, value in row.items() if name not in UNSTEADY])
            for row in table
        )
        for label, table in snapshot("Effect", "PublicChange").items()
    }
    return {**steady, "effects": sorted(map(_effect, Effect.objects.all()))}


def _effect(effect: Effect) -> str:
    payload = dict(effect.payload)
    if effect.kind == "email":
        message = Message.objects.get(pk=payload.pop("message"))
        payload["message"] = [message.user_id, message.kind, message.subject, message.body]
    return str([effect.kind, sorted(payload.items()), effect.due_at])


def running_throughout(story: Story) -> tuple[set[str], dict[str, list[str]]]:
    """Run the schedule every day to the end of a story, and take it all back."""
    done: set[str] = set()
    with transaction.atomic():
        story.live(lambda at: done.update(run_due(at)), every=ONE_DAY)
        found = rows()
        transaction.set_rollback(True)
    return done - {"effects"}, found


# --- Off, late, twice -----------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("name", STORIES)
def test_off_across_the_deadlines_it_leaves_the_rows_of_one_running_throughout(name):
    story = STORIES[name]
    story.begin()
    done, throughout = running_throughout(story)
    assert done == set(story.names)

    story.live(lambda at: (run_due(at), run_due(at)))

    assert rows() == throughout
    assert Effect.objects.filter(kind="email").count() == Message.objects.count()


@pytest.mark.django_db
def test_the_whole_life_has_everything_that_a_schedule_says_of_an_order():
    order_to_be_lived()

    WHOLE_LIFE.live(run_due)

    assert Contract.objects.get().status == Contract.Status.ARCHIVED
    entries = Entry.objects.order_by("pk").values_list("kind", flat=True)
    assert list(entries) == ["late_contract", "late_service", "buyer_not_rated"]
    by_schedule = AuditEntry.objects.filter(by=None).exclude(verb__startswith="entry.")
    assert list(by_schedule.order_by("at", "pk").values_list("verb", flat=True)) == [
        "tender.closed",
        "tender.evaluated",
        "tender.reminded",
        "award.issued",
        "award.reminded",
        "award.unsigned",
        "contract.reminded",
        "contract.late",
        "contract.reminded",
        "contract.reminded",
        "contract.not_rated",
        "contract.archived",
        "award.payment_asked",
    ]


@pytest.mark.django_db
def test_a_late_run_stamps_each_row_with_its_own_deadline():
    award_to_be_signed()

    run_due(STORIES["signed"].end)

    moments = AuditEntry.objects.exclude(verb__startswith="entry.").order_by("pk")
    assert list(moments.values_list("verb", "at")) == [
        ("award.issued", PUBLICITY_END),
        ("award.reminded", datetime(2026, 12, 16, tzinfo=CHINA)),
        ("award.unsigned", SIGN_DUE),
    ]


def live_with_two(story: Story) -> list[Race]:
    """Start two schedules each time; the first stays open until the second waits or has ended."""
    races: list[Race] = []
    story.live(lambda at: races.append(race(lambda: run_due(at), lambda: run_due(at))))
    return races


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", STORIES)
def test_two_started_at_once_leave_the_same_rows_too(name):
    story = STORIES[name]
    story.begin()
    _done, throughout = running_throughout(story)

    races = live_with_two(story)

    assert any(one.waited for one in races)
    assert [one.second.error for one in races if one.second.error] == []
    assert rows() == throughout


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["accepted", "whole life"])
def test_two_started_at_once_without_locks_leave_other_rows(name, monkeypatch):
    """The control: the machine moves a state only once all the same; a reminder is given twice."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_args, **_kwargs: rows.all())
    statements.forget()  # the SQL of a lock is made once
    story = STORIES[name]
    story.begin()
    _done, throughout = running_throughout(story)

    races = live_with_two(story)

    statements.forget()
    assert not any(one.waited for one in races)
    assert rows() != throughout
