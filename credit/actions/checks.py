"""Ask about an agency's standing so that the question and the answer stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from credit.measures import head_offices_of
from credit.models import Restriction, RestrictionQuerySet, StandingCheck
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.statements import statement
from marketplace.models import Organization, ServiceClass

Slugs = QuerySet[Any, tuple[int, str]]
NO_CLASS = 0
"""The key that no class has."""


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


# without a savepoint of its own: an act that cannot store what it asked fails as a whole
@transaction.atomic(savepoint=False)
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
    for organization_id, slug in _in_the_way(question, concerned):
        found[organization_id].append(slug)
    for branch, head in heads.items():
        found[branch] = [*found[branch], *found[head]]
    checks = insert_all(
        [
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
        ]
    )
    return {check.organization_id: check for check in checks}


def _in_the_way(question: Question, concerned: Sequence[int]) -> list[tuple[int, str]]:
    """Return whom a restriction keeps out, and its slug, in the order of their decision."""
    service_class = question.service_class.pk if question.service_class else NO_CLASS
    asked = _not_over if question.moment == StandingCheck.Moment.SIGN_UP else _in_force
    return asked(concerned, service_class, question.at)


@statement
def _not_over(concerned: Sequence[int], service_class: int, at: datetime) -> Slugs:
    return _slugs(Restriction.objects.not_over(at), concerned, service_class)


@statement
def _in_force(concerned: Sequence[int], service_class: int, at: datetime) -> Slugs:
    return _slugs(Restriction.objects.in_force(at), concerned, service_class)


def _slugs(rows: RestrictionQuerySet, concerned: Sequence[int], service_class: Any) -> Slugs:
    """Return those of `rows` that are in the way of one of `concerned`."""
    blocking = rows.blocking().touching(service_class).filter(organization__in=concerned)
    return blocking.order_by("pk").values_list("organization_id", "slug")
