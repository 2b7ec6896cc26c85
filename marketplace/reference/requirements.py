"""Who may do the work of each catalogue item. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from marketplace.reference.catalogue import CERTIFICATE, ServiceClass, ServiceItem
from marketplace.reference.sources import BadReferenceData
from marketplace.requirements import (
    Certificate,
    Commitment,
    Filing,
    NotARequirement,
    Requirement,
    read,
    written,
)


def default_requirement(one: ServiceClass) -> Requirement:
    """Return what an item asks for that says nothing of its own: what its class asks for."""
    if one.requirement == CERTIFICATE:
        return Certificate(one.code, one.legal_basis)
    if one.requirement == Filing.kind:
        return Filing(one.code, one.legal_basis)
    return Commitment(one.code, one.legal_basis)


def parse_item_requirements(
    text: str,
    items: Iterable[ServiceItem],
    classes: Iterable[ServiceClass],
    file: str = "item_requirements.toml",
) -> dict[str, dict[str, Any]]:
    """
    Return who may do the work of each item with a class, as it is kept, by the item's code.

    Raises:
        BadReferenceData: no TOML, a table for no item, or what is no requirement.
    """
    own, by_code = _tables(text, file), {one.code: one for one in classes}
    found = {
        item.code: written(default_requirement(by_code[item.service_class]))
        for item in items
        if item.service_class
    }
    for code, table in own.items():
        if code not in found:
            raise BadReferenceData(file, 0, code, "unknown_item")
        try:
            found[code] = written(read(table))
        except NotARequirement as wrong:
            raise BadReferenceData(file, 0, code, "not_a_requirement", str(wrong)) from wrong
    return found


def _tables(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadReferenceData(file, 0, "", "not_toml") from wrong
