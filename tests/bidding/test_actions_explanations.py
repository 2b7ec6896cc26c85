"""A low quote is explained once and in time, judged with reasons, and what follows is a table."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.choices import choose_bid
from bidding.actions.explanations import (
    explain_cost,
    judge_cost,
    lapse_explanation,
    lapse_judgement,
)
from bidding.actions.tenders import register_selection
from bidding.models import Award, Explanation, Tender
from marketplace.kernel.models import AuditEntry, Deadline
from marketplace.models import Document
from tests.bidding.costing import GIVEN, HIGH, LOW, NEXT, TEXT, WHY, low_case
from tests.bidding.openings import told
from tests.bidding.refusals import refused
from tests.factories.bidding import OPENING, REGISTERED
from tests.factories.marketplace import UserFactory, load_rules
from tests.uploads import upload

pytestmark = pytest.mark.django_db
Status = Explanation.Status
INSTANT = timedelta(microseconds=1)


def running(explanation):
    rows = explanation.deadlines.filter(stopped_at__isnull=True)
    return list(rows.values_list("kind", flat=True))


def test_nothing_is_registered_while_the_cost_is_not_settled():
    case, officer = low_case(), UserFactory()

    with refused("costs_are_settled"):
        register_selection(tender=case.tender, by=officer, at=REGISTERED)
    case.given()
    with refused("costs_are_settled"):
        register_selection(tender=case.tender, by=officer, at=REGISTERED)

    assert not Award.objects.exists()


def test_what_was_explained_is_for_the_owner_with_its_papers_and_runs_on_to_the_judgement():
    case = low_case()
    due = case.explanation.due_at

    done = explain_cost(
        explanation=case.explanation, text=f" {TEXT} ", by=case.by, at=GIVEN, files=[upload()]
    )

    assert (done.status, done.text, done.given_by, done.given_at) == (
        Status.GIVEN,
        TEXT,
        case.by,
        GIVEN,
    )
    assert done.papers.get().organization == case.agency
    assert running(done) == ["explanation.judgement"]
    assert done.judge_due_at == due
    assert ("bidding/cost_explained", case.tender.buyer.name) in told()
    assert AuditEntry.objects.get(verb="explanation.given").organization == case.agency


def test_an_accepted_quote_wins_as_it_was_ranked():
    case = low_case()
    case.given()

    done = case.judged(is_accepted=True)
    award = register_selection(tender=case.tender, by=UserFactory(), at=REGISTERED)

    assert (done.status, done.reasons, done.is_set_aside) == (Status.ACCEPTED, WHY, False)
    assert running(done) == []
    assert (award.bid, award.place, award.amount) == (case.bid_at(LOW), 1, Decimal(LOW))
    assert ("bidding/cost_judged", case.agency.name) in told()


def test_a_refused_quote_is_passed_over_for_the_next_of_the_published_ranking():
    case = low_case()
    case.given()

    done = case.judged(is_accepted=False)
    award = register_selection(tender=case.tender, by=UserFactory(), at=REGISTERED)

    assert (done.status, done.is_set_aside) == (Status.REFUSED, True)
    assert case.tender.status == Tender.Status.EVALUATED
    assert (award.bid, award.place, award.amount) == (case.bid_at(NEXT), 2, Decimal(NEXT))


def test_with_no_other_quote_the_order_fails_and_says_why():
    case = low_case(LOW, HIGH, fund="private")
    Explanation.objects.create(
        tender=case.tender,
        bid=case.bid_at(HIGH),
        asked_at=OPENING,
        status=Status.SILENT,
        is_set_aside=True,
    )
    case.given()

    case.judged(is_accepted=False)

    assert case.tender.status == Tender.Status.UNSUCCESSFUL
    assert "异常低价" in case.tender.end_reasons
    assert not Award.objects.exists()


def test_whoever_is_silent_is_set_aside_at_the_deadline_and_not_before():
    case = low_case()
    due = case.explanation.due_at

    with refused("explanation_is_overdue"):
        lapse_explanation(explanation=case.explanation, at=due - INSTANT)
    done = lapse_explanation(explanation=case.explanation, at=due)

    assert (done.status, done.is_set_aside, done.judged_at) == (Status.SILENT, True, due)
    assert Tender.objects.get().award_place == 2
    with refused("explanation_is_asked", "explanation_is_in_time"):
        explain_cost(explanation=done, text=TEXT, by=case.by, at=due)
    assert not Document.objects.exists()


def test_what_the_owner_did_not_judge_in_time_holds():
    case = low_case()
    given = case.given()

    with refused("judgement_is_overdue"):
        lapse_judgement(explanation=given, at=given.judge_due_at - INSTANT)
    with refused("explanation_is_asked"):
        lapse_explanation(explanation=given, at=given.judge_due_at)
    done = lapse_judgement(explanation=given, at=given.judge_due_at)

    assert (done.status, done.judged_by, done.reasons) == (Status.ACCEPTED, None, "")
    assert Tender.objects.get().award_place == 1
    with refused("explanation_is_given", "judgement_is_in_time"):
        judge_cost(
            explanation=done, is_accepted=False, reasons=WHY, by=case.by, at=given.judge_due_at
        )


@pytest.mark.parametrize(
    ("way", "status", "counts"),
    [("go_on", Tender.Status.EVALUATED, True), ("fail", Tender.Status.UNSUCCESSFUL, False)],
)
def test_silence_is_what_the_table_says(way, status, counts):
    load_rules(order__outcome__cost_silent__fiscal=way)
    case = low_case(fund="fiscal")

    done = lapse_explanation(explanation=case.explanation, at=case.explanation.due_at)

    assert (done.status, done.is_set_aside) == (Status.SILENT, not counts)
    tender = Tender.objects.get()
    assert (tender.status, tender.award_place) == (status, 1)


def test_nothing_is_explained_or_judged_without_words_or_too_late():
    case = low_case()
    due = case.explanation.due_at

    with refused("cost_is_explained"):
        explain_cost(explanation=case.explanation, text=" ", by=case.by, at=GIVEN)
    with refused("explanation_is_in_time"):
        explain_cost(explanation=case.explanation, text=TEXT, by=case.by, at=due)
    with refused("explanation_is_given", "judgement_is_in_time"):
        judge_cost(
            explanation=case.explanation, is_accepted=True, reasons=WHY, by=case.by, at=GIVEN
        )
    case.given(due - INSTANT)
    with refused("judgement_has_reasons"):
        judge_cost(explanation=case.explanation, is_accepted=False, reasons=" ", by=case.by, at=due)
    assert Explanation.objects.get().status == Status.GIVEN


def test_an_owner_chooses_of_those_whose_quotes_count_and_not_before_all_is_settled():
    case = low_case(method="shortlist", fund="private")
    low, nxt = case.agency.uscc, case.bid_at(NEXT).agency.uscc
    given = {"tender": case.tender, "reasons": WHY, "by": case.by, "at": GIVEN}

    with refused("costs_are_settled"):
        choose_bid(candidate=nxt, **given)
    case.given()
    case.judged(is_accepted=False)
    with refused("candidate_is_listed"):
        choose_bid(candidate=low, **given)

    assert choose_bid(candidate=nxt, **given).bid == case.bid_at(NEXT)


def test_the_deadlines_of_what_is_asked_are_rows():
    case = low_case()

    row = Deadline.objects.get(kind="explanation.answer")

    assert (row.subject, row.ends_at) == (case.explanation, case.explanation.due_at)
