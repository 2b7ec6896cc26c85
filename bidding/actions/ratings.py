"""Both sides rate; silence is recorded as such; what is final goes on the record."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.conduct import note_conduct
from bidding.actions.deadlines import AGENCY_AMENDMENT, AMENDMENT, ARCHIVE, RATING
from bidding.actions.telling import tell
from bidding.guards.ratings import (
    may_archive_contract,
    may_close_rating,
    may_rate,
    stars_are_from_one_to_five,
)
from bidding.guards.versions import award_as_seen
from bidding.models import Contract, Evaluation
from bidding.rulebook import rules_for
from bidding.rules.contracts import HIGH_STARS, LOW_STARS
from credit.models import Conduct
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User

BUYER, AGENCY = Evaluation.Side.BUYER, Evaluation.Side.AGENCY


@dataclass(frozen=True, kw_only=True)
class Scores:
    """One to five stars for each of five criteria."""

    quality: int
    attitude: int
    timeliness: int
    charges: int
    conduct: int


@transaction.atomic
def rate(  # noqa: PLR0913 - a rating is all of this
    *,
    contract: Contract,
    side: str,
    scores: Scores,
    comment: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Evaluation:
    """
    Rate the other side, or amend the rating by a new version.

    The buyer's first rating closes the contract's rating. Either side's first rating leaves time
    to amend it, which the archive waits for.

    Raises:
        Refused: a guard in `may_rate` does not hold, or a star is out of range.
    """
    contract = Contract.objects.lock(contract.pk)
    require(
        *may_rate(contract, side, by, at),
        stars_are_from_one_to_five(astuple(scores)),
        *award_as_seen(contract.award, seen),
    )
    version = contract.evaluations.filter(side=side).count() + 1
    evaluation = Evaluation.objects.create(
        contract=contract,
        side=side,
        version=version,
        comment=comment.strip(),
        rated_by=by,
        rated_at=at,
        **asdict(scores),
    )
    before = contract.status
    if version == 1:
        _begin_amendment(contract, side, at)
    rater, rated = _sides(contract, side)
    record(
        by=by,
        verb="contract.rated",
        target=contract,
        at=at,
        organization=rater,
        before=before,
        side=str(side),
        version=version,
    )
    _tell(contract, rated, "bidding/rated", at)
    return evaluation


@transaction.atomic
def close_rating(*, contract: Contract, at: datetime) -> Contract:
    """
    Record that the buyer kept silent: not rated, never five stars, and a mark on its record.

    Raises:
        Refused: a guard in `may_close_rating` does not hold.
    """
    buyer = Organization.objects.lock(contract.award.tender.buyer_id)
    contract = Contract.objects.lock(contract.pk)
    require(*may_close_rating(contract, at))
    before = contract.status
    _close(contract, at, by_buyer=False)
    record(by=None, verb="contract.not_rated", target=contract, at=at, before=before)
    note_conduct(contract.award, buyer, Conduct.BUYER_NOT_RATED, occurred_at=at, at=at)
    _tell(contract, buyer, "bidding/not_rated", at)
    return contract


@transaction.atomic
def archive_contract(*, contract: Contract, at: datetime) -> Contract:
    """
    Put a contract into the archive once its ratings are final; only then do they count.

    Raises:
        Refused: a guard in `may_archive_contract` does not hold.
    """
    agency = Organization.objects.lock(contract.award.bid.agency_id)
    contract = Contract.objects.lock(contract.pk)
    require(*may_archive_contract(contract, at))
    before = contract.status
    contract.archive(at=at)
    contract.save()
    for ending in (RATING, AMENDMENT, AGENCY_AMENDMENT, ARCHIVE):
        deadlines.stop(ending, contract, at)
    record(by=None, verb="contract.archived", target=contract, at=at, before=before)
    final = contract.evaluations.filter(side=BUYER).order_by("-version").first()
    if final is not None and (kind := _kind_of(final)) is not None:
        note_conduct(contract.award, agency, kind, occurred_at=final.rated_at, at=at)
    return contract


def _kind_of(evaluation: Evaluation) -> Conduct | None:
    """Return what the sum of the stars says by the rulebook: high, low, or nothing."""
    rules = rules_for(evaluation.contract.award.tender, evaluation.rated_at)
    stars = sum(getattr(evaluation, name) for name in Scores.__annotations__)
    if stars >= rules[HIGH_STARS]:
        return Conduct.HIGH_RATING
    return Conduct.LOW_RATING if stars <= rules[LOW_STARS] else None


def _begin_amendment(contract: Contract, side: str, at: datetime) -> None:
    """Let the time begin in which a side may amend its first rating; the archive waits for both."""
    if side == BUYER:
        _close(contract, at, by_buyer=True)
    else:
        deadlines.start(AGENCY_AMENDMENT, contract, at)


def _close(contract: Contract, at: datetime, *, by_buyer: bool) -> None:
    """Close the buyer's part; the agency may still rate until the end of the time for ratings."""
    contract.rate(at=at, by_buyer=by_buyer)
    contract.save()
    deadlines.rest(RATING, contract)
    for kind in (AMENDMENT, ARCHIVE):
        deadlines.start(kind, contract, at)


def _sides(contract: Contract, side: str) -> tuple[Organization, Organization]:
    """Return who rates and who is rated."""
    buyer, agency = contract.award.tender.buyer, contract.award.bid.agency
    return (buyer, agency) if side == BUYER else (agency, buyer)


def _tell(contract: Contract, organization: Organization, kind: str, at: datetime) -> None:
    tell(
        organization=organization,
        kind=kind,
        at=at,
        url=links.to_contract(contract.award),
        tender=contract.award.tender,
        contract=contract,
    )
