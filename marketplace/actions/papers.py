"""File the papers that prove what an agency says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from marketplace.actions.admissions.steps import locked
from marketplace.actions.documents import store_all, stores_files
from marketplace.guards.admissions import admission_is_open
from marketplace.guards.versions import application_as_seen
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import (
    Agency,
    AgencyPaper,
    ChangeProposal,
    Practitioner,
    PractitionerMove,
    Qualification,
    User,
)


def file_papers(  # noqa: PLR0913 - what a paper belongs to
    agency: Agency,
    files: Iterable[UploadedFile],
    kind: str,
    *,
    by: User,
    at: datetime,
    qualification: Qualification | None = None,
    practitioner: Practitioner | None = None,
    proposal: ChangeProposal | None = None,
    move: PractitionerMove | None = None,
) -> list[AgencyPaper]:
    """
    Store files and file each as a paper of `agency`, whose row is locked.

    Raises:
        Refused: a guard in `may_store_document` does not hold of one of them.
    """
    return [
        AgencyPaper.objects.create(
            agency=agency,
            kind=kind,
            document=document,
            qualification=qualification,
            practitioner=practitioner,
            proposal=proposal,
            move=move,
        )
        for document in store_all(files, organization=agency.organization, by=by, at=at)
    ]


@stores_files
@transaction.atomic
def add_papers(  # noqa: PLR0913 - what a paper belongs to
    *,
    agency: Agency,
    files: Iterable[UploadedFile],
    kind: str,
    by: User,
    at: datetime,
    qualification: Qualification | None = None,
    practitioner: Practitioner | None = None,
    seen: str | None = None,
) -> list[AgencyPaper]:
    """
    Add papers to an application that is open.

    Raises:
        Refused: the admission is not open, or a file may not be stored.
    """
    agency = locked(agency)
    require(admission_is_open(agency), *application_as_seen(agency, seen))
    papers = file_papers(
        agency, files, kind, by=by, at=at, qualification=qualification, practitioner=practitioner
    )
    for paper in papers:
        _record(agency, "paper.added", paper, by=by, at=at)
    return papers


@transaction.atomic
def remove_paper(
    *, paper: AgencyPaper, by: User, at: datetime, seen: str | None = None
) -> AgencyPaper:
    """
    Take a paper out of an application that is open; the file itself is kept.

    Raises:
        Refused: the admission is not open.
    """
    agency = locked(paper.agency)
    require(admission_is_open(agency), *application_as_seen(agency, seen))
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    _record(agency, "paper.removed", paper, by=by, at=at)
    return paper


def _record(agency: Agency, verb: str, paper: AgencyPaper, *, by: User, at: datetime) -> None:
    record(
        by=by,
        verb=verb,
        target=paper,
        at=at,
        organization=agency.organization,
        kind=paper.kind,
        sha256=paper.document.sha256,
    )
