"""What bidding rests on: its guards and the items of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.citations import Citation, cited_by_guards
from marketplace.models import ServiceItem

GUARD, ITEM = _("办理条件"), _("服务事项")


def cited(*, on: date) -> Iterator[Citation]:
    """Yield what guards of orders rest on, and each published item."""
    yield from cited_by_guards("bidding.guards", kind=GUARD, on=on)
    for item in ServiceItem.objects.offered_on(on).only("code", "name", "status", "legal_basis"):
        url = reverse("bidding:item", args=[item.code])
        yield Citation(ITEM, item.name, item.legal_basis, on, url)
