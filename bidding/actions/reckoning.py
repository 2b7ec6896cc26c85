"""Count the figures anew, so that pages have only to add them up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.models import Rank, Reckoning, Tally
from bidding.rules.figures import RANK_LEAST
from bidding.statistics.ranks import ranked
from bidding.statistics.tallies import counted
from credit.in_force import credit_rules
from marketplace.kernel.rules import typed

BATCH = 1_000


@transaction.atomic
def reckon(*, at: datetime) -> Reckoning:
    """
    Replace all figures by those of `at`, in one transaction: no page shows half of two counts.

    Nobody is locked: what is committed meanwhile is in the next count.
    """
    least = typed(credit_rules(at).values())[RANK_LEAST]
    rows, ranks = counted(), ranked(at, least)
    for old in (Tally.objects.all(), Rank.objects.all(), Reckoning.objects.all()):
        old.delete()
    Tally.objects.bulk_create(rows, batch_size=BATCH)
    Rank.objects.bulk_create(ranks, batch_size=BATCH)
    return Reckoning.objects.create(at=at)
