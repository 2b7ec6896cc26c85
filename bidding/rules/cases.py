"""What rules of an order are told apart by: method, fund, class, level, amount and round. Pure."""

from __future__ import annotations

from marketplace.kernel.declarations import Dimension, grouped
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Switch
from marketplace.rules import LEVEL

METHOD_NAMES: dict[str, object] = {}
"""The methods that can be chosen, with their names; `bidding.selection.methods` enters them."""
METHOD = Dimension("method", METHOD_NAMES)
FUND = Dimension(
    "fund",
    {"fiscal": _("财政资金"), "state_owned": _("国有资金"), "private": _("社会资金")},
)
FUNDS = tuple(FUND.labels)
SERVICE_CLASS = Dimension("class", pattern=r"C([0-9]{2})", words=_("服务类别 C{name}"))
AMOUNT = Dimension(
    "amount", pattern=r"from_([1-9][0-9]{2,11})", words=_("金额达到 {name} 元"), show=grouped
)
"""What an order may come to at most reaches an amount, in whole yuan."""
ROUND = Dimension("round", pattern=r"round_([2-9])", words=_("第 {name} 轮起"))
LAST_ROUND = 9
"""The last round that a value can be told apart by; later ones are as this one."""
FINER = (SERVICE_CLASS, LEVEL, ROUND)


def switch(*_names: str) -> Switch:
    """Return the kind of a cell that is on or off, whichever it is."""
    return Switch()
