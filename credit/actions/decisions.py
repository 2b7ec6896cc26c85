"""The second half of the path: decision, dismissal, revocation and the end."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from credit.actions.cases import let_statement_lapse
from credit.actions.deadlines import APPEAL, DECISION, TERM
from credit.actions.entries import chain_of, correct_entry, latest_of, record_entry
from credit.effects import end_what_stands, find_matter
from credit.guards.bases import GROUNDS
from credit.guards.decisions import (
    STANDING,
    may_decide_case,
    may_revoke_case,
    restriction_has_run_out,
    restriction_is_unmarked,
)
from credit.guards.reasons import decision_reasons_are_given, revocation_reasons_are_given
from credit.in_force import kind_under
from credit.measures import bound_with, branches_among
from credit.models import Case, Entry, Measure, Restriction, Severity
from credit.periods import restriction_end
from credit.records import points_fell_with
from credit.rules import PUBLICATION
from credit.versions import case_as_seen
from marketplace.actions.admissions import expel_agency
from marketplace.actions.messages import notify
from marketplace.identifiers import decision_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import WorkCalendar, day_of
from marketplace.kernel.models import RulebookVersion, Sequence
from marketplace.kernel.rules import values_of
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, Organization, User

MAX_NOTE = 300


@transaction.atomic
def decide_case(
    *, case: Case, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Restriction:
    """
    Impose what the notice proposed, by a second officer; it binds in the whole province from `at`.

    The same transaction confirms the misconduct in the agency's record and, when the restriction
    keeps it from sign-ups, ends its standing bids and those of its branches.

    Raises:
        Refused: a guard in `may_decide_case` does not hold, or no reasons are given.
    """
    organization, *branches = lock_with_branches(case.organization, case.person_number)
    opened, case = case, Case.objects.lock(case.pk)
    # whose case it is, and under which rules it was opened, it stays
    case.organization = organization
    case.authority, case.rulebook = opened.authority, opened.rulebook
    require(
        *may_decide_case(case, by, at),
        decision_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    _settle_statement(case)
    case.decide(at=at, by=by, number=next_decision_number(case, at), reasons=reasons.strip())
    if not case.person_number:
        case.entry = _confirm_misconduct(case, by=by, at=at)
    case.save()
    calendar = deadlines.work_calendar()
    deadlines.stop(DECISION, case, at)
    deadlines.start(APPEAL, case, at, calendar)
    restriction = impose(case, branches, at=at, calendar=calendar)
    record(
        by=by,
        verb="case.decided",
        target=case,
        at=at,
        organization=case.authority,
        before=Case.Status.STATED,
        decision=case.decision_number,
    )
    tell_agency(restriction, "credit/case_decided", at, grounds=GROUNDS)
    return restriction


@transaction.atomic
def dismiss_case(
    *, case: Case, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Case:
    """
    Close the case without a sanction, by a second officer.

    Raises:
        Refused: a guard in `may_decide_case` does not hold, or no reasons are given.
    """
    Organization.objects.lock(case.organization_id)
    case = Case.objects.lock(case.pk)
    require(
        *may_decide_case(case, by, at),
        decision_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    _settle_statement(case)
    case.dismiss(at=at, by=by, reasons=reasons.strip())
    case.save()
    deadlines.stop(DECISION, case, at)
    record(
        by=by,
        verb="case.dismissed",
        target=case,
        at=at,
        organization=case.authority,
        before=Case.Status.STATED,
    )
    notify(
        organization=case.organization,
        kind="credit/case_dismissed",
        at=at,
        url=reverse("credit:own_case", args=[case.slug]),
        case=case,
    )
    return case


@transaction.atomic
def revoke_case(
    *, case: Case, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Case:
    """
    Take the decision back: the restriction binds no more from `at` on.

    A decision whose months are over can fall too, for the sake of its points or of its words.
    What the decision ended stays ended; the record keeps the fact and its correction. Its points
    fall unless the fact stands by another decision on the same matter, or by the platform's own
    finding.

    Raises:
        Refused: a guard in `may_revoke_case` does not hold, or no reasons are given.
    """
    Organization.objects.lock(case.organization_id)
    case = Case.objects.lock(case.pk)
    require(
        *may_revoke_case(case, by, at),
        revocation_reasons_are_given(reasons),
        *case_as_seen(case, seen),
    )
    return take_back(case, reasons=reasons.strip(), by=by, at=at)


def take_back(case: Case, *, reasons: str, by: User, at: datetime) -> Case:
    """Let the decision of a locked case fall, and tell its party; see `revoke_case`."""
    before = case.status
    case.revoke(at=at, by=by, reasons=reasons)
    case.save()
    restriction = Restriction.objects.lock(case.restriction.pk)
    if restriction.lifted_at is None:
        restriction.lifted_at = at
        restriction.save(update_fields=["lifted_at"])
    deadlines.stop(TERM, restriction, at)
    deadlines.stop(APPEAL, case, at)
    _take_points_back(case, by=by, at=at)
    record(
        by=by,
        verb="case.revoked",
        target=case,
        at=at,
        organization=case.authority,
        before=before,
        decision=case.decision_number,
    )
    record(by=by, verb="restriction.lifted", target=restriction, at=at)
    tell_agency(restriction, "credit/case_revoked", at, points_fell=points_fell_with(case))
    return case


@transaction.atomic
def end_restriction(*, restriction: Restriction, at: datetime) -> Restriction:
    """
    Mark a restriction that has run out; it stopped binding by its date, marked or not.

    Raises:
        Refused: it still runs, or was lifted or marked before.
    """
    Organization.objects.lock(restriction.organization_id)
    case = Case.objects.lock(restriction.case_id)
    restriction = Restriction.objects.lock(restriction.pk)
    require(restriction_has_run_out(restriction, at), restriction_is_unmarked(restriction))
    at = restriction.effective_to
    restriction.ended_at = at
    restriction.save(update_fields=["ended_at"])
    deadlines.stop(TERM, restriction, at)
    deadlines.stop(APPEAL, case, at)
    case.end(at=at)
    case.save()
    record(by=None, verb="case.ended", target=case, at=at, before=Case.Status.DECIDED)
    record(by=None, verb="restriction.ended", target=restriction, at=at)
    has_left = let_go(restriction, by=None, at=at)
    tell_agency(restriction, "credit/restriction_ended", at, has_left=has_left)
    return restriction


def let_go(restriction: Restriction, *, by: User | None, at: datetime) -> bool:
    """
    Put an agency off the register when its removal is over; tell whether it was on it.

    A decision that falls was none: who was removed by it stays.
    """
    is_removal = restriction.kind == Measure.REMOVAL and restriction.service_class_id is None
    agency = Agency.objects.filter(pk=restriction.organization_id).first()
    if agency is None or not is_removal or restriction.person_number:
        return False
    number = str(restriction.case.decision_number)
    return expel_agency(agency=agency, decision=number, by=by, at=at)


def lock_with_branches(organization: Organization, person: str = "") -> list[Organization]:
    """
    Lock whom a decision binds, in the order of their keys; return the head office first.

    So a branch that signs up at this moment is either seen, or sees the decision. All whose names
    begin alike are locked with those that were found to be branches: who of them is one is asked of
    the locked rows. With `person`, the number of a certificate, the agency is locked too where it
    is entered now.
    """
    locked = list(bound_with(organization, person).lock_all())
    head = next(one for one in locked if one.pk == organization.pk)
    return [head, *branches_among(locked, head)]


def _settle_statement(case: Case) -> None:
    """Do first what the scheduler has not done yet, when the time for a statement ran out."""
    if case.status == Case.Status.NOTIFIED:
        let_statement_lapse(case)


def next_decision_number(case: Case, at: datetime) -> str:
    """Return the next number of the case's authority, for a decision of whichever kind."""
    division, year = case.authority.division_id, day_of(at).year
    serial = Sequence.objects.next_value(f"decision/{division}/{year}")
    return decision_number(division, year, serial)


