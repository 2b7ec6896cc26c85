"""How what was told of a kept question is sorted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.components import Order


def told_orders() -> list[Order]:
    """Return the orders of what was told; the first is the one that nobody asks for."""
    return [
        Order("newest", _("最近通知的在前"), ("-alert__told_at", "pk")),
        Order("oldest", _("最早通知的在前"), ("alert__told_at", "pk")),
    ]
