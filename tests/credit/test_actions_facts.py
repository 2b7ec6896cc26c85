"""Reasons are judged before they cost points; corrections are looked at twice."""

from datetime import timedelta
from decimal import Decimal

import pytest

from credit.actions import judge_fact, propose_correction, report_fact, settle_correction
from credit.in_force import province
from credit.models import Conduct, Correction, Entry, ReportedFact
from credit.standing import standing_of
from marketplace.actions.rulebook import pin_rulebook
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.remedies import regulator, running
from tests.factories.credit import EntryFactory
from tests.factories.marketplace import MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


@pytest.fixture
def fact(agency, authority):
    return report_fact(
        organization=agency,
        kind=Conduct.ABANDONMENT,
        occurred_at=NOON,
        reference="JX360702-2026-00001",
        rulebook=pin_rulebook(division=province(), at=NOON),
        given_reasons="负责人突发疾病。",
    )


def test_a_reported_fact_costs_nothing_and_waits_for_a_judgment(fact, agency, authority):
    assert (fact.status, list(running(fact))) == ("reported", ["fact.judgment"])
    assert standing_of(agency, NOON).score == 100
    assert Message.objects.get(kind="credit/fact_reported").organization == authority
    again = {"organization": agency, "kind": fact.kind, "reference": fact.reference}
    same = report_fact(occurred_at=NOON, rulebook=fact.rulebook, given_reasons="x", **again)
    assert (same, ReportedFact.objects.count()) == (fact, 1)


def test_what_had_no_good_reason_counts_from_its_own_day(fact, agency, authority):
    officer = regulator(authority)
    with refused("reasons_are_given"):
        judge_fact(fact=fact, is_excused=False, reasons=" ", by=officer, at=NOON + DAY)

    judge_fact(fact=fact, is_excused=False, reasons="没有证明。", by=officer, at=NOON + DAY)

    entry = Entry.objects.get()
    assert (entry.points, entry.occurred_at, entry.recorded_at) == (-10, NOON, NOON + DAY)
    assert [standing_of(agency, at).score for at in (NOON, NOON + DAY)] == [100, 90]
    assert ReportedFact.objects.get().entry == entry
    with refused("fact_is_not_judged"):
        judge_fact(fact=fact, is_excused=True, reasons="x", by=officer, at=NOON + DAY)


def test_a_good_reason_costs_nothing(fact, agency, authority):
    officer, member = regulator(authority), UserFactory()
    MembershipFactory(organization=agency, user=member)
    with refused("officer_is_no_member_of_the_unit"):
        judge_fact(fact=fact, is_excused=True, reasons="x", by=member, at=NOON)

    judge_fact(fact=fact, is_excused=True, reasons="有住院证明。", by=officer, at=NOON + DAY)

    assert ReportedFact.objects.get().status == "excused"
    assert (Entry.objects.count(), running(fact)) == (0, {})
    told = Message.objects.filter(kind="credit/fact_judged", organization=agency)
    assert all("不扣分" in message.body for message in told)
    assert told.count() == 2


def test_a_correction_counts_after_a_second_look_and_leaves_the_past(agency, authority):
    first, second = regulator(authority), regulator(authority)
    entry = EntryFactory(organization=agency, points=Decimal(-5))
    said = {"note": "系统误记。", "by": first, "at": NOON}
    with refused("points_lie_between"):
        propose_correction(entry=entry, points=Decimal(-6), **said)
    with refused("points_differ"):
        propose_correction(entry=entry, points=Decimal(-5), **said)

    correction = propose_correction(entry=entry, points=Decimal(-2), **said)

    assert standing_of(agency, NOON).score == 95
    with refused("entry_has_no_correction_pending"):
        propose_correction(entry=entry, points=Decimal(0), **said)
    with refused("second_look_is_anothers"):
        settle_correction(correction=correction, is_confirmed=True, by=first, at=NOON + DAY)
    settle_correction(correction=correction, is_confirmed=True, by=second, at=NOON + DAY)

    assert [standing_of(agency, at).score for at in (NOON, NOON + DAY)] == [95, 98]
    assert Entry.objects.get(corrects=entry).note == "系统误记。"
    with refused("correction_is_open"):
        settle_correction(correction=correction, is_confirmed=False, by=second, at=NOON + DAY)


def test_a_correction_that_is_declined_changes_nothing(agency, authority):
    entry = EntryFactory(organization=agency)
    said = {"note": "x", "by": regulator(authority), "at": NOON}
    correction = propose_correction(entry=entry, points=Decimal(0), **said)

    settle_correction(correction=correction, is_confirmed=False, by=regulator(authority), at=NOON)

    assert (Correction.objects.get().status, Entry.objects.count()) == ("declined", 1)
