"""What is in force is read each time; what the same rows say is worked out once."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.guards.documents import UPLOAD_SIZE
from marketplace.kernel import rules as kernel
from marketplace.kernel.declarations import RuleMissing
from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import rules_in_force, typed
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

TODAY = date(2026, 11, 24)


def test_the_same_rows_are_read_as_rules_once(django_assert_num_queries) -> None:
    place = division()
    first = rules_in_force(place, TODAY)

    with django_assert_num_queries(1):
        again = rules_in_force(place, TODAY)

    assert again == first
    assert all(again[key] is rule for key, rule in first.items())


def test_a_value_that_changes_holds_at_the_next_reading() -> None:
    place = division()
    found = rules_in_force(place, TODAY)
    key = next(key for key, rule in found.items() if rule.unit == "working_day")
    before = found[key]

    Parameter.objects.filter(key=key).update(value=int(before.value) + 1)

    after = rules_in_force(place, TODAY)[key]
    assert after.value == before.value + 1
    assert after.read != before.read


def test_who_changes_what_was_found_changes_it_for_nobody_else() -> None:
    place = division()
    rules_in_force(place, TODAY).clear()

    assert rules_in_force(place, TODAY) != {}


def test_what_is_declared_no_more_is_no_rule_from_then_on(monkeypatch) -> None:
    place = division()
    [first, *others] = rules_in_force(place, TODAY)
    left = tuple(
        rule for rule in kernel.declared() if not hasattr(rule, "find") or rule.find(first) is None
    )

    monkeypatch.setattr(kernel, "declared", lambda: left)

    assert [*rules_in_force(place, TODAY)] == others


def test_a_stored_value_that_is_none_of_its_kind_fails_only_who_asks_for_it(caplog) -> None:
    """One that was stored around the loader, which refuses it; no other page falls with it."""
    Parameter.objects.filter(key=UPLOAD_SIZE.key).update(value="ten")

    rules = typed(rules_in_force(division(), TODAY).values())

    assert UPLOAD_SIZE.key not in rules.values
    assert len(rules.values) > 60
    assert "rule_unfit" in caplog.text
    with pytest.raises(RuleMissing):
        rules[UPLOAD_SIZE]
