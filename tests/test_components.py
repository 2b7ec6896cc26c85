"""
A component has one template and one typed value: nothing else is drawn that a page does not hold.

All of it is walked: every tag that our libraries register, every subclass of `Component`, every
template in `components/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import getattr_static
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, get_type_hints

import pytest
from django.template import Library
from django.template.backends.django import get_installed_libraries
from django.template.base import Lexer, TokenType

from marketplace.web.components import Component

ROOT = Path(__file__).resolve().parents[1]
APPS = ("marketplace", "credit", "bidding", "cms", "search")
SILENT = re.compile(r"end|(load|comment|extends|block|csrf_token|seen)$")
"""Tags whose words are no names of values."""
WORDS = {"and", "or", "not", "in", "as", "asvar", "with", "trimmed", "count", "only", "from", "if"}
NAME = re.compile(r"[a-z_]\w*(?:\.\w+)*")


def libraries() -> Iterator[tuple[str, Library]]:
    """Yield our template libraries with their modules."""
    for module in get_installed_libraries().values():
        if module.partition(".")[0] in APPS:
            yield module, import_module(module).register


def components() -> list[type[Component]]:
    """Return every component that has a template, wherever it stands."""
    for app in APPS:
        for module in walk_packages(import_module(app).__path__, f"{app}."):
            if ".web." in module.name or ".templatetags." in module.name or ".pages" in module.name:
                import_module(module.name)
    found: list[type[Component]] = []
    waiting = Component.__subclasses__()
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if hasattr(one, "template_name"):
            found.append(one)
    return sorted(found, key=lambda one: one.__qualname__)


def source_of(one: type[Component]) -> str:
    (path,) = (
        ROOT / app / "templates" / one.template_name
        for app in APPS
        if (ROOT / app / "templates" / one.template_name).exists()
    )
    return path.read_text(encoding="utf-8")


def tags_of(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each tag that names values: its own name, none for {{ }}, and the rest."""
    for token in Lexer(source).tokenize():
        bits = [bit.strip(",") for bit in token.split_contents()]
        if token.token_type == TokenType.VAR:
            yield "", bits
        elif token.token_type == TokenType.BLOCK and not SILENT.match(bits[0]):
            yield bits[0], bits[1:]


def given_in(source: str) -> set[str]:
    """Return the names that a template makes itself."""
    given = {"forloop"}
    for tag, bits in tags_of(source):
        given.update(after for before, after in pairwise(bits) if before in {"as", "asvar"})
        if tag == "for":
            given.update(bits[: bits.index("in")])
        elif tag in {"with", "blocktranslate"}:
            given.update(bit.partition("=")[0] for bit in bits if "=" in bit)
    return given


def read_in(source: str) -> set[str]:
    """Return the names that a template reads, with what it asks of them."""
    values = (bit.rpartition("=")[2] for _tag, bits in tags_of(source) for bit in bits)
    heads = {value.partition("|")[0] for value in values}
    return {head for head in heads - WORDS if NAME.fullmatch(head)}


def is_inclusion(tag: Any) -> bool:
    """Tell whether Django made this tag of a function that returns a context."""
    return "InclusionNode" in getattr(getattr(tag, "__code__", None), "co_names", ())


def test_no_tag_has_a_context_without_a_type() -> None:
    # an inclusion tag draws a dictionary, in which a misspelt name is nothing
    found = [
        f"{module}: {name}"
        for module, library in libraries()
        for name, tag in library.tags.items()
        if is_inclusion(tag)
    ]

    assert found == []


def test_an_inclusion_tag_would_be_found() -> None:
    library = Library()

    @library.inclusion_tag("components/chip.html")
    def loose() -> dict[str, Any]:
        return {}

    assert is_inclusion(library.tags["loose"])


def test_each_template_of_components_belongs_to_one_component() -> None:
    named = [one.template_name for one in components()]
    there = [
        f"components/{path.name}"
        for app in APPS
        for path in (ROOT / app).glob("templates/components/*.html")
    ]

    assert sorted(set(named)) == sorted(named)
    assert {name for name in named if name.startswith("components/")} == {*there}


@pytest.mark.parametrize("one", components(), ids=lambda one: one.__name__)
def test_a_component_is_a_frozen_value_and_its_template_knows_nothing_else(
    one: type[Component],
) -> None:
    assert is_dataclass(one)
    assert one.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert [name for name, hint in get_type_hints(one).items() if "Any" in str(hint)] == []
    source = source_of(one)
    assert f"Context: it ({one.__name__})." in source
    read = read_in(source)
    assert {name.partition(".")[0] for name in read} - given_in(source) - {"it"} == set()
    held = {field.name for field in fields(one)}
    asked = {name.split(".")[1] for name in read if name.startswith("it.")}
    assert {name for name in asked - held if getattr_static(one, name, None) is None} == set()
