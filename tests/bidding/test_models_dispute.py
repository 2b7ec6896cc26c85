"""What the database holds of a dispute, whoever writes the row."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Dispute, Suspension
from tests.bidding.disputing import ANSWER, DECIDED, FILED, world
from tests.bidding.refusals import is_refused

pytestmark = pytest.mark.django_db
S = Dispute.Status


def test_the_database_holds_what_each_state_needs() -> None:
    it = world()
    row = it.complaint_answered()
    decided = {
        "status": S.DECIDED,
        "decided_by": it.other_clerk,
        "decided_at": DECIDED,
        "is_upheld": True,
        "decision": "理由",
    }

    for missing in ("decided_by", "decided_at", "is_upheld"):
        assert is_refused(row, **{**decided, missing: None})
    assert is_refused(row, **{**decided, "decision": ""})
    assert is_refused(row, **{**decided, "decided_by": it.clerk})
    assert is_refused(row, answer="")
    assert is_refused(row, filer=row.respondent)
    assert is_refused(row, tender=None)
    assert is_refused(row, facts="")
    assert is_refused(row, status=S.CLOSED)
    assert is_refused(row, status=S.REFUSED, closed_at=DECIDED)
    assert is_refused(row, checked_by=None)
    assert not is_refused(row, **decided)
    assert (row.title, str(row)) == ("关于选取结果的投诉", row.number)
    assert row.answer == ANSWER


def test_the_same_matter_and_a_second_suspension_are_refused() -> None:
    it = world()
    row = it.filed()
    again = Dispute.objects.get(pk=row.pk)
    again.pk, again.slug, again.number = None, "another", "JX-2"

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(tender=it.tender, dispute=row, since=FILED)
    assert is_refused(Suspension.objects.get(), until=FILED.replace(year=2025))


def test_each_side_finds_its_own_and_the_public_what_is_answered() -> None:
    it = world()
    row = it.filed()
    buyer = it.tender.buyer

    assert list(Dispute.objects.of(it.filer)) == [row]
    assert list(Dispute.objects.of(buyer)) == []
    assert list(Dispute.objects.told()) == []


def test_what_became_public_last_comes_first_on_every_database() -> None:
    it = world()
    complaint = it.complaint_answered()
    decided = {"status": S.DECIDED, "decided_by": it.other_clerk, "decided_at": DECIDED}
    Dispute.objects.filter(pk=complaint.pk).update(is_upheld=True, decision="理由", **decided)
    later = DECIDED + timedelta(days=1)
    Dispute.objects.filter(kind=Dispute.Kind.OBJECTION).update(answered_at=later)

    told = Dispute.objects.told().order_by("-told_at")

    assert list(told.values_list("number", "told_at")) == [
        (complaint.previous.number, later),
        (complaint.number, DECIDED),
    ]
