"""The orders of the public lists."""

from bidding.forms.sorts import (
    agency_orders,
    award_orders,
    item_orders,
    publicity_orders,
    tender_orders,
)
from tests.clock import NOON


def test_every_list_has_its_orders_the_first_one_unasked() -> None:
    found = [
        *(tender_orders(NOON), award_orders(), agency_orders()),
        *(item_orders(), publicity_orders()),
    ]

    assert [[order.name for order in orders] for orders in found] == [
        ["deadline", "newest", "ceiling"],
        ["newest", "amount"],
        ["awards", "rating", "newest"],
        ["class", "open"],
        ["ending", "latest"],
    ]


def test_every_order_ends_with_the_key_so_that_pages_never_share_a_row() -> None:
    for order in [
        *tender_orders(NOON),
        *award_orders(),
        *agency_orders(),
        *item_orders(),
        *publicity_orders(),
    ]:
        assert order.by[-1] in {"pk", "-pk"}
