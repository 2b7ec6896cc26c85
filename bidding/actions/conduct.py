"""Hand facts of an order down to credit, each once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.guards.awards import CHANGED_TERMS, PAID_LATE, may_report_buyer
from bidding.guards.tenders import reasons_are_given
from bidding.guards.versions import award_as_seen
from bidding.models import Award, ConductFact, Tender
from bidding.rulebook import rulebook_of
from credit.actions import record_entry, report_fact
from credit.in_force import scheme_at
from credit.models import Conduct, ReportedFact
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User

NOT_CHOSEN = "buyer_not_chosen"
"""That a buyer chose nobody in time; name, points and periods are the scheme's."""


def note_conduct(
    award: Award,
    organization: Organization,
    kind: Conduct,
    *,
    occurred_at: datetime,
    at: datetime,
) -> ConductFact:
    """Record that `kind` happened in the order of `award`; the second time nothing is written."""
    tender = award.tender
    fact = ConductFact.objects.filter(award=award, kind=kind).first()
    if fact is not None:
        return fact
    entry = record_entry(
        organization=organization,
        kind=kind,
        occurred_at=occurred_at,
        recorded_at=at,
        reference=tender.reference,
        rulebook=rulebook_of(tender),
        reference_url=links.to_tender(tender),
    )
    return ConductFact.objects.create(award=award, kind=kind, entry=entry)


def report_abandonment(award: Award, *, reasons: str, at: datetime) -> ReportedFact:
    """Hand down that the winner gave up, with its reason; it counts only when it was judged."""
    return _report(award.tender, award.bid.agency, Conduct.ABANDONMENT, reasons=reasons, at=at)


def report_cancellation(tender: Tender, at: datetime) -> ReportedFact:
    """Hand down that the buyer gave an opened order up, with its reasons, to be judged."""
    kind = Conduct.CANCELLED_AFTER_OPENING
    return _report(tender, tender.buyer, kind, reasons=tender.end_reasons, at=at)


def report_silence(tender: Tender, at: datetime) -> ReportedFact | None:
    """Hand down that the buyer let an opened order wait in vain, where the scheme knows it."""
    if NOT_CHOSEN not in scheme_at(at).by_code:
        return None
    return _report(tender, tender.buyer, NOT_CHOSEN, reasons=tender.end_reasons, at=at)


def report_unpaid(award: Award, *, reasons: str, at: datetime) -> ReportedFact:
    """Hand down that the winner answered that it was not paid; it counts when it is found true."""
    tender, agency = award.tender, award.bid.agency
    return _report(tender, tender.buyer, PAID_LATE, reasons=reasons, at=at, reporter=agency)


def report_changed_terms(award: Award, *, reasons: str, at: datetime) -> ReportedFact | None:
    """Hand down that a text was sent back because it changes the award, if the scheme knows it."""
    if CHANGED_TERMS not in scheme_at(at).by_code:
        return None
    tender, agency = award.tender, award.bid.agency
    return _report(tender, tender.buyer, CHANGED_TERMS, reasons=reasons, at=at, reporter=agency)


@transaction.atomic
def report_buyer(
    *, award: Award, kind: str, reasons: str, by: User, at: datetime, seen: str | None = None
) -> ReportedFact:
    """
    Let the winner say what the buyer of its order did; it counts when an officer finds it true.

    Raises:
        Refused: a guard in `may_report_buyer` does not hold, or nothing is said.
    """
    award = Award.objects.lock(award.pk)
    require(
        *may_report_buyer(award, kind, at),
        reasons_are_given(reasons),
        *award_as_seen(award, seen),
    )
    tender, reporter = award.tender, award.bid.agency
    said = reasons.strip()
    fact = _report(tender, tender.buyer, kind, reasons=said, at=at, reporter=reporter)
    record(by=by, verb="buyer.reported", target=fact, at=at, organization=reporter)
    return fact


def _report(
    tender: Tender,
    organization: Organization,
    kind: str,
    *,
    reasons: str,
    at: datetime,
    reporter: Organization | None = None,
) -> ReportedFact:
    return report_fact(
        organization=organization,
        kind=kind,
        occurred_at=at,
        reference=tender.reference,
        rulebook=rulebook_of(tender),
        given_reasons=reasons,
        reference_url=links.to_tender(tender),
        reporter=reporter,
    )
