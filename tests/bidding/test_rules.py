"""What bidding declares, and that the shipped rulebook states it."""

import pytest

from bidding import rules as declared
from bidding.rules.orders import SIGNUP_MIN
from marketplace.kernel.declarations import Declaration, Group, RuleMissing, Table
from marketplace.kernel.rules import declaration_of, required
from tests.bidding.shipped import ROWS, RULES


def test_a_missing_value_is_named():
    with pytest.raises(RuleMissing, match=r"order\.signup_min$"):
        type(RULES)({})[SIGNUP_MIN]


def is_refined(key: str) -> bool:
    """Tell whether a key names a finer cell of a table that reads such cells."""
    tables = [one for one in declared.RULES if isinstance(one, Table) and one.finer]
    return any(table.find(key) is not None for table in tables)


def test_the_shipped_rulebook_has_every_key_that_is_declared_and_no_other():
    keys = {row.key for row in ROWS}

    assert set(required()) <= keys
    assert all(is_refined(key) for key in keys - set(required()))


def test_the_shipped_values_keep_to_their_bounds_and_go_together():
    for row in ROWS:
        kind = declaration_of(row.key).kind
        kind.check(kind.read(row.value, row.unit))
    assert all(one.holds(RULES) for one in declared.RULES if isinstance(one, Group))


def test_every_declaration_has_words_for_its_value():
    rules = [one for one in declared.RULES if isinstance(one, Declaration | Table)]

    assert all("{value}" in rule.sentence and rule.label for rule in rules)
