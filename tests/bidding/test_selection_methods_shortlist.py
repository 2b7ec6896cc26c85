"""The credit shortlist: what the rules fix, and what the evidence says of each bidder."""

from decimal import Decimal

from bidding.models import Tender
from bidding.selection.methods import METHODS
from bidding.selection.terms.shortlist import ShortlistTerms
from tests.bidding.shipped import RULES
from tests.bidding.vectors import VECTORS_3

SHORTLIST = METHODS["shortlist"]
EVIDENCE = {vector["name"]: vector["evidence"] for vector in VECTORS_3["evidence"]}
DRAWN = EVIDENCE["shortlist: two of a long list drawn by weight"]
WHOLE = EVIDENCE["shortlist: the long list is the short one"]
NOBODY = EVIDENCE["shortlist: no record has any weight"]


def test_the_rulebook_fixes_the_lengths_of_both_lists():
    assert SHORTLIST.own_terms(Tender(ceiling=Decimal(9)), RULES) == ShortlistTerms(
        ceiling=Decimal(9), floor=None, long_most=20, short_most=5
    )


def test_the_owner_chooses_and_nobody_is_next_in_line():
    assert (SHORTLIST.leaves_choice, SHORTLIST.hands_over) == (True, False)
    assert [name for name, method in METHODS.items() if method.leaves_choice] == [
        "shortlist",
        "plan_price",
        "experts",
    ]


def test_it_says_what_lots_decided_and_how_many_are_on_each_list():
    assert [str(SHORTLIST.draw_word(one)) for one in (DRAWN, WHOLE, NOBODY)] == [
        "从入围的 4 家中按权重抽取 2 家",
        "入围的 3 家都是候选机构，没有抽签",
        "流标，没有抽签",
    ]
    facts = [(str(fact.label), str(fact.value)) for fact in SHORTLIST.reckoned(DRAWN)]
    assert facts == [("入围机构", "4 家"), ("候选机构", "2 家")]
    assert list(SHORTLIST.reckoned({"reckoning": None})) == []


def test_it_says_of_each_that_stands_on_which_list_it_is_and_by_what_weight():
    assert SHORTLIST.said_of(DRAWN) == {
        "91360102MA36E8JC50": "入围，没有抽中，优先次序值 3",
        "91360113MA39TL6X4K": "候选机构，优先次序值 2",
        "91360802MA38D5NU65": "入围，没有抽中，优先次序值 1",
        "91360902MA3P7K2Q3R": "候选机构，优先次序值 1",
        "91361002MA3ABW949U": "没有入围，优先次序值 0",
    }
    assert SHORTLIST.said_of({"reckoning": None}) == {}
