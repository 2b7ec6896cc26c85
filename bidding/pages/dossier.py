"""What a supervising officer finds about one agency, all on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidding.models import Award
from bidding.pages.inspections import checks_that_found
from bidding.statistics import ratings_of
from credit import permissions
from credit.models import Case, Finding, ReportedFact, StandingCheck
from credit.pages.score import charts_of, score_of
from credit.standing import standing_of
from marketplace.filed import certificates_of, professionals_of
from marketplace.holdings import barred_among
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization
from marketplace.parties import Party

RECENT = 20
TOLD = (StandingCheck.Moment.SELECTION, StandingCheck.Moment.CONTRACT)
"""Checks that officers may read of; one at sign-up tells that the agency bids."""


@dataclass(frozen=True)
class Checks:
    """What the checks found: those that found something, and how many found nothing."""

    found: Sequence[StandingCheck]
    clear: Sequence[StandingCheck]
    clear_count: int


def dossier_of(agency: Organization, party: Party, at: datetime) -> dict[str, Any]:
    """Return what the dossier of an agency shows to an officer; cases of the own area alone."""
    sum_up = score_of(agency, at)
    won = Award.objects.won().for_lists().filter(bid__agency=agency)
    return {
        "agency": agency,
        "standing": standing_of(agency, at),
        "sum_up": sum_up,
        "charts": charts_of(sum_up.steps, at),
        "qualifications": _qualifications(agency, at),
        "people": _people(agency, at),
        "awards": won[:RECENT],
        "award_count": won.count(),
        "ratings": ratings_of(agency),
        "checks": _checks(agency),
        "inspections": checks_that_found(agency),
        "can_correct": permissions.can_see_record_of(party, agency)
        and permissions.can_open_case(party),
        "can_open": permissions.can_open_case(party),
        **_cases(agency, party),
    }


def _cases(agency: Organization, party: Party) -> dict[str, Any]:
    area = party.organization.division
    rows = Case.objects.within(area).filter(organization=agency).with_relations()
    facts = ReportedFact.objects.open().within(area).filter(organization=agency)
    findings = Finding.objects.open().within(area).filter(organization=agency)
    found = {
        "cases": list(rows[:RECENT]),
        "findings": list(findings.with_relations()),
        "reported": list(facts.with_relations()),
    }
    return {**found, "is_followed_up": any(found.values())}


def _qualifications(agency: Organization, at: datetime) -> list[tuple[Any, bool]]:
    """Return the certificates of an agency, each with whether it has run out."""
    rows, today = certificates_of(agency.agency), day_of(at)
    return [(row, row.valid_until is not None and row.valid_until < today) for row in rows]


def _people(agency: Organization, at: datetime) -> list[tuple[Any, bool]]:
    """Return the professionals of an agency, each with whether a decision bars the person."""
    people = professionals_of(agency.agency)
    barred = barred_among([one.certificate_number for one in people], at)
    return [(one, one.certificate_number in barred) for one in people]


def _checks(agency: Organization) -> Checks:
    asked = StandingCheck.objects.filter(organization=agency, moment__in=TOLD)
    clear = asked.filter(is_clear=True)
    found = list(asked.filter(is_clear=False)[:RECENT])
    return Checks(found, list(clear[:RECENT]), clear.count())
