"""What a party finds of its own: a buyer's orders, an agency's matches, both sides' awards."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bidding.models import Award, AwardQuerySet, Contract, ContractUpload, Tender, TenderQuerySet
from bidding.models.tender_queries import GIVEN_UP
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.statements import statement
from marketplace.models import Membership, Organization, Qualification
from marketplace.parties import Party


def tenders_of_buyer(party: Party) -> TenderQuerySet:
    """Return the orders of a buyer, the newest first; its agents see their own only."""
    tenders = Tender.objects.filter(buyer=party.organization)
    if not party.has_role(Membership.Role.BUYER_MANAGER):
        tenders = tenders.filter(created_by=party.user)
    return tenders.for_lists().order_by("-pk")


def come_to_nothing(party: Party, since: datetime) -> TenderQuerySet:
    """Return the own orders that failed or lost their award from `since` on, not run again yet."""
    failed = Q(status=Tender.Status.UNSUCCESSFUL, ended_at__gte=since)
    cancelled = Award.objects.filter(
        tender=OuterRef("pk"), status=Award.Status.CANCELLED, cancelled_at__gte=since
    )
    again = Tender.objects.filter(previous=OuterRef("pk")).exclude(GIVEN_UP)
    lost = Q(Exists(cancelled), status=Tender.Status.COMPLETE)
    return tenders_of_buyer(party).filter(failed | lost).exclude(Exists(again))


def matching_tenders(agency: Organization, at: datetime) -> TenderQuerySet:
    """Return the open orders of the classes that `agency` is qualified for, by deadline."""
    classes = Qualification.objects.valid_on(day_of(at)).filter(agency__organization=agency)
    return (
        Tender.objects.public()
        .for_lists()
        .open_at(at)
        .answerable_by(agency)
        .filter(item__service_class__in=classes.values("service_class"))
        .by_closing()
    )


ANSWERED = ("buyer", "item__service_class", "division", "rulebook", "named_agency")
"""What an answer to an order reads with it."""


@statement
def public_order(code: str) -> QuerySet[Tender]:
    """Return the order that everybody may see under a code, for the page on which it is answered."""
    rows = Tender.objects.public().filter(code=code).order_by()
    return rows.joined_with(*ANSWERED, "division__parent", "award__contract")


@statement
def answered_order(code: str) -> QuerySet[Tender]:
    """Return the order that everybody may see under a code, for an answer to it."""
    return Tender.objects.public().filter(code=code).order_by().select_related(*ANSWERED)


def keys_of_matches(agency: Organization, at: datetime) -> list[int]:
    """Return the keys of `matching_tenders`; asked once in a reading request."""
    keys = matching_tenders(agency, at).values_list("pk", flat=True)
    return known.once_here("matches", agency.pk, read=partial(list, keys))


def awards_of_party(party: Party) -> AwardQuerySet:
    """Return the awards in which the reader's unit is a side, the newest first."""
    unit = party.organization
    awards = Award.objects.for_lists().filter(Q(bid__agency=unit) | Q(tender__buyer=unit))
    if party.has_role(Membership.Role.BUYER_AGENT) and not party.has_role(
        Membership.Role.BUYER_MANAGER
    ):
        awards = awards.filter(tender__created_by=party.user)
    return awards


def awards_to_act_on(party: Party, *, is_buyer: bool) -> AwardQuerySet:
    """Return those of the same for which its own side may have an act to do, with what tells it."""
    states = Contract.Status
    own = [states.DELIVERED, states.ACCEPTED] if is_buyer else [states.ACTIVE]
    signed = Q(status=Award.Status.COMPLETE, contract__status__in=own)
    awards = awards_of_party(party).filter(signed | Q(status=Award.Status.ACTIVE))
    rows = awards.select_related(None).select_related("tender", "bid", "contract")
    return with_open_texts(
        rows.prefetch_related(None).prefetch_related("deadlines", "contract__deadlines")
    )


def with_open_texts(awards: AwardQuerySet) -> AwardQuerySet:
    """Add to each contract, as `open_texts`, the text that waits for the other side's answer."""
    unanswered = ContractUpload.objects.unanswered()
    return awards.prefetch_related(
        Prefetch("contract__uploads", queryset=unanswered, to_attr="open_texts")
    )
