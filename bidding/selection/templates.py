"""The weights of a scored order as its owner writes them, and as they are fixed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bidding.selection.scoring import NotATemplate, Template

LINE = re.compile(r"(?P<name>\S.*?)[\s:：]+(?P<weight>[0-9]{1,3})\s*[%％]?")
"""A name and behind it a whole percent."""


def read_template(parameters: Mapping[str, Any]) -> Template | None:
    """Return the template in an order's own parameters; None where they are none."""
    lines = [line.strip() for line in str(parameters.get("criteria", "")).splitlines()]
    found = [LINE.fullmatch(line) for line in lines if line]
    price = str(parameters.get("price_weight", ""))
    if not price.isdecimal():
        return None
    criteria = tuple((one["name"], int(one["weight"])) for one in found if one)
    template = Template(price=int(price), criteria=criteria)
    try:
        template.check()
    except NotATemplate:
        return None
    return template if all(found) else None
