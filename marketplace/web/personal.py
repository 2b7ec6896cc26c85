"""Personal data in what people write: hidden where everybody may read it. Pure."""

from __future__ import annotations

import re

KEPT = 3
HIDDEN = "****"
# before a number no digit or letter, so that no part of a code is taken for one
PERSONAL = (
    re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])"),  # identity card
    re.compile(r"(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])"),  # mobile telephone
    re.compile(r"(?<![0-9A-Za-z])0\d{2,3}[- ]?\d{7,8}(?![0-9A-Za-z])"),  # telephone
    re.compile(r"(?<!\d)\d{16,19}(?!\d)"),  # bank account
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),  # mail
)


def without_personal(text: str) -> str:
    """
    Return `text` with numbers of identity cards, telephones and accounts and addresses hidden.

    Names are not known to it: who writes for the public is told to name units, not people.

    Source: 《个人信息保护法》第二十五条
    """
    for pattern in PERSONAL:
        text = pattern.sub(lambda found: found.group()[:KEPT] + HIDDEN, text)
    return text
