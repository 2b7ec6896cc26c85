"""A plan that was opened, for those who evaluate it; the public knows its hash alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from bidding import permissions
from bidding.models import OpenedPlan
from marketplace.parties import acting
from marketplace.web.files import content_response


def opened_plan(request: HttpRequest, slug: str, agency: str) -> HttpResponseBase:
    """Return the plan of one bidder to owner and officers of the order, and to the bidder."""
    plans = OpenedPlan.objects.select_related(
        "offer__offer__bid__agency", "offer__offer__bid__tender__division"
    )
    of_bid = {"offer__offer__bid__tender__slug": slug, "offer__offer__bid__agency__slug": agency}
    found = get_object_or_404(plans, **of_bid)
    if not permissions.can_read_plan(acting(request), found.offer.offer.bid):
        raise Http404
    return content_response(bytes(found.content), found.name, found.content_type)