def _confirm_misconduct(case: Case, *, by: User, at: datetime) -> Entry | None:
    """
    Record the misconduct the decision confirms; None when the record counts it already.

    A fact that fell with an earlier decision on the same matter counts again by a new correction.
    Only an entry that the decision made falls with the decision.
    """
    reference = case.reference or case.number
    rulebook = case.rulebook
    note = case.decision_number or ""
    known = Entry.objects.filter(
        organization=case.organization, kind=case.kind, reference=reference, corrects=None
    ).first()
    if known is not None:
        return _count_again(latest_of(known), rulebook=rulebook, note=note, by=by, at=at)
    matter = find_matter(case.reference, case.organization)
    return record_entry(
        organization=case.organization,
        kind=case.kind,
        occurred_at=case.occurred_at,
        recorded_at=at,
        reference=reference,
        rulebook=rulebook,
        by=by,
        reference_url=matter.url if matter else "",
        note=note,
    )


def _count_again(
    latest: Entry, *, rulebook: RulebookVersion, note: str, by: User, at: datetime
) -> Entry | None:
    if latest.corrects is None or latest.points != 0:
        return None
    points = kind_under(rulebook, latest.kind, latest.occurred_at).points
    return correct_entry(entry=latest, points=points, note=note, by=by, at=at, rulebook=rulebook)


