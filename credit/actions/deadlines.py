"""The deadlines of a sanction: how each is counted, and who is told when it moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from credit.models import Case, Repair, ReportedFact, Restriction, Review
from credit.models.deadlines import CreditDeadline
from credit.periods import (
    appeal_due,
    check_due,
    decision_due,
    hearing_due,
    judgment_due,
    repair_due,
    review_due,
    statement_due,
)
from credit.standing import statement_grace
from marketplace.actions.messages import notify
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.kernel.rules import values_of
from marketplace.kernel.suspension import Moved, Unit
from marketplace.models import Organization


def lock_case(case: Case) -> Case:
    """Lock the party, then the case, and return it freshly read."""
    Organization.objects.lock(case.organization_id)
    return Case.objects.lock(case.pk)


def _lock_restriction(restriction: Restriction) -> Restriction:
    Organization.objects.lock(restriction.organization_id)
    Case.objects.lock(restriction.case_id)
    return Restriction.objects.lock(restriction.pk)


def lock_review(review: Review) -> Review:
    """Lock the party, the case and the review, and return it freshly read."""
    Organization.objects.lock(review.case.organization_id)
    Case.objects.lock(review.case_id)
    return Review.objects.lock(review.pk)


def lock_repair(repair: Repair) -> Repair:
    """Lock the party, the case and the application, and return it freshly read."""
    Organization.objects.lock(repair.case.organization_id)
    Case.objects.lock(repair.case_id)
    return Repair.objects.lock(repair.pk)


def lock_fact(fact: ReportedFact) -> ReportedFact:
    """Lock the unit, then the fact, and return it freshly read."""
    Organization.objects.lock(fact.organization_id)
    return ReportedFact.objects.lock(fact.pk)


def _statement(case: Case, start: datetime, calendar: WorkCalendar) -> Ending:
    return statement_due(start, values_of(case.rulebook), calendar)


def _decision(case: Case, start: datetime, calendar: WorkCalendar) -> Ending:
    return decision_due(start, values_of(case.rulebook), calendar)


def _tell(case: Case, found: Settled, at: datetime) -> None:
    """Tell the authority and the party."""
    _tell_authority(case, found, at)
    _tell_one(case.organization, "credit:own_case", case, found, at)


def _tell_authority(case: Case, found: Settled, at: datetime) -> None:
    """Tell the authority alone: of what is only found the party does not know."""
    _tell_one(case.authority, "credit:case", case, found, at)


def _tell_one(
    organization: Organization, view: str, case: Case, found: Settled, at: datetime
) -> None:
    notify(
        organization=organization,
        kind="credit/deadline_settled",
        at=at,
        url=reverse(view, args=[case.slug]),
        case=case,
        label=CreditDeadline(found.deadline).label,
        settled=found,
    )


def _number(case: Case) -> str:
    return case.number


def _matter(case: Case) -> str:
    return f"case/{case.slug}"


STATEMENT = Kind(
    name=CreditDeadline.STATEMENT.value,
    label=CreditDeadline.STATEMENT.label,
    lock=lock_case,
    end=_statement,
    reference=_number,
    tell=_tell,
    grace=lambda case: statement_grace(case.notified_at or case.found_at),
    matter=_matter,
)
DECISION = Kind(
    name=CreditDeadline.DECISION.value,
    label=CreditDeadline.DECISION.label,
    lock=lock_case,
    end=_decision,
    reference=_number,
    tell=_tell,
    matter=_matter,
)
# The decision names the last day of a restriction; the row is what the schedule looks at.
TERM = Kind(
    name=CreditDeadline.TERM.value,
    label=CreditDeadline.TERM.label,
    lock=_lock_restriction,
    end=lambda restriction, _start, _calendar: Moved(restriction.effective_to),
    reference=lambda restriction: restriction.slug,
    unit=Unit.FOLLOWS,
    grace=lambda _restriction: timedelta(0),
)
CHECK = Kind(
    name=CreditDeadline.CHECK.value,
    label=CreditDeadline.CHECK.label,
    lock=lock_case,
    end=lambda case, start, calendar: check_due(start, values_of(case.rulebook), calendar),
    reference=_number,
    tell=_tell_authority,
    matter=_matter,
)
HEARING = Kind(
    name=CreditDeadline.HEARING.value,
    label=CreditDeadline.HEARING.label,
    lock=lock_case,
    end=lambda case, start, calendar: hearing_due(start, values_of(case.rulebook), calendar),
    reference=_number,
    tell=_tell,
    matter=_matter,
)
APPEAL = Kind(
    name=CreditDeadline.APPEAL.value,
    label=CreditDeadline.APPEAL.label,
    lock=lock_case,
    end=lambda case, start, calendar: appeal_due(start, values_of(case.rulebook), calendar),
    reference=_number,
    tell=_tell,
    matter=_matter,
)
REVIEW = Kind(
    name=CreditDeadline.REVIEW.value,
    label=CreditDeadline.REVIEW.label,
    lock=lock_review,
    end=lambda it, start, calendar: review_due(start, values_of(it.case.rulebook), calendar),
    reference=lambda review: review.case.number,
    tell=lambda review, found, at: _tell(review.case, found, at),
)
REPAIR = Kind(
    name=CreditDeadline.REPAIR.value,
    label=CreditDeadline.REPAIR.label,
    lock=lock_repair,
    end=lambda it, start, calendar: repair_due(start, values_of(it.case.rulebook), calendar),
    reference=lambda repair: repair.case.number,
    tell=lambda repair, found, at: _tell(repair.case, found, at),
)
JUDGMENT = Kind(
    name=CreditDeadline.JUDGMENT.value,
    label=CreditDeadline.JUDGMENT.label,
    lock=lock_fact,
    end=lambda fact, start, calendar: judgment_due(start, values_of(fact.rulebook), calendar),
    reference=lambda fact: fact.reference,
)
