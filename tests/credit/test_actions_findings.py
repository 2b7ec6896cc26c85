"""What follows from an entry follows in its transaction, once, and restricts nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest

from credit.actions import correct_entry, record_entry, set_aside
from credit.actions.schemes import load_scheme
from credit.models import Case, Conduct, Entry, Finding, Restriction
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.vectors import SHIPPED, next_version
from tests.factories.credit import EntryFactory, notice
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    UserFactory,
    division,
    load_laws,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def tell(rules, agency):
    """Record facts about the agency through the real action, an hour after one another."""
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    told = []

    def record(kind, organization=agency, **changes):
        told.append(kind)
        moment = NOON + len(told) * HOUR
        fact = {
            "occurred_at": moment,
            "recorded_at": moment,
            "reference": f"JX360702-2026-C{len(told):05d}",
            "rulebook": rulebook,
        }
        return record_entry(organization=organization, kind=kind, **{**fact, **changes})

    return record


def warned():
    return Message.objects.filter(kind="credit/score_warned").count()


def test_k5_02_crossing_a_threshold_warns_then_opens_a_finding_once(tell, agency):
    tell(Conduct.FEE_RAISED)
    assert (warned(), Finding.objects.count()) == (0, 0)
    tell(Conduct.FEE_RAISED)
    assert (warned(), Finding.objects.count()) == (1, 0)
    tell(Conduct.FEE_RAISED)
    crossing = tell(Conduct.FEE_RAISED)
    tell(Conduct.FEE_RAISED)

    finding = Finding.objects.get()
    assert warned() == 1
    assert (finding.organization, finding.entry, finding.trigger) == (
        agency,
        crossing,
        "restriction",
    )
    assert (finding.score, finding.severity, finding.measure, finding.months) == (
        *(60, "general", "freeze"),
        3,
    )
    assert finding.found_at == crossing.recorded_at
    assert {line["points"] for line in finding.arithmetic["lines"]} == {"-10"}
    assert [line["why"] for line in finding.arithmetic["lines"]] == ["counts"] * 4
    assert finding.arithmetic["base"] == "100"
    assert AuditEntry.objects.filter(verb="finding.opened").count() == 1
    assert not Case.objects.exists()
    assert not Restriction.objects.exists()


def test_a_fact_told_again_opens_nothing_again(tell):
    first = tell(Conduct.COLLUSION)
    again = tell(Conduct.COLLUSION, reference=first.reference)

    assert again == first
    assert Finding.objects.count() == warned() == 1


def test_a_score_that_rises_and_falls_again_is_found_again(tell):
    first = tell(Conduct.COLLUSION)
    correct_entry(
        entry=first, points=Decimal(0), note="不成立", by=UserFactory(), at=NOON + 3 * HOUR
    )
    tell(Conduct.BRIBERY, recorded_at=NOON + 4 * HOUR)

    assert [finding.entry.kind for finding in Finding.objects.order_by("pk")] == [
        "collusion",
        "bribery",
    ]


def test_a_correction_to_worse_crosses_too(tell):
    light = tell(Conduct.LATE_SERVICE)
    worse = correct_entry(
        entry=light, points=Decimal(-45), note="更重", by=UserFactory(), at=NOON + 3 * HOUR
    )

    assert Finding.objects.get().entry == worse


def test_the_third_abandonment_in_a_year_is_recorded_by_itself(tell, agency):
    for _again in range(3):
        last = tell(Conduct.ABANDONMENT)

    third = Entry.objects.get(kind=Conduct.THREE_ABANDONMENTS)
    assert (third.organization, third.reference, third.points) == (agency, last.reference, -30)
    assert Finding.objects.get().entry == third
    tell(Conduct.ABANDONMENT)
    assert Entry.objects.filter(kind=Conduct.THREE_ABANDONMENTS).count() == 1


def test_a_repetition_that_needs_a_decision_is_found_and_not_counted(tell):
    kinds = {"code": "two_fees", "name": "两次擅自提高收费", "severity": "serious", "points": "-30"}
    repeat = {"of": ["fee_raised"], "times": 2, "months": 12}
    more = {**kinds, "basis": "平台默认", "needs_decision": True, "repeat": repeat}
    text = next_version().replace('"kinds": [', f'"kinds": [{_json(more)}, ')
    load_scheme(text=text, file="b.json", at=NOON)
    tomorrow = NOON + timedelta(days=1)
    for hours in (1, 2, 3):
        moment = {"occurred_at": tomorrow + hours * HOUR, "recorded_at": tomorrow + hours * HOUR}
        tell(Conduct.FEE_RAISED, **moment)

    finding = Finding.objects.get()
    assert (finding.by, finding.conduct, finding.conduct_name) == (
        *("repeat", "two_fees"),
        "两次擅自提高收费",
    )
    assert Entry.objects.count() == 3


def _json(value):
    import json  # noqa: PLC0415 - used here alone

    return json.dumps(value, ensure_ascii=False)


def test_an_owner_s_record_opens_nothing(tell):
    owner = BuyerFactory().organization
    EntryFactory(organization=owner, kind=Conduct.BUYER_NOT_RATED, points=-60)

    tell(Conduct.BUYER_NOT_RATED, organization=owner)

    assert not Finding.objects.exists()


def case_on(finding, authority, by):
    return notice(
        organization=finding.organization,
        authority=authority,
        kind=finding.conduct,
        severity=finding.severity,
        months=finding.months,
        restriction_kind=finding.measure,
        facts="信用分达到立案界限。",
        legal_basis="《江西省网上中介服务超市管理办法》",
        by=by,
        at=NOON + 9 * HOUR,
        files=[],
        finding=finding,
    )


def test_a_case_answers_a_finding_and_only_one_does(tell, authority):
    tell(Conduct.COLLUSION)
    finding, by = Finding.objects.get(), UserFactory()

    case = case_on(finding, authority, by)

    finding.refresh_from_db()
    assert finding.case == case
    assert (case.source, case.status) == ("threshold", "notified")
    with refused("finding_is_open"):
        case_on(finding, authority, by)
    with refused("finding_is_open"):
        set_aside(finding=finding, reasons="查过", by=by, at=NOON + 9 * HOUR)
    assert Case.objects.count() == 1


def test_a_finding_without_a_case_gets_one_from_the_authority_that_is_set_up_later(tell):
    tell(Conduct.COLLUSION)
    finding = Finding.objects.get()
    assert finding.case is None

    case = case_on(finding, AuthorityFactory(division=division("360000")), UserFactory())

    finding.refresh_from_db()
    assert (finding.case, finding.is_open) == (case, False)
    assert case.source == "threshold"


def test_a_finding_is_set_aside_with_reasons(tell):
    tell(Conduct.COLLUSION)
    finding, by = Finding.objects.get(), UserFactory()

    with refused("setting_aside_reasons_are_given"):
        set_aside(finding=finding, reasons=" ", by=by, at=NOON + 9 * HOUR)
    assert Finding.objects.open().exists()
    set_aside(finding=finding, reasons="记录有误，已经更正。", by=by, at=NOON + 9 * HOUR)

    finding.refresh_from_db()
    assert (finding.closed_at, finding.closed_by) == (NOON + 9 * HOUR, by)
    assert not Finding.objects.open().exists()
    assert AuditEntry.objects.filter(verb="finding.set_aside").count() == 1
