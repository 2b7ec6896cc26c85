"""What the page of a selection says of it, and that its verdict is the verdict of the check."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import strip_tags

from bidding.actions.tenders import evaluate_tender
from bidding.models import Bid, Selection, Tender
from bidding.pages.bids import quotes
from bidding.pages.names import AgencyName
from bidding.pages.selections import Verification, verification_of
from credit.models import Measure
from tests.clock import NOON
from tests.factories.bidding import OPENING, BidFactory, TenderFactory, load_reference
from tests.factories.credit import RestrictionFactory

pytestmark = pytest.mark.django_db


def selected(*amounts: str) -> Selection:
    """Return the selection of an order with these offers, as it was made."""
    load_reference()
    tender = TenderFactory(active=True, closed=True)
    for amount in amounts:
        BidFactory(tender=tender, amount=Decimal(amount))
    evaluate_tender(tender=tender, at=OPENING)
    return Selection.objects.get()


def checked(selection: Selection, **changes: object) -> Verification:
    return verification_of(selection, {**json.loads(selection.evidence), **changes}, NOON)


def facts_of(verification: Verification) -> dict[str, str]:
    return {str(fact.label): strip_tags(str(fact.value)) for fact in verification.facts}


def test_a_selection_as_it_was_made_keeps_its_promise_and_names_its_winner() -> None:
    selection = selected("60000.00", "50000.00", "70000.00")

    verification = checked(selection)

    assert verification.failed == frozenset()
    assert verification.keeps_promise
    assert verification.promised == selection.tender.seal.commitment
    assert verification.winner is not None
    assert (verification.winner.amount, bool(verification.winner.agency.url)) == ("50000.00", True)
    assert [place.amount for place in verification.places] == ["50000.00", "60000.00", "70000.00"]


def test_a_quote_far_below_the_others_is_marked_where_the_quotes_and_the_check_are_shown() -> None:
    at_the_edge, above = selected("70000.00", "100000.00"), "高一位的报价 30.0%"

    rows = quotes(Tender.objects.with_details().get(), NOON)
    said = [str(row.low) for row in rows]
    assert said == [f"异常低价：低于平均报价 17.6%，低于{above}", ""]
    name = rows[0].bid.agency.name
    told = facts_of(checked(at_the_edge))[name]
    assert told == f"{said[0]}；{rows[0].cost}"
    assert str(rows[0].cost).startswith("须在 ")
    page = Client().get(f"/tenders/{at_the_edge.tender.code}/").content.decode()
    assert page.count(said[0]) == 1

    listed = json.loads(at_the_edge.evidence)["entrants"]
    dearer = [{**row, "amount": row["amount"].replace("70000", "70001")} for row in listed]
    assert name not in facts_of(checked(at_the_edge, entrants=dearer))
    left_out = [
        row if row["name"] == name else {**row, "status": "excluded", "reference": "not_qualified"}
        for row in listed
    ]
    assert name not in facts_of(checked(at_the_edge, entrants=left_out))


def test_who_was_left_out_is_listed_with_the_reason_in_the_words_of_every_page() -> None:
    selection = selected("60000.00", "50000.00", "70000.00")
    grounds = ("ended", "赣〔2026〕1号"), ("excluded", "not_qualified"), ("excluded", "unpublished")
    listed = json.loads(selection.evidence)["entrants"]
    rows = [
        {**row, "status": status, "reference": ground}
        for row, (status, ground) in zip(listed, grounds, strict=True)
    ]

    found = checked(selection, entrants=rows)

    assert [str(entrant.ended_by) for entrant in found.entrants] == [
        "因信用限制终止 · 赣〔2026〕1号",
        "资质已不在有效期",
        "原因不公开",
    ]


def test_whoever_signed_up_wears_what_keeps_it_from_working_now() -> None:
    selection = selected("60000.00", "50000.00")
    winner, loser = (bid.agency for bid in Bid.objects.order_by("-pk"))
    RestrictionFactory(organization=winner, kind=Measure.REMOVAL)

    found = checked(selection)

    worn = {one.agency.name: one.agency.measures for one in (*found.entrants, *found.places)}
    assert worn == {winner.name: ("清退",), loser.name: ()}
    assert found.winner is not None
    assert found.winner.agency.measures == ("清退",)
    assert checked(selection, entrants=[]).places[0].agency == AgencyName("")


def test_another_seed_breaks_the_promise() -> None:
    verification = checked(selected("50000.00"), seed="0" * 64)

    assert not verification.keeps_promise
    assert "commitment" in verification.failed
    assert verification.promised != Selection.objects.get().tender.seal.commitment


def test_a_commitment_that_was_not_published_breaks_the_promise() -> None:
    verification = checked(selected("50000.00"), commitment="0" * 64)

    assert not verification.keeps_promise
    assert "published_commitment" in verification.failed


def test_evidence_of_another_form_has_no_commitment_and_keeps_no_promise() -> None:
    verification = checked(selected("50000.00"), format="other")

    assert (verification.promised, verification.keeps_promise) == ("", False)


def test_the_facts_say_whether_lots_were_drawn() -> None:
    facts = facts_of(checked(selected("50000.00", "50000.00", "70000.00")))

    assert facts["是否抽签"] == "2 家最低报价相同，由种子排定"
    assert facts["参加选取"] == "3 家"
