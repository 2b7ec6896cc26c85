"""The papers of a draft, and the agencies that it avoids: added and taken away one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding.guards.parts import may_add_papers, may_avoid, may_exempt, may_invite
from bidding.guards.tenders import reasons_are_given, tender_is_editable
from bidding.guards.versions import order_as_seen
from bidding.models import AvoidedAgency, Exemption, Tender, TenderPaper, Witness
from bidding.rulebook import rules_for
from marketplace.actions.documents import store_all, stores_files
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User


@stores_files
@transaction.atomic
def add_papers(
    *,
    tender: Tender,
    kind: str,
    files: Iterable[UploadedFile],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> list[TenderPaper]:
    """
    Add papers of one kind to a draft.

    Raises:
        Refused: a guard in `may_add_papers` or of a file does not hold.
    """
    tender, given = Tender.objects.lock(tender.pk), list(files)
    require(*order_as_seen(tender, seen))
    require(*may_add_papers(tender, len(given), rules_for(tender, at)))
    stored = store_all(given, organization=tender.buyer, by=by, at=at)
    papers = [
        TenderPaper.objects.create(tender=tender, kind=kind, document=one, added_at=at)
        for one in stored
    ]
    _note(tender, "tender.papers_added", by, at, kind=kind, files=[one.sha256 for one in stored])
    return papers


@transaction.atomic
def remove_paper(*, paper: TenderPaper, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Take a paper away from a draft; the file stays where it is stored.

    Raises:
        Refused: the order is with the operator.
    """
    tender = Tender.objects.lock(paper.tender_id)
    require(*order_as_seen(tender, seen), tender_is_editable(tender))
    paper.delete()
    _note(tender, "tender.paper_removed", by, at, file=paper.document.sha256)
    return tender


@transaction.atomic
def avoid_agency(
    *,
    tender: Tender,
    agency: Organization,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> AvoidedAgency:
    """
    Keep an agency from bidding for a draft once it is published, for a reason that all may read.

    Raises:
        Refused: a guard in `may_avoid` does not hold, or no reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    require(*may_avoid(tender, agency, rules_for(tender, at)), reasons_are_given(reasons))
    avoided = AvoidedAgency.objects.create(
        tender=tender, agency=agency, reasons=reasons.strip(), added_at=at
    )
    _note(tender, "tender.agency_avoided", by, at, agency=agency.slug, reasons=avoided.reasons)
    return avoided


@transaction.atomic
def remove_avoided(
    *, avoided: AvoidedAgency, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Let an agency bid after all.

    Raises:
        Refused: the order is with the operator.
    """
    tender = Tender.objects.lock(avoided.tender_id)
    require(*order_as_seen(tender, seen), tender_is_editable(tender))
    avoided.delete()
    _note(tender, "tender.agency_let_in", by, at, agency=avoided.agency.slug)
    return tender


@stores_files
@transaction.atomic
def exempt_order(  # noqa: PLR0913 - from what, why and by which paper
    *,
    tender: Tender,
    check: str,
    reasons: str,
    files: Iterable[UploadedFile],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Exemption:
    """
    Say why a check of limits does not bind a draft, with the paper that proves it.

    Raises:
        Refused: a guard in `may_exempt` or of the file does not hold, or no reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    require(*may_exempt(tender, check), reasons_are_given(reasons))
    [document] = store_all(files, organization=tender.buyer, by=by, at=at)
    exemption = Exemption.objects.create(
        tender=tender,
        check_name=check,
        reasons=reasons.strip(),
        document=document,
        added_at=at,
    )
    told = {"check": check, "reasons": exemption.reasons, "file": document.sha256}
    _note(tender, "tender.exempted", by, at, **told)
    return exemption


@transaction.atomic
def remove_exemption(
    *, exemption: Exemption, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Let the check bind the draft again.

    Raises:
        Refused: the order is with the operator.
    """
    tender = Tender.objects.lock(exemption.tender_id)
    require(*order_as_seen(tender, seen), tender_is_editable(tender))
    exemption.delete()
    _note(tender, "tender.exemption_removed", by, at, check=exemption.check_name)
    return tender


@transaction.atomic
def invite_witness(
    *, tender: Tender, unit: str, name: str, by: User, at: datetime, seen: str | None = None
) -> Witness:
    """
    Invite somebody to watch the opening of a draft's bids.

    Raises:
        Refused: a guard in `may_invite` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    require(*may_invite(tender, (unit, name), rules_for(tender, at)))
    witness = Witness.objects.create(tender=tender, unit=unit, name=name, added_at=at)
    _note(tender, "tender.witness_invited", by, at, unit=unit, name=name)
    return witness


@transaction.atomic
def remove_witness(*, witness: Witness, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Invite somebody no longer.

    Raises:
        Refused: the order is with the operator.
    """
    tender = Tender.objects.lock(witness.tender_id)
    require(*order_as_seen(tender, seen), tender_is_editable(tender))
    witness.delete()
    _note(tender, "tender.witness_removed", by, at, unit=witness.unit, name=witness.name)
    return tender


def _note(tender: Tender, verb: str, by: User, at: datetime, **data: Any) -> None:
    record(by=by, verb=verb, target=tender, at=at, organization=tender.buyer, **data)
