"""The draw is bound to the round's frozen pool and to the entropy of its opening."""

from __future__ import annotations

import pytest

from bidding.models import ExpertPool, PanelDraw
from bidding.selection.panel import drawn
from marketplace.kernel.models import AuditEntry
from tests.bidding.openings import evidence_of
from tests.factories.experts import scored_order, seated_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_hash_of_the_pool_is_on_the_trail_before_anything_is_opened() -> None:
    tender = scored_order()

    entry = AuditEntry.objects.get(verb="panel.pool_frozen")
    assert entry.data["pool"] == ExpertPool.objects.get(tender=tender).sha256
    assert (entry.before, entry.after) == ("", "closed")
    assert entry.pk > AuditEntry.objects.get(verb="tender.closed").pk
    assert not PanelDraw.objects.exists()


def test_the_draw_follows_from_pool_and_entropy_alone() -> None:
    tender = seated_order()
    pool, evidence = ExpertPool.objects.get(tender=tender), evidence_of(tender)

    assert PanelDraw.objects.get(tender=tender).content == drawn(
        order=tender.reference,
        number=1,
        seats=5,
        pool=pool.codes,
        left_out={},
        entropy=evidence["entropy"],
    )
