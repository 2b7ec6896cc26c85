"""Ask credit at the three moments of an order's life, and keep the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bidding.models import Tender
from bidding.rulebook import rulebook_of
from credit.actions import Question, ask_standings
from credit.models import Restriction, StandingCheck
from marketplace.models import Organization

Moment = StandingCheck.Moment
MAX_REFERENCE = 64


def ask(
    tender: Tender, agency: Organization, moment: StandingCheck.Moment, at: datetime
) -> StandingCheck:
    """Ask about `agency`, whose row is locked, for the class of a published order."""
    return ask_all(tender, [agency], moment, at)[agency.pk]


def ask_all(
    tender: Tender, agencies: Iterable[Organization], moment: StandingCheck.Moment, at: datetime
) -> dict[int, StandingCheck]:
    """Ask about each of `agencies` as `ask` does, and return the answers by primary key."""
    question = Question(
        moment=moment,
        reference=tender.reference,
        service_class=tender.item.service_class,
        rulebook=rulebook_of(tender),
        at=at,
    )
    return ask_standings(agencies, question)


def unpublished(references: Iterable[str]) -> frozenset[str]:
    """Return those of the decision numbers `references` that not everybody may read."""
    hidden = Restriction.objects.filter(case__decision_number__in=set(references), is_public=False)
    return frozenset(str(one) for one in hidden.values_list("case__decision_number", flat=True))


def decisions_behind(checks: Iterable[StandingCheck]) -> dict[int, str]:
    """
    Return the number of the earliest decision that stood in the way, by primary key of the agency.

    A check that found nothing in the way has none.
    """
    found = {check.organization_id: check.restriction_ids for check in checks}
    slugs = {slug for restrictions in found.values() for slug in restrictions}
    known = {
        restriction.slug: restriction
        for restriction in Restriction.objects.filter(slug__in=slugs).select_related("case")
    }
    return {
        agency: _number(min((known[slug] for slug in restrictions), key=lambda one: one.pk))
        for agency, restrictions in found.items()
        if restrictions
    }


def _number(restriction: Restriction) -> str:
    return (restriction.case.decision_number or restriction.slug)[:MAX_REFERENCE]
