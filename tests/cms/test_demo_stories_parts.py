"""One order of the demo has a part of each kind, so that a reader sees them all."""

from cms.demo.script import script


def test_an_order_of_several_funds_has_papers_a_witness_and_an_avoided_agency() -> None:
    [order] = [one for one in script().orders if one.shares]

    assert sum(int(percent) for percent in order.shares.values()) == 100
    assert all((order.requirement, order.approval, order.witness, order.avoiding))
    assert order.avoided in script().agencies
