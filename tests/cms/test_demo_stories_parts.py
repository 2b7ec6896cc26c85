"""One order of the demo has a part of each kind, so that a reader sees them all."""

from cms.demo.script import script


def test_an_order_of_several_funds_has_papers_a_witness_and_an_avoided_agency() -> None:
    [order] = [one for one in script().orders if one.shares]

    assert sum(int(percent) for percent in order.shares.values()) == 100
    assert all((order.requirement, order.approval, order.witness, order.avoiding))
    assert order.avoided in script().agencies


def test_one_order_is_divided_one_is_kept_and_bidders_write_each_kind_of_quote() -> None:
    orders = script().orders

    [divided] = [one for one in orders if one.lots]
    lots = [one.lot for one in orders if one.lot_of == divided.key]
    assert lots == list(range(2, divided.lots + 1))
    assert len([one for one in orders if one.template]) == 1
    assert {one.quote for one in orders} == {"amount", "rate", "unit"}
