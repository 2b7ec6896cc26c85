"""Which orders a new rule value would reach."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.models import Division
from marketplace.questions import Touched


def touched_orders(*, division: Division) -> Iterator[Touched]:
    """Yield the drafts that would follow it, and the public orders that keep their own version."""
    orders = Tender.objects.within(division)
    over = Tender.Status.CANCELLED, Tender.Status.UNSUCCESSFUL, Tender.Status.COMPLETE
    drafts = orders.filter(rulebook__isnull=True).exclude(status__in=over).count()
    running = orders.filter(rulebook__isnull=False).exclude(status__in=over).count()
    yield Touched(_("还没有发布的采购，生效后按新值办理"), drafts, is_touched=True)
    yield Touched(_("已经发布、还没有办结的采购，仍按各自的版本办理"), running, is_touched=False)
