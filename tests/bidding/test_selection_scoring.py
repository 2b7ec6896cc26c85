"""Scores are exact, by the published weights, and anybody finds the same."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.scoring import (
    Bidder,
    NotASheet,
    NotATemplate,
    Sheet,
    Template,
    flaws,
    published,
    scores,
    written,
)
from docs import verify_scores
from tests.bidding.paneling import by_panel, panel_forgeries
from tests.bidding.vectors import VECTORS_3

TEMPLATE = Template(price=30, criteria=(("技术路线", 50), ("人员配备", 20)))
[EVIDENCE] = [
    one["evidence"] for one in VECTORS_3["evidence"] if one["name"].startswith("plan and price")
]
LISTED = [place["uscc"] for place in EVIDENCE["ranking"]]
POINTS = st.lists(st.integers(0, 100), min_size=2, max_size=2)


def bidders(*amounts):
    return [
        Bidder(uscc=chr(ord("A") + n), amount=Decimal(amount), record=0, ticket=f"{n}")
        for n, amount in enumerate(amounts)
    ]


def test_the_lowest_price_has_all_points_and_the_others_their_share_of_it():
    """80 of 100 is 80 points of the price; 0.3 × 80 + 0.5 × 90 + 0.2 × 50 = 79."""
    first, second = scores(TEMPLATE, bidders(100, 80), [{"A": [90, 50], "B": [60, 60]}])

    assert (first.uscc, first.total, first.price, first.plan) == (
        "A",
        Fraction(79),
        Fraction(80),
        Fraction(550, 7),
    )
    assert (second.uscc, second.total) == ("B", Fraction(72))
    assert first.as_json() == {
        "uscc": "A",
        "price": "80.0000",
        "record": "0.0000",
        "plan": "78.5714",
        "total": "79.0000",
    }


def test_of_several_sheets_the_mean_counts_and_records_have_their_weight():
    template = Template(price=0, record=40, criteria=(("方案", 60),))
    found = [
        Bidder(uscc="A", amount=Decimal(1), record=3, ticket="0"),
        Bidder(uscc="B", amount=Decimal(1), record=1, ticket="1"),
    ]

    totals = scores(template, found, [{"A": [80], "B": [100]}, {"A": [81], "B": [100]}])

    assert [(one.uscc, one.total) for one in totals] == [
        ("A", Fraction("88.3")),
        ("B", Fraction(220, 3)),
    ]


def test_equal_totals_go_by_the_lower_amount_and_then_by_lot():
    template = Template(price=0, criteria=(("方案", 100),))
    same = {one: [70] for one in "ABC"}

    assert [one.uscc for one in scores(template, bidders(9, 8, 8), [same])] == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0.0000"), ("100", "100.0000"), ("66.66665", "66.6667"), ("1/3", "0.3333")],
)
def test_points_are_written_with_half_of_the_last_place_rounded_up(value, text):
    assert written(Fraction(value)) == text
    assert verify_scores.points(Fraction(value)) == text


@pytest.mark.parametrize(
    "changes",
    [
        {"price": 31},
        {"price": -1, "record": 31},
        {"criteria": ()},
        {"criteria": (("甲", 35), ("甲", 35))},
        {"price": 100, "criteria": (("甲", 0),)},
    ],
)
def test_weights_that_do_not_sum_to_a_hundred_are_no_template(changes):
    TEMPLATE.check()
    with pytest.raises(NotATemplate):
        Template(**{"price": 30, "criteria": TEMPLATE.criteria, **changes}).check()


@pytest.mark.parametrize(
    "points", [{}, {"A": [1, 2]}, {"A": [1, 2], "B": [1]}, {"A": [1, 2], "B": [1, 101]}]
)
def test_a_sheet_gives_everybody_every_criterion(points):
    with pytest.raises(NotASheet):
        scores(TEMPLATE, bidders(1, 2), [points])
    with pytest.raises(NotASheet):
        scores(TEMPLATE, bidders(1, 2), [])


def document(**changes):
    points = {uscc: [60 + n, 70] for n, uscc in enumerate(LISTED)}
    return {**published(EVIDENCE, [Sheet(by="业主", points=points, comment="好。")]), **changes}


def test_the_published_document_is_found_again_by_both_programs():
    made = document()

    assert list(flaws(EVIDENCE, made)) == []
    assert list(verify_scores.scored(EVIDENCE, made)) == []
    assert (made["winner"], made["evidence"]) == (made["scores"][0]["uscc"], EVIDENCE["digest"])


@pytest.mark.parametrize(
    "changes",
    [
        {"winner": LISTED[1]},
        {"amount": "1.00"},
        {"evidence": "0" * 64},
        {"scores": document()["scores"][::-1]},
        {"sheets": [{**document()["sheets"][0], "points": {}}]},
    ],
)
def test_a_forged_document_is_found_by_both_programs(changes):
    made = document(**changes)

    assert list(flaws(EVIDENCE, made)) != []
    assert list(verify_scores.scored(EVIDENCE, made)) != []


@given(st.dictionaries(st.sampled_from("ABCD"), POINTS, min_size=2), st.data())
def test_more_points_never_cost_a_place_and_order_does_not_matter(points, data):
    found = [Bidder(uscc=one, amount=Decimal(9), record=0, ticket=one) for one in sorted(points)]
    one = data.draw(st.sampled_from(sorted(points)))
    better = {**points, one: [min(100, points[one][0] + 5), points[one][1]]}
    order = [each.uscc for each in scores(TEMPLATE, found, [points])]

    assert [each.uscc for each in scores(TEMPLATE, found[::-1], [points])] == order
    after = [each.uscc for each in scores(TEMPLATE, found, [better])]
    assert after.index(one) <= order.index(one)


@given(st.dictionaries(st.sampled_from("ABCD"), POINTS, min_size=2), st.data())
def test_who_leaves_changes_nothing_among_those_who_stay_at_one_price(points, data):
    leaver = data.draw(st.sampled_from(sorted(points)))
    found = [Bidder(uscc=one, amount=Decimal(9), record=0, ticket=one) for one in sorted(points)]
    order = [each.uscc for each in scores(TEMPLATE, found, [points]) if each.uscc != leaver]
    stayed = {one: given for one, given in points.items() if one != leaver}
    left = [one for one in found if one.uscc != leaver]

    assert [each.uscc for each in scores(TEMPLATE, left, [stayed])] == order


RECORDS = st.integers(0, 100)
SHEETS = st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=1, max_size=5)


@given(SHEETS, st.tuples(RECORDS, RECORDS, RECORDS), st.booleans(), st.data())
def test_neither_bidders_nor_sheets_have_an_order_and_a_higher_score_never_costs_a_place(
    given_points, records, drops_outer, data
):
    template = Template(
        price=20,
        record=10,
        criteria=(("技术路线", 50), ("人员配备", 20)),
        drops_outer=drops_outer,
    )
    found = [
        Bidder(uscc=code, amount=Decimal(amount), record=record, ticket=code)
        for code, amount, record in zip("ABC", (9, 8, 8), records, strict=True)
    ]
    sheets = [dict(zip("ABC", one, strict=True)) for one in given_points]
    order = [one.uscc for one in scores(template, found, sheets)]
    one, place = data.draw(st.sampled_from("ABC")), data.draw(st.integers(0, len(sheets) - 1))
    raised = [100, sheets[place][one][1]]
    better = [*sheets[:place], {**sheets[place], one: raised}, *sheets[place + 1 :]]

    assert scores(template, found[::-1], sheets[::-1]) == scores(template, found, sheets)
    after = [each.uscc for each in scores(template, found, better)]
    assert after.index(one) <= order.index(one)


@pytest.mark.parametrize("drops_outer", [False, True])
def test_what_a_panel_gave_is_found_again_by_both_programs_and_forgeries_are_found(drops_outer):
    evidence, made = by_panel(drops_outer=drops_outer)

    assert list(flaws(evidence, made)) == []
    assert list(verify_scores.scored(evidence, made)) == []
    unseen = [
        name
        for name, wrong in panel_forgeries(made).items()
        if not list(flaws(evidence, wrong)) or not list(verify_scores.scored(evidence, wrong))
    ]
    assert unseen == []
