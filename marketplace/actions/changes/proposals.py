"""The agency's part: propose a change, correct one that came back, take one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from marketplace.actions.admissions.steps import locked as locked_agency
from marketplace.actions.changes.steps import CHECK, locked, record_step
from marketplace.actions.documents import stores_files
from marketplace.actions.papers import file_papers
from marketplace.guards import changes as guards
from marketplace.guards.changes import Wanted
from marketplace.guards.versions import application_as_seen, version_of_change
from marketplace.kernel import deadlines
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models.labels import label_of
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, AgencyPaper, ChangeProposal, Membership, User
from marketplace.registered import (
    Plain,
    differing,
    model_of,
    stored,
    target_of,
    written,
)
from marketplace.web.versions import as_seen

Act, Part = ChangeProposal.Act, ChangeProposal.Part
PAPERS: Mapping[str, str] = {
    Part.FACTS: AgencyPaper.Kind.LICENCE,
    Part.QUALIFICATION: AgencyPaper.Kind.CERTIFICATE,
    Part.PRACTITIONER: AgencyPaper.Kind.PRACTITIONER,
    Part.AGENT: AgencyPaper.Kind.AUTHORITY,
}


@stores_files
@transaction.atomic
def propose_change(  # noqa: PLR0913 - what a proposal is made of
    *,
    agency: Agency,
    part: str,
    act: str,
    by: User,
    at: datetime,
    target: int | None = None,
    values: Mapping[str, Any] | None = None,
    files: Iterable[UploadedFile] = (),
    seen: str | None = None,
) -> ChangeProposal:
    """
    Propose a change of what is registered; that stays valid until an officer confirms it.

    `values` are those of the whole form; what does not differ is left out of the proposal.

    Raises:
        Refused: a guard in `may_propose_change` does not hold.
    """
    agency, files = locked_agency(agency), list(files)
    row = target_of(agency, part, target)
    base = stored(agency, part, row)
    wanted = _filled(Wanted(part, act, row, {}, len(files)), base, values or {}, at)
    require(*guards.may_propose_change(agency, wanted), *application_as_seen(agency, seen))
    proposal = ChangeProposal(
        agency=agency,
        part=part,
        act=act,
        target=target,
        title=_title(wanted),
        values=wanted.values,
        base={} if act == Act.ADD else base,
        proposed_by=by,
        submitted_at=at,
    )
    proposal.save()
    proposal.begin_without_deadlines()
    file_papers(agency, files, PAPERS[part], by=by, at=at, proposal=proposal)
    deadlines.start(CHECK, proposal, at)
    fields = sorted(wanted.values)
    record_step(proposal, "change.proposed", by=by, at=at, before="", fields=fields)
    return proposal


@stores_files
@transaction.atomic
def correct_change(
    *,
    proposal: ChangeProposal,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    files: Iterable[UploadedFile] = (),
    seen: str | None = None,
) -> ChangeProposal:
    """
    Hand in a change again that an officer returned, with other values or further papers.

    Raises:
        Refused: a guard in `may_correct_change` does not hold.
    """
    proposal, files = locked(proposal), list(files)
    agency, part = proposal.agency, proposal.part
    row = target_of(agency, part, proposal.target)
    base = stored(agency, part, row)
    count = len(files) + proposal.papers.standing().count()
    wanted = Wanted(part, proposal.act, row, {}, count, proposal)
    wanted = _filled(wanted, base, values or {}, at)
    require(
        *guards.may_correct_change(proposal, wanted), *as_seen(version_of_change(proposal), seen)
    )
    before, fields = proposal.status, sorted(differing(proposal.values, wanted.values))
    proposal.values, proposal.title = wanted.values, _title(wanted)
    proposal.base = {} if proposal.act == Act.ADD else base
    proposal.resubmit(at=at, by=by)
    proposal.save()
    file_papers(agency, files, PAPERS[part], by=by, at=at, proposal=proposal)
    deadlines.start(CHECK, proposal, at)
    record_step(proposal, "change.corrected", by=by, at=at, before=before, fields=fields)
    return proposal


@transaction.atomic
def withdraw_change(
    *, proposal: ChangeProposal, by: User, at: datetime, seen: str | None = None
) -> ChangeProposal:
    """
    Take a proposed change back; what is registered stays as it is.

    Raises:
        Refused: the change is decided, or taken back already.
    """
    proposal = locked(proposal)
    require(guards.change_is_open(proposal), *as_seen(version_of_change(proposal), seen))
    before = proposal.status
    proposal.withdraw()
    proposal.save()
    deadlines.stop(CHECK, proposal, at)
    record_step(proposal, "change.withdrawn", by=by, at=at, before=before)
    return proposal


def _filled(
    wanted: Wanted, base: Mapping[str, Plain], values: Mapping[str, Any], at: datetime
) -> Wanted:
    """Return what is proposed with its values: of a change what differs, of a new row all."""
    given = written(wanted.part, values)
    if wanted.act == Act.CHANGE:
        given = {name: given[name] for name in differing(base, given)}
    elif "valid_from" in given and given["valid_from"] is None:
        given["valid_from"] = day_of(at).isoformat()
    return replace(wanted, values=given)


def _title(wanted: Wanted) -> str:
    """Return what the change is called: the fields, or the row that it is about."""
    if wanted.part == Part.FACTS:
        labels = (label_of(model_of(wanted.part, name), name) for name in wanted.values)
        return "、".join(labels)[:160]
    row = wanted.target
    if isinstance(row, Membership):
        return str(row.user)
    if row is not None and wanted.act != Act.RENEW:
        return str(row)
    named = [wanted.values.get("name")]
    if wanted.part == Part.QUALIFICATION:
        named.append(wanted.values.get("certificate_number"))
    return " ".join(str(one) for one in named if one)
