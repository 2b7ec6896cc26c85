"""Rank agencies and owners by what is public of them, for `actions.reckoning`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from bidding.models import Contract, Rank
from bidding.models.contract import ContractStatus
from bidding.models.tally import RankList
from bidding.statistics.tallies import deliveries
from credit.standing import Standing, public_standings
from marketplace.models import Organization

YEAR = timedelta(days=365)
Z = 1.96
"""Of the 95 % interval."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Standings:
    """How each agency stands as far as everybody may know, by key."""

    by_agency: Mapping[int, Standing]

    @property
    def ranked(self) -> Iterator[tuple[int, Standing]]:
        """Those that are ranked: no restriction keeps them from signing up."""
        return ((key, one) for key, one in self.by_agency.items() if not one.is_blocked)


def ranked(at: datetime, least: int) -> list[Rank]:
    """Return all rankings of the year before `at`; with fewer than `least` cases nobody is in."""
    agencies = Organization.objects.active_agencies().order_by().values_list("pk", flat=True)
    standings = Standings(public_standings(list(agencies), at))
    admitted = {key for key, _one in standings.ranked}
    kept_time = {
        key: found for key, found in _in_time(at).items() if found[0] >= least and key in admitted
    }
    rated = {key: found for key, found in _rated(at).items() if found[0] >= least}
    return [
        *_by_score(standings),
        *_by_share(RankList.IN_TIME, kept_time),
        *_by_share(RankList.OWNERS, rated),
    ]


def lower_bound(good: int, cases: int) -> Decimal:
    """
    Return in percent what the share of `good` in `cases` is at least, with 95 % certainty.

    It is Wilson's bound: who did many things well goes before who did few without a fault.
    """
    share = good / cases
    middle = share + Z * Z / (2 * cases)
    spread = Z * sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases))
    bound = (middle - spread) / (1 + Z * Z / cases)
    return Decimal(100 * max(bound, 0.0)).quantize(HUNDREDTH, ROUND_HALF_UP)


def _by_score(standings: Standings) -> Iterator[Rank]:
    rows = [
        Rank(list=RankList.CREDIT, organization_id=key, basis=one.score, word=one.grade)
        for key, one in standings.ranked
    ]
    return _placed(rows)


def _by_share(name: str, found: Mapping[int, list[int]]) -> Iterator[Rank]:
    rows = [
        Rank(
            list=name,
            organization_id=key,
            cases=cases,
            good=good,
            basis=lower_bound(good, cases),
        )
        for key, (cases, good) in found.items()
    ]
    return _placed(rows)


def _placed(rows: Iterable[Rank]) -> Iterator[Rank]:
    """Yield the rows with their places; who is as good as the one before has the same."""
    before: Rank | None = None
    for number, row in enumerate(sorted(rows, key=lambda one: -one.basis), start=1):
        is_equal = before is not None and before.basis == row.basis
        row.place = before.place if before is not None and is_equal else number
        before = row
        yield row


def _in_time(at: datetime) -> dict[int, list[int]]:
    """Return of each agency how many results it delivered in a year, and how many in time."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = deliveries().filter(delivered_at__gt=at - YEAR, delivered_at__lte=at)
    for agency, delivered_at, due in rows.values_list("award__bid__agency", "delivered_at", "due"):
        found[agency][0] += 1
        found[agency][1] += delivered_at < due
    return found


def _rated(at: datetime) -> dict[int, list[int]]:
    """Return of each owner how many services it had to rate in a year, and how many it did."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    over = [ContractStatus.RATED, ContractStatus.ARCHIVED]
    rows = Contract.objects.filter(status__in=over, rated_at__gt=at - YEAR, rated_at__lte=at)
    units = rows.filter(award__tender__buyer__identity_key__isnull=True)
    for owner, is_rated in units.values_list("award__tender__buyer", "is_rated_by_buyer"):
        found[owner][0] += 1
        found[owner][1] += is_rated
    return found
