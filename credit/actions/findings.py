"""What follows from a record by its arithmetic: a warning, or work for an officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from credit.actions.cases import close_found, find_case
from credit.guards.facts import finding_is_open
from credit.guards.officers import officer_is_not_recused
from credit.guards.reasons import setting_aside_reasons_are_given
from credit.in_force import scheme_at
from credit.models import Case, CaseSource, CreditScheme, Entry, Finding
from credit.schemes import Follows, Kind, Scheme, Threshold
from credit.scoring import Account, Event, account, crossed, repeated
from credit.standing import events_of
from credit.versions import version_of_finding
from marketplace.actions.messages import notify
from marketplace.kernel.audit import record
from marketplace.kernel.canonical import plain
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


def follow(entry: Entry, *, at: datetime) -> list[Kind]:
    """
    See to what follows from a new entry, in the transaction that wrote it.

    Thresholds warn the agency or open a finding; repetitions that need a decision open a finding.
    Returns the other repetitions, which are facts of their own to be recorded. Call it with the
    organisation's row locked: of two entries at one moment the second must see the first.
    """
    if entry.organization.kind != Organization.Kind.AGENCY:
        return []
    scheme = scheme_at(at)
    if not scheme.thresholds and not any(kind.repeat for kind in scheme.kinds):
        return []
    events = events_of(entry.organization)
    after = account(events, scheme, at, earlier=scheme_at)
    before = account(_without(entry, events), scheme, at, earlier=scheme_at)
    for threshold in crossed(before, after, scheme):
        _act_on(threshold, entry, after, scheme, at)
    kinds = repeated(events, scheme, at)
    for kind in kinds:
        if kind.needs_decision:
            _open_repeat(kind, entry, after, scheme, at)
    return [kind for kind in kinds if not kind.needs_decision]


def _without(entry: Entry, events: list[Event]) -> list[Event]:
    return [event for event in events if event.key != entry.pk]


def _act_on(
    threshold: Threshold, entry: Entry, found: Account, scheme: Scheme, at: datetime
) -> None:
    if threshold.follows is Follows.WARNING:
        notify(
            organization=entry.organization,
            kind="credit/score_warned",
            at=at,
            url=reverse("credit:own_record"),
            score=found.score,
            threshold=threshold.points,
        )
        return
    _open(
        entry,
        found,
        scheme,
        at,
        by=Finding.By.THRESHOLD,
        trigger=threshold.code,
        severity=threshold.severity,
        measure=threshold.measure,
        months=threshold.months,
        basis=threshold.basis,
    )


def _open_repeat(kind: Kind, entry: Entry, found: Account, scheme: Scheme, at: datetime) -> None:
    same = Finding.objects.filter(organization=entry.organization, trigger=kind.code)
    if not same.open().exists():
        _open(
            entry,
            found,
            scheme,
            at,
            by=Finding.By.REPEAT,
            trigger=kind.code,
            severity=kind.severity,
            basis=kind.basis,
        )


def _open(entry: Entry, found: Account, scheme: Scheme, at: datetime, **says: Any) -> None:
    finding = Finding.objects.create(
        organization=entry.organization,
        entry=entry,
        scheme=CreditScheme.objects.get(code=scheme.code, version=scheme.version),
        score=found.score,
        arithmetic=plain(_arithmetic(found)),
        found_at=at,
        **says,
    )
    _find_case(finding, at)
    record(
        by=None,
        verb="finding.opened",
        target=finding,
        at=at,
        organization=entry.organization,
        trigger=finding.trigger,
        score=str(found.score),
    )


def _find_case(finding: Finding, at: datetime) -> None:
    """Let a case wait with the finding, so that it has a number, a deadline and an authority."""
    finding.case = find_case(
        organization=finding.organization,
        source=CaseSource(finding.by),
        kind=finding.conduct,
        facts=finding.facts,
        occurred_at=finding.entry.occurred_at,
        at=at,
        severity=finding.severity,
        measure=finding.measure,
        months=finding.months,
    )
    finding.save(update_fields=["case"])


def _arithmetic(found: Account) -> dict[str, Any]:
    """Return the account as it is kept with a finding: base, and each event with its points."""
    return {
        "base": found.base,
        "score": found.score,
        "grade": found.grade,
        "lines": [
            {
                "entry": line.event.key,
                "kind": line.event.kind,
                "points": line.points,
                "why": line.why.value,
            }
            for line in found.lines
        ],
    }


@transaction.atomic
def set_aside(
    *, finding: Finding, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Finding:
    """
    Open no case on `finding`; the case that waited with it is set aside too.

    Raises:
        Refused: somebody has seen to it before, is recused, or no reasons are given.
    """
    Organization.objects.lock(finding.organization_id)
    case = Case.objects.lock(finding.case_id) if finding.case_id else None
    finding = Finding.objects.lock(finding.pk)
    require(
        finding_is_open(finding),
        *([officer_is_not_recused(case, by)] if case else []),
        setting_aside_reasons_are_given(reasons),
        *as_seen(version_of_finding(finding), seen),
    )
    finding.closed_at, finding.closed_by = at, by
    finding.closing_reasons = reasons.strip()
    finding.save(update_fields=["closed_at", "closed_by", "closing_reasons"])
    if case is not None:
        close_found(case, reasons=finding.closing_reasons, by=by, at=at)
    record(by=by, verb="finding.set_aside", target=finding, at=at)
    return finding
