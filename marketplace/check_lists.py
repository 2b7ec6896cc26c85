"""What is compared of each kind of agency, and for which reasons something goes back. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "check_lists.toml"
SOLE = "other"
"""The reason that says nothing by itself."""


@dataclass(frozen=True)
class CheckList:
    """
    The facts that the licence of one kind shows, and what it calls them, if otherwise.

    `papers` are what is needed beside the licence, by the kind of paper.
    """

    facts: tuple[str, ...]
    words: Mapping[str, str]
    papers: Mapping[str, str]


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def check_list_of(nature: str) -> CheckList:
    """Return what is compared of an agency of this kind; of an unknown one what is common."""
    content = _content()
    own: dict[str, Any] = content["kind"].get(nature, {})
    facts = (*content["common"], *own.get("also", ()))
    return CheckList(facts, own.get("words", {}), own.get("papers", {}))


def reasons() -> dict[str, str]:
    """Return the reasons by their codes, in the order in which they are offered."""
    return {row["code"]: row["text"] for row in _content()["reason"]}


def said(remark: Mapping[str, str]) -> str:
    """Return a remark in words: the reason and what the officer added, or that alone."""
    reason, note = remark["reason"], remark.get("note", "")
    words = [] if reason == SOLE and note else [reasons().get(reason, "")]
    return "；".join(one for one in (*words, note) if one)
