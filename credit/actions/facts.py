"""Facts that count only when their reason was judged, and the officers' corrections."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import JUDGMENT, lock_fact
from credit.actions.entries import correct_entry, record_entry
from credit.guards.entries import may_propose_correction, may_settle_correction
from credit.guards.facts import explanation_is_given, fact_is_not_judged, may_judge_fact
from credit.guards.reasons import correction_reasons_are_given, reasons_are_given
from credit.models import Correction, Entry, ReportedFact
from credit.standing import authority_for
from credit.versions import version_of_correction, version_of_entry, version_of_fact
from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


# without a savepoint of its own: an act whose fact cannot be kept fails as a whole
@transaction.atomic(savepoint=False)
def report_fact(  # noqa: PLR0913 - a fact has this many sides
    *,
    organization: Organization,
    kind: str,
    occurred_at: datetime,
    reference: str,
    rulebook: RulebookVersion,
    given_reasons: str,
    reference_url: str = "",
    reporter: Organization | None = None,
) -> ReportedFact:
    """
    Keep what a unit did with its reason, for an officer to judge; nothing counts until then.

    With `reporter` it is what this other unit says of it; then the unit is told, and may explain.
    The same fact is kept once, whoever tells it again.
    """
    known = ReportedFact.objects.filter(organization=organization, kind=kind, reference=reference)
    if (fact := known.first()) is not None:
        return fact
    fact = ReportedFact.objects.create(
        organization=organization,
        kind=kind,
        occurred_at=occurred_at,
        reference=reference,
        reference_url=reference_url,
        given_reasons=given_reasons,
        rulebook=rulebook,
        reporter=reporter,
    )
    fact.begin_without_deadlines()
    deadlines.start(JUDGMENT, fact, occurred_at)
    record(
        by=None,
        verb="fact.reported",
        target=fact,
        at=occurred_at,
        organization=organization,
        kind=kind,
        reference=reference,
    )
    authority = authority_for(organization.division)
    if authority is not None:
        url = reverse("credit:fact", args=[fact.slug])
        kind_of_message = "credit/fact_reported"
        notify(organization=authority, kind=kind_of_message, at=occurred_at, url=url, fact=fact)
    if reporter is not None:
        url = reverse("credit:own_fact", args=[fact.slug])
        kind_of_message = "credit/fact_told"
        notify(organization=organization, kind=kind_of_message, at=occurred_at, url=url, fact=fact)
    return fact


@transaction.atomic
def explain_fact(
    *, fact: ReportedFact, explanation: str, by: User, at: datetime, seen: str | None = None
) -> ReportedFact:
    """
    Keep what a unit says to what another says of it; a later explanation takes the place of it.

    Raises:
        Refused: it was judged before, or nothing is said.
    """
    fact = lock_fact(fact)
    require(
        fact_is_not_judged(fact),
        explanation_is_given(explanation),
        *as_seen(version_of_fact(fact), seen),
    )
    fact.explanation, fact.explained_at, fact.explained_by = explanation.strip(), at, by
    fact.save()
    record(by=by, verb="fact.explained", target=fact, at=at, organization=fact.organization)
    return fact


@transaction.atomic
def judge_fact(
    *,
    fact: ReportedFact,
    is_excused: bool,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> ReportedFact:
    """
    Find that the reason of a fact was a good one, or that it counts.

    The entry is of the day of the fact, by the rules that bound it then; it is recorded now.

    Raises:
        Refused: it was judged before, or no reasons are given.
    """
    fact = lock_fact(fact)
    require(
        *may_judge_fact(fact, by),
        reasons_are_given(reasons),
        *as_seen(version_of_fact(fact), seen),
    )
    if is_excused:
        fact.excuse(at=at, by=by, reasons=reasons.strip())
    else:
        entry = record_entry(
            organization=fact.organization,
            kind=fact.kind,
            occurred_at=fact.occurred_at,
            recorded_at=at,
            reference=fact.reference,
            rulebook=fact.rulebook,
            by=None,
            reference_url=fact.reference_url,
        )
        fact.confirm(at=at, by=by, reasons=reasons.strip(), entry=entry)
    fact.save()
    deadlines.stop(JUDGMENT, fact, at)
    record(
        by=by,
        verb="fact.excused" if is_excused else "fact.confirmed",
        target=fact,
        at=at,
        organization=fact.organization,
    )
    notify(
        organization=fact.organization,
        kind="credit/fact_judged",
        at=at,
        url=reverse("credit:own_record"),
        fact=fact,
        is_excused=is_excused,
    )
    return fact


@transaction.atomic
def propose_correction(
    *,
    entry: Entry,
    points: Decimal,
    note: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Correction:
    """
    Propose that `entry` counts `points` instead; nothing changes until a second officer confirms.

    Raises:
        Refused: a guard in `may_propose_correction` does not hold, or no reasons are given.
    """
    Organization.objects.lock(entry.organization_id)
    require(
        *may_propose_correction(entry, points),
        correction_reasons_are_given(note),
        *as_seen(version_of_entry(entry), seen),
    )
    correction = Correction.objects.create(
        entry=entry, points=points, note=note.strip(), proposed_by=by, proposed_at=at
    )
    record(
        by=by,
        verb="correction.proposed",
        target=correction,
        at=at,
        organization=entry.organization,
        points=str(points),
    )
    return correction


@transaction.atomic
def settle_correction(
    *,
    correction: Correction,
    is_confirmed: bool,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Correction:
    """
    Confirm a correction as a second officer, which appends the entry, or decline it.

    Raises:
        Refused: it was settled before, or `by` has proposed it.
    """
    organization = Organization.objects.lock(correction.entry.organization_id)
    correction = Correction.objects.lock(correction.pk)
    require(
        *may_settle_correction(correction, by),
        *as_seen(version_of_correction(correction), seen),
    )
    if not is_confirmed:
        correction.decline(at=at, by=by)
    else:
        entry = correction.entry
        correct_entry(entry=entry, points=correction.points, note=correction.note, by=by, at=at)
        correction.confirm(at=at, by=by)
    correction.save()
    record(
        by=by,
        verb="correction.confirmed" if is_confirmed else "correction.declined",
        target=correction,
        at=at,
        organization=organization,
    )
    if is_confirmed:
        url = reverse("credit:own_record")
        notify(
            organization=organization,
            kind="credit/entry_corrected",
            at=at,
            url=url,
            correction=correction,
        )
    return correction
