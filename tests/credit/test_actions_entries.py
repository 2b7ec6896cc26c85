"""The record is written once per fact, and corrected by writing more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from credit.actions import NoPointsInRulebook, correct_entry, record_entry
from credit.models import Conduct, Entry
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import AuditEntry, Parameter
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.credit import EntryFactory, active_agency
from tests.factories.marketplace import UserFactory, division

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def rulebook(rules):
    return pin_rulebook(division=division("360000"), at=NOON)


@pytest.fixture
def fact(rulebook):
    return {
        "organization": active_agency(),
        "kind": Conduct.LATE_SERVICE,
        "occurred_at": NOON - HOUR,
        "recorded_at": NOON,
        "reference": "JX360702-2026-C00001",
        "rulebook": rulebook,
    }


def test_a_fact_is_recorded_with_the_points_of_its_rulebook(fact, rulebook):
    officer = UserFactory()

    entry = record_entry(**fact, by=officer, reference_url="/tenders/x/", note="逾期 12 个工作日")

    entry.refresh_from_db()
    assert entry.points == Decimal(-5)
    assert (entry.occurred_at, entry.recorded_at) == (NOON - HOUR, NOON)
    assert entry.rulebook_sha256 == rulebook.sha256
    assert (entry.reference_url, entry.note) == ("/tenders/x/", "逾期 12 个工作日")
    audit = AuditEntry.objects.get()
    assert (audit.verb, audit.by, audit.at) == ("entry.recorded", officer, NOON)
    assert audit.data == {
        "kind": "late_service",
        "points": "-5",
        "reference": "JX360702-2026-C00001",
    }


def test_the_same_fact_told_again_is_recorded_once(fact):
    first = record_entry(**fact)
    again = record_entry(**{**fact, "recorded_at": NOON + HOUR, "note": "又一次"})

    assert again == first
    assert Entry.objects.get().note == ""
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"kind": Conduct.ON_TIME}, {"reference": "JX360702-2026-C00002"}]
)
def test_another_kind_or_reference_is_another_fact(fact, change):
    record_entry(**fact)
    record_entry(**{**fact, **change})

    assert Entry.objects.count() == 2


def test_points_come_from_the_version_that_is_named_not_from_the_newest(fact, rulebook):
    Parameter.objects.filter(key="credit.points.late_service").update(value=-50)

    assert record_entry(**fact).points == Decimal(-5)


def test_a_kind_without_points_is_an_error_and_nothing_is_written(fact):
    with pytest.raises(NoPointsInRulebook), transaction.atomic():
        record_entry(**{**fact, "kind": "daydreaming"})

    assert not Entry.objects.exists()


def test_a_correction_stands_beside_what_it_corrects(fact):
    entry, officer = record_entry(**fact), UserFactory()

    correction = correct_entry(
        entry=entry, points=Decimal(0), note="业主同意延期", by=officer, at=NOON + HOUR
    )

    correction.refresh_from_db()
    assert correction.corrects == entry
    assert (correction.points, correction.note) == (Decimal(0), "业主同意延期")
    assert (correction.occurred_at, correction.recorded_at) == (NOON - HOUR, NOON + HOUR)
    assert (correction.kind, correction.reference) == (entry.kind, entry.reference)
    assert Entry.objects.get(pk=entry.pk).points == Decimal(-5)
    assert AuditEntry.objects.first().verb == "entry.corrected"


def test_an_entry_is_corrected_once_and_then_its_correction_is(rules):
    entry, officer = EntryFactory(), UserFactory()
    by = {"by": officer, "at": NOON + HOUR}
    correction = correct_entry(entry=entry, points=Decimal(-2), note="减轻", **by)

    with refused("entry_is_not_corrected_yet"):
        correct_entry(entry=entry, points=Decimal(0), note="再改", **by)
    correct_entry(entry=correction, points=Decimal(0), note="再改", **by)

    assert Entry.objects.count() == 3


def test_a_correction_needs_a_reason():
    entry, officer = EntryFactory(), UserFactory()

    with refused("correction_reasons_are_given"):
        correct_entry(entry=entry, points=Decimal(0), note=" ", by=officer, at=NOON)
