"""Which bidders belong together and may not compete with each other. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def sharing_a_representative(representatives: Mapping[Key, str]) -> frozenset[Key]:
    """
    Return the bidders whose legal representative is also another bidder's, by name.

    Blanks inside and around a name do not count; a bidder without a name is related to nobody.

    Source: 平台默认
    """
    names = {key: "".join(name.split()) for key, name in representatives.items()}
    times = Counter(names.values())
    return frozenset(key for key, name in names.items() if name and times[name] > 1)
