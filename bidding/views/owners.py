"""The public page of an owner."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView

from bidding.pages.owners import owner_page, public_owners
from bidding.views.lists import AtMixin
from marketplace.models import Organization
from marketplace.parties import acting


class OwnerView(AtMixin, DetailView[Organization]):
    """One owner: its orders, how agencies rated it, and its record."""

    template_name = "bidding/owner.html"
    context_object_name = "owner"

    def get_queryset(self) -> QuerySet[Organization]:
        return public_owners()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = owner_page(self.object, acting(self.request), self.at)
        return super().get_context_data(**page, **kwargs)
