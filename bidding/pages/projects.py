"""The orders of one project, and the templates of a unit, as its owner lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bidding.models import OrderTemplate, TenderQuerySet
from bidding.pages.order_rows import OrderRow, order_rows
from bidding.pages.own import tenders_of_buyer
from marketplace.models import Organization
from marketplace.parties import Party

MOST = 100


def project_rows(party: Party, project_code: str) -> list[OrderRow]:
    """Return the own orders of a project, the oldest first; no more than `MOST`."""
    return order_rows(_keys(tenders_of_buyer(party).filter(project_code=project_code)))


def _keys(orders: TenderQuerySet) -> list[int]:
    keys: Any = orders.order_by("pk").values_list("pk", flat=True)
    return list(keys[:MOST])


def templates_of(buyer: Organization) -> Sequence[OrderTemplate]:
    """Return what a unit keeps as templates, by name."""
    found = OrderTemplate.objects.filter(buyer=buyer)
    return list(found.select_related("tender__item"))
