"""Measures as the public list shows them: plain values, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from credit.models import Restriction, Severity
from credit.models.cases import person_as_published
from credit.models.restrictions import measure_in_a_word
from credit.models.schemes import name_of_kind
from credit.pages.cases import Progress, Term, progress_between

COLUMNS = (
    *("slug", "organization__name", "case__person_name", "case__person_number"),
    *("case__kind", "case__authority__name", "case__decision_number"),
    *("kind", "person_number", "severity", "service_class__name", "legal_basis"),
    *("effective_from", "effective_to", "lifted_at", "suspended_at", "resumed_at"),
    *("case__status", "case__source"),
)


@dataclass(frozen=True)
class RestrictionRow:
    """A published measure; `person` is whom of the unit it binds, as everybody may read of it."""

    slug: str
    organization: str
    person: str
    conduct: str
    authority: str
    decision_number: str
    measure: str
    severity: str
    service_class: str
    legal_basis: str
    term: Term
    progress: Progress

    @property
    def subject(self) -> str:
        """Whom it binds: a unit, or a person of it."""
        return self.person or self.organization


def restriction_columns(restrictions: QuerySet[Restriction]) -> QuerySet[Restriction, Any]:
    """Return what `restriction_rows` makes its rows of."""
    told: QuerySet[Restriction, Any] = restrictions.values_list(*COLUMNS)
    return told


def restriction_rows(told: Iterable[Any], at: datetime) -> list[RestrictionRow]:
    """Return what `restriction_columns` has found, as it stands at `at`."""
    return [_row(at, *row) for row in told]


def _row(at: datetime, slug: str, organization: str, *told: Any) -> RestrictionRow:
    name, certificate, conduct, authority, number, *rest = told
    kind, person_number, severity, service_class, legal_basis, *of_term = rest
    term = Term(*of_term)
    return RestrictionRow(
        slug=slug,
        organization=organization,
        person=person_as_published(name, certificate),
        conduct=name_of_kind(conduct),
        authority=authority,
        decision_number=number or "",
        measure=measure_in_a_word(kind, is_on_a_person=bool(person_number)),
        severity=str(Severity(severity).label),
        service_class=service_class or "",
        legal_basis=legal_basis,
        term=term,
        progress=progress_between(term, at),
    )
