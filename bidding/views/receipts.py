"""The receipts of an agency's own bid, as a page and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from bidding.models import Bid
from bidding.pages.bids import own_bid
from bidding.pages.own import public_order
from bidding.pages.receipts import public_key, receipts_of
from bidding.views.agency import AgencyPage
from marketplace.kernel.canonical import canonical_json


class Receipts(AgencyPage):
    """What the platform signs of each version of the own bid."""

    bid: Bid

    def load(self, **kwargs: Any) -> None:
        tender = public_order.one(kwargs["code"])
        found = own_bid(tender, self.party.organization) if tender is not None else None
        if tender is None or found is None:
            raise Http404
        found.tender, self.bid = tender, found

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        return self.page(
            "bidding/receipts.html",
            tender=self.bid.tender,
            rows=receipts_of(self.bid),
            public_key=public_key(),
        )


class ReceiptFile(Receipts):
    """One receipt as the bytes that `docs/verify_receipt.py` reads."""

    def get(self, _request: HttpRequest, **kwargs: object) -> HttpResponse:
        found = {row.version: row.content for row in receipts_of(self.bid)}
        version = kwargs["version"]
        if not isinstance(version, int) or version not in found:
            raise Http404
        name = f"{self.bid.tender.code}-receipt-{version}.json"
        response = HttpResponse(canonical_json(found[version]), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
