"""A state has its deadline: PostgreSQL refuses the commit, and everywhere the walk finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from bidding.models import Tender
from bidding.models.deadlines import OrderDeadline
from bidding.models.tender import ServiceUnit
from credit.models import Restriction
from marketplace.checks import check_deadlines
from marketplace.kernel import triggers
from marketplace.kernel.models import Deadline, DeadlineSubject
from marketplace.kernel.state_triggers import lacking, subjects
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, ContractFactory, TenderFactory
from tests.factories.credit import (
    CaseFactory,
    RepairFactory,
    ReportedFactFactory,
    RestrictionFactory,
    ReviewFactory,
)
from tests.factories.deadlines import SubjectFactory, move_deadline
from tests.factories.disputes import ComplaintFactory, DisputeFactory, ReportFactory
from tests.factories.experts import SeatFactory
from tests.factories.explanations import ExplanationFactory
from tests.factories.inspections import InspectionFactory, PlanFactory
from tests.factories.marketplace import AgencyFactory, ChangeProposalFactory
from tests.factories.parties import MoveFactory

# What runs in each state of what a factory makes; a state that is not named needs nothing.
RUNS: dict[type[SubjectFactory], dict[str, set[str]]] = {
    AgencyFactory: {"submitted": {"agency.check"}, "publicity": {"agency.publicity"}},
    ChangeProposalFactory: {"submitted": {"change.check"}},
    TenderFactory: {
        "active": {"tender.sign_up", "tender.opening"},
        "closed": {"tender.opening"},
        "bidding": {"tender.hall"},
        "evaluated": {"tender.registration"},
    },
    AwardFactory: {"pending": {"award.publicity"}, "active": {"award.signature"}},
    ContractFactory: {
        "active": {"contract.service", "contract.tolerance"},
        "delivered": {"contract.service", "contract.tolerance", "contract.acceptance"},
        "accepted": {"contract.rating"},
        "rated": {"contract.rating", "contract.amendment", "contract.archive"},
    },
    SeatFactory: {"invited": {"panel.answer"}, "accepted": {"panel.sheet"}},
    MoveFactory: {"requested": {"move.release"}},
    CaseFactory: {
        "found": {"case.check"},
        "notified": {"case.statement"},
        "hearing": {"case.hearing"},
        "stated": {"case.decision"},
    },
    ReviewFactory: {"filed": {"review.answer"}},
    RepairFactory: {"filed": {"repair.answer"}},
    ReportedFactFactory: {"reported": {"fact.judgment"}},
    DisputeFactory: {
        "filed": {"dispute.check"},
        "answering": {"dispute.answer"},
        "answered": {"dispute.escalation"},
    },
    ComplaintFactory: {
        "filed": {"dispute.check"},
        "answering": {"dispute.answer"},
        "answered": {"dispute.decision"},
    },
    ReportFactory: {"filed": {"report.answer"}},
    ExplanationFactory: {"asked": {"explanation.answer"}, "given": {"explanation.judgement"}},
    PlanFactory: {"published": {"inspection.draw"}},
    InspectionFactory: {"planned": {"inspection.result"}},
}
UNSAID = {"draft", "pending", "notified", "requested", "invited", "asked", "published", "planned"}
"""The states that the factories make without being told."""

STOPPED = {"stopped_at": NOON, "suspended_at": None, "suspended_by": ""}


@contextmanager
def taken_back() -> Iterator[None]:
    """Do something for the length of the block only."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_missed(row: DeadlineSubject) -> bool:
    """Tell whether the walk finds the row, of which PostgreSQL must say the same."""
    found: bool = lacking(type(row)).filter(pk=row.pk).exists()
    if connection.vendor == "postgresql":
        with refusing() if found else nullcontext():
            connection.check_constraints()
    return found


def refusing() -> Any:
    return pytest.raises(IntegrityError, match="a deadline that its state needs does not run")


def test_every_model_with_deadlines_says_which_of_them_its_states_need() -> None:
    with_deadlines = {one for one in apps.get_models() if issubclass(one, DeadlineSubject)}

    made = {maker._meta.model for maker in RUNS}
    assert {*subjects()} == {*made, Restriction} == with_deadlines


@pytest.mark.django_db
@pytest.mark.parametrize("maker", RUNS, ids=lambda maker: maker.__name__)
def test_each_state_needs_the_deadlines_of_the_table_and_no_others(maker: Any) -> None:
    for state in maker._meta.model.Status.values:
        row = maker(**({} if state in UNSAID else {state: True}))
        assert not is_missed(row)
        missed = set()
        for deadline in row.deadlines.all():
            with taken_back():
                move_deadline(row, deadline.kind, **STOPPED)
                stopped = is_missed(row)
            with taken_back():
                row.deadlines.filter(pk=deadline.pk).delete()
                assert is_missed(row) == stopped
            missed |= {deadline.kind} if stopped else set()
        assert (state, missed) == (state, RUNS[maker].get(state, set()))


@pytest.mark.django_db
def test_a_deadline_that_stands_still_or_has_ended_is_there() -> None:
    tender = TenderFactory(active=True)

    tender.deadlines.update(suspended_at=NOON, suspended_by="matter", next_at=None)

    assert not is_missed(tender)


@pytest.mark.django_db
def test_a_service_without_a_time_that_is_counted_has_no_deadline() -> None:
    award = AwardFactory(
        complete=True, tender__service_time=None, tender__service_unit=ServiceUnit.COMPLETION
    )

    contract = ContractFactory(active=True, award=award, service_due_at=None, late_from=None)

    assert (contract.deadlines.count(), is_missed(contract)) == (0, False)


@pytest.mark.django_db
def test_a_restriction_has_its_end_until_it_was_lifted_or_noted() -> None:
    restriction = RestrictionFactory()
    with taken_back():
        restriction.deadlines.all().delete()
        assert is_missed(restriction)

    for over in ("lifted_at", "ended_at"):
        with taken_back():
            Restriction.objects.update(**{over: NOON})
            restriction.deadlines.all().delete()
            assert not is_missed(restriction)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_leaves_a_row_without_its_deadline_is_refused_and_writes_nothing() -> None:
    tender = TenderFactory(active=True)
    sign_up = tender.deadlines.filter(kind=OrderDeadline.SIGN_UP)

    with refusing():
        TenderFactory(active=True, tender_period_end=None, opening_at=None)
    with refusing():
        move_deadline(tender, OrderDeadline.SIGN_UP, **STOPPED)
    with refusing():
        sign_up.delete()
    with refusing():
        Tender.objects.update(status="evaluated", closed_at=NOON, evaluated_at=NOON)

    stored = Tender.objects.get()
    assert (stored.pk, stored.status) == (tender.pk, "active")
    assert Deadline.objects.filter(stopped_at=None).count() == 2
    # the order of statements does not matter: the end of the transaction does
    with transaction.atomic():
        row = sign_up.get()
        sign_up.delete()
        row.save(force_insert=True)
    # and it is these triggers that refuse
    with triggers.lifted():
        sign_up.delete()
        assert [*lacking(Tender)] == [tender]
        tender.deadlines.all().delete()
        Tender.objects.update(status="reviewed")


@pytest.mark.django_db
def test_a_check_of_the_database_names_what_lacks_a_deadline() -> None:
    case = CaseFactory()
    call_command("check", databases=["default"])
    with taken_back():
        case.deadlines.all().delete()
        [warning] = check_deadlines(databases=["default"])

    assert warning.id == "marketplace.W003"
    assert warning.msg == f"credit.Case {case.pk}: a deadline that its state needs does not run"
    assert check_deadlines() == []
