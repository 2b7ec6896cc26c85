"""The script of the demo names only what it has."""

from __future__ import annotations

from cms.demo.script import script


def test_the_script_names_only_what_it_has() -> None:
    plan = script()
    rounds = [round_ for order in plan.orders for round_ in order.rounds]
    agencies = {name for round_ in rounds for name in (*round_.bidders, *round_.without)}
    agencies |= {round_.winner for round_ in rounds} | {order.named for order in plan.orders}
    orders = {round_.key for round_ in rounds}
    hints = [hint for group in plan.readers for one in group.accounts for hint in one.hints]

    assert agencies - {""} <= set(plan.agencies)
    assert {order.buyer for order in plan.orders} <= set(plan.buyers)
    assert {case.agency for case in plan.cases} <= set(plan.agencies)
    assert {case.order for case in plan.cases} - {""} <= orders
    assert {hint.order for hint in hints} - {""} <= orders
    assert len(orders) == len(rounds)
    assert len({order.title for order in plan.orders}) == len(plan.orders)
