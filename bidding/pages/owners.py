"""An owner as everybody may read of it: its orders, how it was rated, and its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count

from bidding.models import Contract, Evaluation, Tender
from bidding.pages.order_lines import closing_steps, first_to_close, order_lines
from bidding.statistics import CRITERIA, mean_stars
from credit.models import Entry, ReportedFact
from credit.permissions import can_see_record_of
from credit.records import public_record_of
from credit.standing import is_owner_record_public
from marketplace.models import Organization, OrganizationQuerySet
from marketplace.parties import Party

RECENT = 20


def public_owners() -> OrganizationQuerySet:
    """Return the owners with a page: units, not persons, that have published an order."""
    owners = Organization.objects.filter(identity_key__isnull=True)
    published = Tender.objects.public().values("buyer")
    return owners.filter(pk__in=published).select_related("division__parent", "registered_in")


@dataclass(frozen=True)
class Rated:
    """How agencies rated an owner: how many, the mean stars over all, and those of each."""

    count: int
    overall: float | None
    means: Sequence[tuple[str, float | None]]


@dataclass(frozen=True)
class Told:
    """An entry of a record with what the unit said to it, if it was told by another."""

    entry: Entry
    explanation: str


def owner_page(owner: Organization, party: Party | None, at: datetime) -> dict[str, Any]:
    """Return what the page of an owner shows; the record to all, or to who may see it anyway."""
    tenders = Tender.objects.public().filter(buyer=owner)
    latest = tenders.order_by("-published_at", "-pk")
    own = party is not None and party.organization.pk == owner.pk
    shows = own or can_see_record_of(party, owner) or is_owner_record_public(at)
    return {
        "tenders": order_lines(latest.values_list("pk", flat=True)[:RECENT]),
        "coming": closing_steps(first_to_close(Tender.objects.open_at(at).filter(buyer=owner))),
        "tender_count": tenders.count(),
        "cancelled_count": tenders.filter(status=Tender.Status.CANCELLED).count(),
        "unrated_count": Contract.objects.not_rated().filter(award__tender__buyer=owner).count(),
        "rated": _rated(owner),
        "shows_record": shows,
        "entries": _record(owner, at) if shows else [],
    }


def _rated(owner: Organization) -> Rated:
    ratings = Evaluation.objects.current().filter(
        side=Evaluation.Side.AGENCY, contract__award__tender__buyer=owner
    )
    found = ratings.aggregate(
        count=Count("pk"), overall=mean_stars(), **{one: Avg(one) for one in CRITERIA}
    )
    names = {field.name: str(field.verbose_name) for field in Evaluation._meta.fields}
    return Rated(found["count"], found["overall"], [(names[one], found[one]) for one in CRITERIA])


def _record(owner: Organization, at: datetime) -> list[Told]:
    entries = list(public_record_of(owner, at)[:RECENT])
    said = _explanations(entries)
    return [Told(entry, said.get(entry.pk, "")) for entry in entries]


def _explanations(entries: Sequence[Entry]) -> Mapping[int | None, str]:
    facts = ReportedFact.objects.filter(entry__in=entries).exclude(explanation="")
    return dict(facts.values_list("entry", "explanation"))
