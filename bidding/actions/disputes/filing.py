"""Object to a matter, or complain of what came of it; what it is about stands still from now on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding.actions.deadlines.disputes import CHECK
from bidding.actions.disputes.common import (
    end_dispute,
    lock_applicant,
    lock_dispute,
    record_step,
    version_of_dispute,
)
from bidding.actions.disputes.telling import tell_authority
from bidding.actions.suspensions import settle_suspension
from bidding.actions.telling import operators_of
from bidding.guards import disputes as guards
from bidding.guards.disputes import Filing
from bidding.guards.versions import version_of_matter
from bidding.models import Dispute, DisputeKind, Matter, Tender
from bidding.rulebook import bound_rules
from credit.standing import authority_for
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import dispute_number
from marketplace.kernel import deadlines
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models import Sequence as Serial
from marketplace.kernel.verdicts import require
from marketplace.models import Division, Organization, User
from marketplace.web.versions import as_seen

CARRIED_ON = "complained"
"""Why an objection ends that became a complaint; its page says so by the complaint itself."""


@stores_files
@transaction.atomic
def file_dispute(  # noqa: PLR0913 - one form, one call
    *,
    filing: Filing,
    facts: str,
    request: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Dispute:
    """
    Object to a matter, or complain of it where no objection comes first.

    What it is about stands still from now on, where the rules say so.

    Raises:
        Refused: a guard in `may_file` or of a file does not hold, or words or evidence are missing.
    """
    filing = _locked_filing(filing)
    division = _place_of(filing)
    rulebook = _rulebook_of(filing, division, at)
    rules = bound_rules(rulebook)
    kind = guards.kind_of_filing(filing.matter, rules)
    authority = _authority(kind, division, filing.respondent)
    unit = None if filing.tender else filing.respondent
    require(
        *guards.may_file(filing, kind, rules, at),
        guards.authority_is_there(authority),
        guards.facts_and_request_are_given(facts, request),
        guards.evidence_is_given(len(files)),
        *as_seen(version_of_matter(filing.tender, unit), seen),
    )
    assert authority is not None  # noqa: S101 - the guard has asked
    respondent = filing.respondent or _buyer_of(filing)
    dispute = Dispute(
        kind=kind,
        matter=filing.matter,
        subject=filing.subject,
        filer=filing.filer,
        respondent=respondent,
        authority=authority,
        tender=filing.tender,
        occurred_on=filing.occurred_on,
        suspends=guards.suspends(filing.matter, rules),
        rulebook=rulebook,
    )
    return _file(dispute, facts, request, files, by=by, at=at)


@stores_files
@transaction.atomic
def complain(  # noqa: PLR0913 - one form, one call
    *,
    objection: Dispute,
    facts: str,
    request: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Dispute:
    """
    Complain of what came of an objection; the objection ends with it.

    The evidence of the objection goes with it; more may be added.

    Raises:
        Refused: a guard in `may_complain` or of a file does not hold, or words are missing.
    """
    objection = lock_dispute(objection)
    division = _place_of_dispute(objection)
    authority = _authority(DisputeKind.COMPLAINT, division, objection.respondent)
    require(
        *guards.may_complain(objection, at),
        guards.authority_is_there(authority),
        guards.facts_and_request_are_given(facts, request),
        *as_seen(version_of_dispute(objection), seen),
    )
    assert authority is not None  # noqa: S101 - the guard has asked
    dispute = Dispute(
        kind=DisputeKind.COMPLAINT,
        matter=objection.matter,
        subject=objection.subject,
        filer=objection.filer,
        respondent=objection.respondent,
        authority=authority,
        tender=objection.tender,
        previous=objection,
        suspends=objection.suspends,
        rulebook=objection.rulebook,
    )
    dispute = _file(dispute, facts, request, files, by=by, at=at)
    dispute.evidence.add(*objection.evidence.all())
    end_dispute(objection, by=by, at=at, note=CARRIED_ON)
    return dispute


def _file(
    dispute: Dispute,
    facts: str,
    request: str,
    files: Sequence[UploadedFile],
    *,
    by: User,
    at: datetime,
) -> Dispute:
    dispute.number = _next_number(dispute.authority.division, at)
    dispute.facts, dispute.request = facts.strip(), request.strip()
    dispute.filed_by, dispute.filed_at = by, at
    papers = store_all(files, organization=dispute.filer, by=by, at=at)
    dispute.save()
    dispute.begin_without_deadlines()
    dispute.evidence.set(papers)
    deadlines.start(CHECK, dispute, at)
    record_step(dispute, "filed", by=by, at=at, before="", documents=[one.sha256 for one in papers])
    tell_authority(dispute, "bidding/dispute_filed", at)
    settle_suspension(dispute, at)
    return dispute


# --- What it is about, and who sees to it ---------------------------------------------------------
def _locked_filing(filing: Filing) -> Filing:
    if filing.tender is not None:
        tender = Tender.objects.lock(filing.tender.pk)
        return Filing(
            matter=filing.matter,
            filer=filing.filer,
            tender=tender,
            respondent=filing.respondent,
            occurred_on=filing.occurred_on,
        )
    if filing.matter == Matter.ONBOARDING and filing.respondent is not None:
        lock_applicant(filing.respondent.pk)
    return filing


def _buyer_of(filing: Filing) -> Organization:
    assert filing.tender is not None  # noqa: S101 - the guards ask for a respondent otherwise
    return filing.tender.buyer


def _place_of(filing: Filing) -> Division:
    if filing.tender is not None:
        return filing.tender.division
    return filing.respondent.division if filing.respondent else filing.filer.division


def _place_of_dispute(dispute: Dispute) -> Division:
    return dispute.tender.division if dispute.tender else dispute.respondent.division


def _rulebook_of(filing: Filing, division: Division, at: datetime) -> RulebookVersion:
    """Return the rules that bind the order, else those in force at the place."""
    if filing.tender is not None and filing.tender.rulebook is not None:
        return filing.tender.rulebook
    return pin_rulebook(division=division, at=at)


def _authority(
    kind: DisputeKind, division: Division, respondent: Organization | None
) -> Organization | None:
    """
    Return who sees to it: the operators of the place for an objection, else its regulators.

    An authority that is complained of does not see to the complaint; the next one above does.
    """
    if kind == DisputeKind.OBJECTION:
        return next(iter(operators_of(division)), None) or authority_for(division)
    found, place = authority_for(division), division.parent
    while found is not None and found == respondent and place is not None:
        found, place = authority_for(place), place.parent
    return found


def _next_number(division: Division, at: datetime) -> str:
    year = day_of(at).year
    serial = Serial.objects.next_value(f"dispute/{division.pk}/{year}")
    return dispute_number(division.pk, year, serial)
