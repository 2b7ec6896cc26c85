"""What an agency has filed beside its facts; on one page, each is asked of the database once."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.kernel.known import asked_once
from marketplace.kernel.statements import statement
from marketplace.models import (
    Agency,
    AgencyPaper,
    ChangeProposal,
    FieldSource,
    Practitioner,
    Qualification,
)


@asked_once
def certificates_of(agency: Agency) -> list[Qualification]:
    """Return its certificates, each with its class."""
    return _certificates(agency.pk)


@asked_once
def professionals_of(agency: Agency) -> list[Practitioner]:
    """Return its professionals."""
    return _professionals(agency.pk)


@asked_once
def papers_of(agency: Agency) -> list[AgencyPaper]:
    """Return the papers of what is registered, with their documents and what they prove."""
    return _papers(agency.pk)


@asked_once
def papers_for(proposal: ChangeProposal) -> list[AgencyPaper]:
    """Return the papers that prove what a change proposes."""
    return list(AgencyPaper.objects.filter(proposal=proposal).standing())


@asked_once
def fetched_of(agency: Agency) -> list[FieldSource]:
    """Return which of its values another department told of (免证办理), and which of them."""
    return _fetched(agency.pk)


@statement
def _certificates(agency: int) -> QuerySet[Qualification]:
    return Qualification.objects.filter(agency=agency).select_related("service_class")


@statement
def _professionals(agency: int) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(agency=agency)


@statement
def _papers(agency: int) -> QuerySet[AgencyPaper]:
    return AgencyPaper.objects.filter(agency=agency).registered()


@statement
def _fetched(agency: int) -> QuerySet[FieldSource]:
    return FieldSource.objects.filter(organization=agency)
