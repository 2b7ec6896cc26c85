"""The officer's part: return a proposed change, or let it take effect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from marketplace.actions.admissions.decisions import Remark
from marketplace.actions.admissions.expiry import look_ahead
from marketplace.actions.changes.proposals import withdraw_change
from marketplace.actions.changes.steps import CHECK, locked, record_step, tell
from marketplace.actions.registration import save_with_code, uscc_fields
from marketplace.guards import changes as guards
from marketplace.guards.versions import version_of_change
from marketplace.identifiers import check_uscc
from marketplace.kernel import deadlines
from marketplace.kernel.verdicts import require
from marketplace.models import (
    Agency,
    ChangeProposal,
    Membership,
    Practitioner,
    Qualification,
    RegisterEntry,
    User,
)
from marketplace.registered import MODELS, Target, model_of, read_all, stored, target_of
from marketplace.web.versions import as_seen

Act, Part = ChangeProposal.Act, ChangeProposal.Part


@transaction.atomic
def return_change(
    *,
    proposal: ChangeProposal,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    remarks: Sequence[Remark] = (),
) -> ChangeProposal:
    """
    Send a change back with reasons; it may be corrected and handed in again.

    Raises:
        Refused: a guard in `may_return_change` does not hold.
    """
    proposal = locked(proposal)
    require(
        *guards.may_return_change(proposal, reasons, by),
        *as_seen(version_of_change(proposal), seen),
    )
    before, reasons = proposal.status, reasons.strip()
    proposal.send_back(at=at, by=by, reasons=reasons, remarks=remarks)
    proposal.save()
    deadlines.stop(CHECK, proposal, at)
    record_step(proposal, "change.returned", by=by, at=at, before=before, reasons=reasons)
    tell(proposal, "marketplace/change_returned", at=at, reasons=reasons)
    return proposal


@transaction.atomic
def confirm_change(
    *,
    proposal: ChangeProposal,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc_confirmed: bool = False,
    ruled_out: Collection[str] = (),
) -> ChangeProposal:
    """
    Let a change take effect, and add it to the history of the register.

    Raises:
        Refused: a guard in `may_confirm_change` does not hold.
    """
    proposal = locked(proposal)
    agency, part = proposal.agency, proposal.part
    target = target_of(agency, part, proposal.target)
    require(
        *guards.may_confirm_change(
            proposal, target, by, at, uscc_confirmed=uscc_confirmed, ruled_out=ruled_out
        ),
        *as_seen(version_of_change(proposal), seen),
    )
    before, registered = proposal.status, stored(agency, part, target)
    row = _apply(proposal, target, at)
    _enter(proposal, registered, by=by, at=at)
    _move_papers(proposal, row)
    proposal.take_effect(at=at, by=by)
    proposal.save()
    deadlines.stop(CHECK, proposal, at)
    look_ahead(agency, at)
    named = {"not_the_namesake_of": sorted(ruled_out)} if ruled_out else {}
    record_step(proposal, "change.confirmed", by=by, at=at, before=before, **named)
    tell(proposal, "marketplace/change_effective", at=at)
    return proposal


def _enter(proposal: ChangeProposal, registered: dict[str, Any], *, by: User, at: datetime) -> None:
    """Add to the history what was registered and what is now, of the fields that differ."""
    ends = proposal.act == Act.END
    is_new = proposal.act in guards.NEW
    names = registered if ends else proposal.values
    RegisterEntry.objects.create(
        agency=proposal.agency,
        proposal=proposal,
        part=proposal.part,
        title=proposal.title,
        before={} if is_new else {name: registered.get(name) for name in names},
        after={} if ends else proposal.values,
        proposed_by=proposal.proposed_by,
        confirmed_by=by,
        at=at,
    )


@transaction.atomic
def end_agent(*, membership: Membership, by: User, at: datetime) -> RegisterEntry:
    """
    Note in the register that somebody's authority has ended; `membership` is locked and ended.

    What was proposed about it is taken back: there is nothing left to change.
    """
    agency = Agency.objects.get(pk=membership.organization_id)
    for proposal in agency.changes.open().filter(part=Part.AGENT, target=membership.pk):
        withdraw_change(proposal=proposal, by=by, at=at)
    return RegisterEntry.objects.create(
        agency=agency,
        part=Part.AGENT,
        title=str(membership.user),
        before=stored(agency, Part.AGENT, membership),
        proposed_by=by,
        confirmed_by=by,
        at=at,
    )


def _apply(proposal: ChangeProposal, target: Target | None, at: datetime) -> Target | None:
    """Bring the register to what the proposal says, and return the row that it is about."""
    agency = proposal.agency
    if proposal.part == Part.FACTS:
        _apply_facts(agency, proposal, at)
        return None
    values = read_all(proposal.part, proposal.values)
    if isinstance(target, Membership):
        target.service_classes.set(values["service_classes"])
        return target
    if proposal.act in guards.NEW:
        new: type[Any] = MODELS[proposal.part]
        row: Target = new(agency=agency, **values)
    else:
        assert target is not None  # noqa: S101 - the guard has asked
        row = target
        if proposal.act == Act.END:
            _end(row, at)
            return None
        for name, value in values.items():
            setattr(row, name, value)
    _save(row, proposal, target)
    return row


def _end(row: Target, at: datetime) -> None:
    """Take a row off the register; its papers prove nothing any more."""
    if isinstance(row, Qualification | Practitioner):
        row.papers.update(removed_at=at)
    row.delete()


def _save(row: Target, proposal: ChangeProposal, target: Target | None) -> None:
    """
    Store a certificate or a professional.

    Raises:
        Refused: another agency entered the same person at the same time.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        wanted = guards.wanted_by(proposal, target)
        require(*guards.about_its_content(proposal.agency, wanted))
        raise


def _apply_facts(agency: Agency, proposal: ChangeProposal, at: datetime) -> None:
    values = dict(proposal.values)
    organization = agency.organization
    if code := values.pop("uscc", None):
        check = check_uscc(str(code))
        values_of_code = uscc_fields(check)
        if check.wrong_check_digit:
            values_of_code["uscc_confirmed_at"] = at
        for name, value in values_of_code.items():
            setattr(organization, name, value)
    for name, value in read_all(Part.FACTS, values).items():
        is_own = model_of(Part.FACTS, name) is Agency
        setattr(agency if is_own else organization, name, value)
    save_with_code(organization)
    agency.save()


def _move_papers(proposal: ChangeProposal, row: Target | None) -> None:
    """Let the papers of the proposal prove the row from now on; they stay those of the proposal."""
    papers = proposal.papers.filter(removed_at__isnull=True)
    if isinstance(row, Qualification):
        papers.update(qualification=row)
    elif isinstance(row, Practitioner):
        papers.update(practitioner=row)
