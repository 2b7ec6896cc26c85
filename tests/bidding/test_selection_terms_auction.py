"""The terms of the live auction: what is ranked, and what of a course its rules do not allow."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bidding.selection.evidence_format import read
from bidding.selection.terms.auction import AuctionTerms
from bidding.selection.terms.base import Course, Flaw
from tests.bidding.vectors import VECTORS_2, VECTORS_3
from tests.clock import NOON

EVIDENCE = {vector["name"]: vector["evidence"] for vector in VECTORS_2["evidence"]}
FLOOR = EVIDENCE["auction, down to the floor, two join, one that quoted is ended"]
_content, FACTS = read(FLOOR)
OWN = FACTS.terms.method


def test_terms_are_read_as_they_are_written():
    assert AuctionTerms.read(OWN.as_json()) == OWN
    assert OWN.hall.countdown == timedelta(minutes=5)
    assert OWN.bounds() == (Decimal(120000), Decimal(168000))


def test_a_step_in_percent_is_one_of_rates():
    [evidence] = [
        one["evidence"]
        for one in VECTORS_3["evidence"]
        if one["name"].startswith("auction by rate")
    ]
    own = read(evidence)[1].terms.method

    assert (own.step, own.by_rate, own.hall.by_rate) == (Decimal("5.60"), True, True)
    assert own.as_json()["step"] == "5.60%"
    assert OWN.by_rate is False


def test_of_those_who_stand_and_have_quoted_the_last_quote_is_ranked():
    codes = [entrant.uscc for entrant in FACTS.entrants]
    signed_up = dict.fromkeys(codes[:5], OWN.ceiling)

    offers = OWN.offers(signed_up, FACTS.course)

    assert offers == {
        codes[0]: Decimal(122000),
        codes[1]: Decimal(120000),
        codes[2]: Decimal(120000),
        codes[3]: Decimal(120000),
    }
    assert OWN.offers(signed_up, None) == {}
    assert [place["is_tied"] for place in FLOOR["ranking"]] == [True, True, True, False]


def test_a_course_by_the_rules_has_no_flaw():
    assert list(OWN.flaws(FACTS.course)) == []


def test_after_a_quote_that_does_not_count_nothing_is_asked():
    first, *rest = FACTS.course.quotes
    late = replace(first, quoted_at=FACTS.course.opened_at + timedelta(minutes=5))

    found = list(OWN.flaws(replace(FACTS.course, quotes=(late, *rest), ended_at=NOON)))

    assert found == [Flaw("quotes[0]", found="over")]


def test_a_number_out_of_turn_and_another_end_are_flaws():
    quotes = FACTS.course.quotes
    turned = (*quotes[:-1], replace(quotes[-1], number=9))
    later = FACTS.course.ended_at + timedelta(seconds=1)

    found = list(OWN.flaws(replace(FACTS.course, quotes=turned, ended_at=later)))

    assert [flaw.path for flaw in found] == ["quotes[7].number", "ended_at"]


def test_a_moment_beyond_the_calendar_is_a_flaw():
    last = FACTS.course.opened_at.replace(year=9999, month=12, day=31, hour=23, minute=59)

    found = list(OWN.flaws(Course(opened_at=last, ended_at=last, quotes=())))

    assert [flaw.path for flaw in found] == ["opened_at"]
