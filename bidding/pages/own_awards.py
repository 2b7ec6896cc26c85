"""The awards of one of their sides as its lists show them: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from bidding.models import Award, AwardQuerySet, Contract, ContractUpload
from bidding.models.deadlines import OrderDeadline as Kind
from bidding.models.stages import WORDS
from bidding.pages.names import AgencyName
from bidding.pages.terms import period_in_words
from bidding.stages import stage_of
from marketplace.kernel.models.ends import Ends, ends_of
from marketplace.kernel.statements import statement
from marketplace.models import Membership
from marketplace.parties import Party
from marketplace.web.components import Text

Role = Membership.Role
States = Contract.Status
MOST = 50
COLUMNS = (
    *("pk", "tender__slug", "tender__code", "tender__title", "tender__item__name", "amount"),
    *("tender__buyer", "tender__buyer__name", "bid__agency", "bid__agency__name"),
    "bid__agency__slug",
    *("tender__service_time", "tender__service_unit", "tender__status", "status"),
    *("contract", "contract__status"),
)


@dataclass(frozen=True)
class OwnAward:
    """An award with what its sides see; `text_of` is whose text waits for the other's answer."""

    ends: Ends
    pk: int
    slug: str
    code: str
    title: str
    item: str
    amount: Decimal
    buyer: int
    buyer_name: str
    agency: int
    agency_name: str
    agency_slug: str
    service_time: int | None
    service_unit: str
    order_status: str
    status: str
    contract: int | None
    contract_status: str | None
    text_of: int | None = None

    def __str__(self) -> str:
        return self.title or self.item

    def other_side(self, unit: int) -> AgencyName:
        """Return the side that is not `unit`, to be asked how it stands where it is an agency."""
        if unit != self.buyer:
            return AgencyName(self.buyer_name)
        return AgencyName(self.agency_name, self.agency_slug)

    @property
    def service_period(self) -> str:
        return period_in_words(self.service_time, self.service_unit)

    @property
    def contract_due_at(self) -> datetime | None:
        return self.ends.of(Kind.SIGNATURE, self.pk)

    @property
    def is_end_provisional(self) -> bool:
        return self.ends.is_provisional(self.pk, Kind.PUBLICITY, Kind.SIGNATURE)

    @property
    def service_due_at(self) -> datetime | None:
        return self.ends.of(Kind.SERVICE, self.contract)

    @property
    def accept_due_at(self) -> datetime | None:
        return self.ends.of(Kind.ACCEPTANCE, self.contract)

    @property
    def rating_due_at(self) -> datetime | None:
        return self.ends.of(Kind.RATING, self.contract)

    @property
    def is_due_provisional(self) -> bool:
        kinds = (Kind.SERVICE, Kind.TOLERANCE, Kind.RATING)
        return self.ends.is_provisional(self.contract, *kinds)

    def stage_word(self, _at: datetime) -> Text:
        """Return the one word for where it stands."""
        return WORDS[stage_of(self.order_status, self.status, self.contract_status)]


def own_awards(keys: Sequence[int]) -> list[OwnAward]:
    """Return the awards with these keys, as the keys stand; one statement."""
    found = {row[0]: OwnAward(Ends(), *row) for row in _of_keys(keys=keys)}
    return [found[key] for key in keys if key in found]


def awards_to_act_on(party: Party, *, is_buyer: bool) -> list[OwnAward]:
    """Return the awards, the newest first, for which its own side may have an act to do."""
    is_own = party.has_role(Role.BUYER_AGENT) and not party.has_role(Role.BUYER_MANAGER)
    unit, person = party.organization.pk, party.user.pk
    told = _to_act_on(unit=unit, person=person, is_buyer=is_buyer, is_own=is_own)
    ends = ends_of([key for row in told for key in (row[0], row[-3]) if key])
    return [OwnAward(ends, *row) for row in told]


@statement
def _of_keys(*, keys: Sequence[int]) -> QuerySet[Award, Any]:
    return Award.objects.filter(pk__in=keys).order_by().values_list(*COLUMNS)


@statement
def _to_act_on(*, unit: int, person: int, is_buyer: bool, is_own: bool) -> QuerySet[Award, Any]:
    awards = _of_side(unit, is_buyer=is_buyer)
    if is_own:
        awards = awards.filter(tender__created_by=person)
    states = [States.DELIVERED, States.ACCEPTED] if is_buyer else [States.ACTIVE]
    signed = Q(status=Award.Status.COMPLETE, contract__status__in=states)
    waiting = awards.filter(signed | Q(status=Award.Status.ACTIVE)).order_by("-published_at", "-pk")
    texts = ContractUpload.objects.unanswered().filter(contract=OuterRef("contract"))
    told: Any = waiting.values_list(*COLUMNS, Subquery(texts.values("organization")[:1]))
    return told[:MOST]  # type: ignore[no-any-return]  # the type checker does not know the columns


def _of_side(unit: int, *, is_buyer: bool) -> AwardQuerySet:
    if is_buyer:
        return Award.objects.filter(tender__buyer=unit)
    return Award.objects.filter(bid__agency=unit)
