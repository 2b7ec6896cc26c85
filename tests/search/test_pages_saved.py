"""What was told is shown newest first unless asked otherwise."""

from search.pages.saved import told_orders


def test_what_was_told_last_stands_first() -> None:
    assert [order.by[0] for order in told_orders()] == ["-alert__told_at", "alert__told_at"]
