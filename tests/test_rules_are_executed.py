"""Every declared rule has a consumer: a function that is called and reads it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from django.utils.module_loading import import_string

from bidding.rules.orders import SIGNUP_MAX
from marketplace.kernel.declarations import Declaration, Table
from marketplace.kernel.rules import declared

ROOT = Path(__file__).resolve().parent.parent
APPS = ("marketplace", "credit", "bidding", "cms", "search")
RULES = [rule for rule in declared() if isinstance(rule, Declaration | Table)]


def consumer_of(path: str) -> Any:
    """Return the function under a dotted path, which may go through a class."""
    try:
        found = import_string(path)
    except ImportError:
        owner, _dot, name = path.rpartition(".")
        found = getattr(import_string(owner), name)
    return inspect.unwrap(found)


def names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def holds(value: object, rule: object) -> bool:
    if isinstance(value, Mapping):
        return any(holds(part, rule) for part in value.values())
    if isinstance(value, tuple):
        return any(holds(part, rule) for part in value)
    return value is rule


def reads(function: Any, rule: object) -> bool:
    """Tell whether a function loads the very declaration, or a collection that it is in."""
    scope = function.__globals__
    return any(holds(scope.get(name), rule) for name in names_in(function.__code__))


@cache
def sources() -> str:
    files = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def is_called(name: str) -> bool:
    """Tell whether code of the apps, no test, uses `name` beyond its own definition."""
    uses = re.findall(rf"(?<!def )\b{re.escape(name)}\b(?!\")", sources())
    return bool(uses) or name == "__init__"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_k1_09_each_rule_is_read_by_its_consumer_and_that_is_called(rule: Any) -> None:
    """K1-09: a published key has a consumer."""
    consumer = consumer_of(rule.consumer)

    assert reads(consumer, rule)
    assert is_called(consumer.__name__)


def test_a_function_that_does_not_read_a_rule_is_no_consumer() -> None:
    stranger = consumer_of("bidding.periods.sign_due")

    assert not reads(stranger, SIGNUP_MAX)
    assert not is_called("complaint_answer_due")


def test_k1_09_what_was_published_and_executed_by_nothing_is_gone() -> None:
    """K1-09: the keys named there."""
    keys = {rule.key for rule in RULES}

    assert keys.isdisjoint(
        {
            *("rating.weights", "payment.public_body", "payment.by_contract_max"),
            *("archive.years", "onboarding.activation"),
        }
    )
