"""Ask about an agency's standing so that the question and the answer stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from credit.models import Restriction, RestrictionQuerySet, StandingCheck
from credit.standing import head_offices_of
from marketplace.kernel.models import RulebookVersion
from marketplace.models import Organization, ServiceClass


@dataclass(frozen=True, kw_only=True)
class Question:
    """Whether a restriction keeps somebody from `reference` at `at`, one of the three moments."""

    moment: str
    reference: str
    service_class: ServiceClass | None
    rulebook: RulebookVersion
    at: datetime


def ask_standing(*, organization: Organization, **question: Any) -> StandingCheck:
    """Ask about one organisation as `ask_standings` does, by the parts of a `Question`."""
    return ask_standings([organization], Question(**question))[organization.pk]


@transaction.atomic
def ask_standings(
    organizations: Iterable[Organization], question: Question
) -> dict[int, StandingCheck]:
    """
    Ask a question about each organisation, and store the answers; return them by its primary key.

    What is decided on a head office keeps its branches out too.

    A row is stored also when nothing is found. Ask with the rows of the organisations locked. At
    sign-up a restriction that was decided while the request waited for the lock counts too,
    although the request arrived before it: what the decision ended must not come back.
    """
    asked = list(organizations)
    found: dict[int, list[str]] = defaultdict(list)
    heads = {key: head.pk for key, head in head_offices_of(asked).items()}
    concerned = [*(one.pk for one in asked), *heads.values()]
    in_the_way = _in_the_way(question).filter(organization__in=concerned).order_by("pk")
    for organization_id, slug in in_the_way.values_list("organization_id", "slug"):
        found[organization_id].append(slug)
    for branch, head in heads.items():
        found[branch] = [*found[branch], *found[head]]
    checks = StandingCheck.objects.bulk_create(
        StandingCheck(
            organization=organization,
            moment=question.moment,
            reference=question.reference,
            asked_at=question.at,
            restriction_ids=found[organization.pk],
            rulebook_sha256=question.rulebook.sha256,
            is_clear=not found[organization.pk],
        )
        for organization in asked
    )
    return {check.organization_id: check for check in checks}


def _in_the_way(question: Question) -> RestrictionQuerySet:
    restrictions = Restriction.objects.blocking().touching(question.service_class)
    if question.moment == StandingCheck.Moment.SIGN_UP:
        return restrictions.not_over(question.at)
    return restrictions.in_force(question.at)
