"""A plan that was opened, for those who evaluate it; the public knows its hash alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from bidding import permissions
from bidding.models import Bid, OpenedPlan
from bidding.pages.choices import awaits_panel
from bidding.pages.panels import own_seat
from marketplace.parties import Party, acting
from marketplace.web.files import content_response


def opened_plan(request: HttpRequest, slug: str, agency: str) -> HttpResponseBase:
    """
    Return the plan of one bidder to owner and officers of the order, and to the bidder.

    Where experts score, they alone read it until the scores are published.
    """
    plans = OpenedPlan.objects.select_related(
        "offer__offer__bid__agency", "offer__offer__bid__tender__division"
    )
    of_bid = {"offer__offer__bid__tender__slug": slug, "offer__offer__bid__agency__slug": agency}
    found = get_object_or_404(plans, **of_bid)
    if not _may_read(acting(request), found.offer.offer.bid):
        raise Http404
    return content_response(bytes(found.content), found.name, found.content_type)


def _may_read(party: Party | None, bid: Bid) -> bool:
    seat = own_seat(party, bid.tender)
    if seat is not None and permissions.can_read_plans_for_seat(party, seat):
        return True
    if awaits_panel(bid.tender):
        return permissions.can_read_own_plan(party, bid)
    return permissions.can_read_plan(party, bid)