def _take_points_back(case: Case, *, by: User, at: datetime) -> None:
    """Let the points of a revoked case fall, or hand them to the decision they stand by now."""
    if case.entry is None:
        return
    chain = list(chain_of(case.entry))
    if any(entry.recorded_by_id is None for entry in chain):
        return  # the platform has found it too
    heir = _heir_of(case)
    if heir is None:
        note = case.closing_reasons[:MAX_NOTE]
        correct_entry(entry=chain[-1], points=Decimal(), note=note, by=by, at=at)
        return
    heir.entry = correct_entry(
        entry=chain[-1],
        points=kind_under(heir.rulebook, heir.kind, case.entry.occurred_at).points,
        note=str(heir.decision_number),
        by=by,
        at=at,
        rulebook=heir.rulebook,
    )
    heir.save()


def _heir_of(case: Case) -> Case | None:
    """Return the decision that stands on the same matter, locked; a published one goes first."""
    if not case.reference:
        return None
    same = Case.objects.filter(
        organization=case.organization, kind=case.kind, reference=case.reference
    )
    others = same.filter(status__in=STANDING).exclude(pk=case.pk).lock_all()
    return min(others, key=lambda other: other.severity == Severity.MINOR, default=None)


def impose(
    case: Case,
    branches: list[Organization],
    *,
    at: datetime,
    until: datetime | None = None,
    calendar: WorkCalendar | None = None,
) -> Restriction:
    """
    Let what a locked and saved case imposes take effect, and end what it ends.

    `until` is when it ends, by default after the months of the case.
    """
    restriction = Restriction(
        organization=case.organization,
        case=case,
        kind=case.restriction_kind,
        severity=case.severity,
        service_class=case.service_class,
        effective_from=at,
        effective_to=until or restriction_end(at, case.months),
        person_number=case.person_number,
        legal_basis=case.legal_basis,
        is_public=case.severity != Severity.MINOR,
        published_until=published_until(case.rulebook, case.severity, at),
    )
    if restriction.is_blocking:
        restriction.ended_bid_count = end_what_stands(
            organization=case.organization,
            branches=branches,
            service_class=case.service_class,
            reference=str(case.decision_number),
            at=at,
        )
    restriction.save()
    restriction.begin_without_deadlines()
    deadlines.start(TERM, restriction, at, calendar)
    record(
        by=case.decided_by,
        verb="restriction.imposed",
        target=restriction,
        at=at,
        organization=case.authority,
        decision=case.decision_number,
        measure=restriction.kind,
    )
    return restriction


def published_until(rulebook: RulebookVersion, severity: str, at: datetime) -> datetime:
    """Return until when everybody may read of a decision that takes effect at `at`."""
    months = values_of(rulebook).cell(PUBLICATION, severity)
    return restriction_end(at, months.count)


def tell_agency(restriction: Restriction, kind: str, at: datetime, **context: Any) -> None:
    """Tell whom a decision is on what became of it."""
    notify(
        organization=restriction.organization,
        kind=kind,
        at=at,
        url=reverse("credit:own_case", args=[restriction.case.slug]),
        case=restriction.case,
        restriction=restriction,
        **context,
    )
