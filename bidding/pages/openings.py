"""How an order is opened, for everybody to see: who holds a share, what is given, what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from bidding.guards.openings import SCHEDULE, given_for, shares_of
from bidding.guards.public_values import (
    announced_source,
    entries_for,
    public_value,
    signed_round,
)
from bidding.models import BidList, KeyShare, ShareGiven, Tender
from bidding.pages.parts import WitnessShown, witnesses_of
from bidding.pages.receipts import public_key
from bidding.permissions import HOLDERS
from bidding.rules.openings import HOLDER
from bidding.selection.beacon import address_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.statements import Prefix, statement
from marketplace.parties import Party
from marketplace.web.components import FUTURE, NOW, PAST, Step, Text

FEW = 10
ORDER = "order_key__tender"
AWAITED = (Tender.Status.CLOSED, Tender.Status.BIDDING)
"""The states of an order whose sign-up is over and whose bids are still sealed."""


@dataclass(frozen=True)
class ShareRow:
    """One share: who holds it, and which office gave it when; nobody is named."""

    holder: Text
    word: Text
    office: str = ""
    given_at: datetime | None = None

    @property
    def is_given(self) -> bool:
        return self.given_at is not None


@dataclass(frozen=True)
class Ceremony:
    """An order's opening as it stands."""

    steps: Sequence[Step]
    shares: Sequence[ShareRow]
    needed: int
    given: int
    is_by_officers: bool
    is_closed: bool
    awaits_shares: bool
    is_opened: bool
    headline: Text
    suite: str
    fingerprint: str
    signing_key: str
    source: str
    """The public source that the notice announced; empty without one."""
    public: str
    """What it said, once it is known."""
    number: int | None
    """The round of the beacon that the deadline fixes; None of another source."""
    entries: int
    list_hash: str
    frozen_at: datetime | None
    witnesses: Sequence[WitnessShown]

    @property
    def address(self) -> str:
        """Where everybody can read what the beacon says; empty of another source."""
        return address_of(self.number) if self.number else ""

    @property
    def awaits_value(self) -> bool:
        """Whether the opening waits for what the public source said."""
        return bool(self.source) and not self.public and self.is_closed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.given)

    @property
    def part(self) -> int:
        """How much of the pattern of the key is drawn, in quarters of it as percent."""
        given = self.needed if self.is_opened else min(self.given, self.needed)
        return 25 * (4 * given // self.needed)


def ceremony_of(tender: Tender) -> Ceremony:
    """Return how `tender` is, will be or was opened; the same however many bids there are."""
    key, given = tender.order_key, given_for(tender)
    shares = shares_of(tender)
    told, used = {one.share_id: one for one in given}, holders_used(tender)
    rows = [
        _row(share, told.get(share.pk), used, tender, by_officers=key.is_by_officers)
        for share in shares
    ]
    count = len(given) + sum(one.holder == SCHEDULE for one in shares if key.is_by_officers)
    awaits = key.is_by_officers and tender.status in AWAITED
    frozen = BidList.objects.filter(tender=tender, round=tender.selection_round).first()
    return Ceremony(
        steps=list(_steps(tender, given, frozen)),
        shares=rows,
        needed=key.threshold,
        given=count,
        is_by_officers=key.is_by_officers,
        is_closed=tender.status == Tender.Status.CLOSED,
        awaits_shares=awaits and count < key.threshold,
        is_opened=tender.is_opened,
        headline=_headline(tender, key.threshold - count, by_officers=key.is_by_officers),
        suite=key.suite,
        fingerprint=sha256_hex(bytes.fromhex(key.public)),
        signing_key=public_key(),
        source=announced_source(tender) or "",
        public=public_value(tender) or "",
        number=signed_round(tender),
        entries=len(entries_for(tender)),
        list_hash=frozen.sha256 if frozen else "",
        frozen_at=frozen.frozen_at if frozen else None,
        witnesses=witnesses_of(tender, is_public=True),
    )


def _headline(tender: Tender, missing: int, *, by_officers: bool) -> Text:
    if tender.is_opened:
        return _("报价已经开启")
    if tender.status in AWAITED and by_officers and missing > 0:
        return _("报价仍然密封，还缺 %(missing)s 份密钥") % {"missing": missing}
    if tender.status == Tender.Status.ACTIVE or tender.status in AWAITED:
        return _("报价仍然密封")
    return _("没有开启报价，密封的内容不公开")


def _steps(tender: Tender, given: Sequence[ShareGiven], frozen: BidList | None) -> Iterator[Step]:
    """Yield what leads from the end of the sign-up to the publicity of a result."""
    is_closed = tender.closed_at is not None
    if frozen is not None:
        yield Step(_("报名截止，名单固定"), PAST, frozen.frozen_at)
    else:
        yield Step(_("报名截止，名单固定"), PAST if is_closed else NOW, tender.tender_period_end)
    last = max((one.given_at for one in given), default=None)
    if tender.is_opened:
        yield Step(_("密钥份额交齐"), PAST, last or tender.evaluated_at)
        yield Step(_("开启报价，按规则选取"), PAST, tender.evaluated_at)
    elif tender.status in AWAITED:
        yield Step(_("密钥份额交齐"), NOW, tender.opening_at, _("不早于"))
        yield Step(_("开启报价，按规则选取"), note=_("交齐后立即"))
    else:
        is_over = tender.status != Tender.Status.ACTIVE
        yield Step(_("密钥份额交齐"), note=_("没有开启") if is_over else "")
        yield Step(_("开启报价，按规则选取"), note="" if is_over else _("交齐后立即"))
    result = tender.completed_at
    yield Step(_("登记结果，公示"), PAST if result else FUTURE, result)


def holders_used(tender: Tender) -> Sequence[str]:
    """Return whose shares opened an order, as the trail has it; nothing before the opening."""
    if not tender.is_opened:
        return ()
    entries = AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower, target_id=str(tender.pk), verb="tender.evaluated"
    )
    told: dict[str, Any] = entries.order_by("-pk").values_list("data", flat=True).first() or {}
    return tuple(told.get("shares", ()))


def _row(
    share: KeyShare,
    given: ShareGiven | None,
    used: Sequence[str],
    tender: Tender,
    *,
    by_officers: bool,
) -> ShareRow:
    holder = str(HOLDER.labels[share.holder])
    if given is not None:
        return ShareRow(holder, _("已交出"), given.office.name, given.given_at)
    if share.holder in used:
        return ShareRow(holder, _("开启时已按规则自动交出"), given_at=tender.evaluated_at)
    if used:
        return ShareRow(holder, _("开启时没有用到"))
    waits = by_officers and share.holder != SCHEDULE
    return ShareRow(holder, _("未交出") if waits else _("开启时按规则自动交出"))


def orders_waiting_for(party: Party) -> list[tuple[str, str]]:
    """Return slug and title of closed orders of the area whose key lacks this officer's share."""
    roles = [role for role in HOLDERS if party.has_role(role)]
    rows = _waiting(
        prefix=party.organization.division.prefix,
        person=party.user.pk,
        office=party.organization.pk,
    )
    return [(slug, title) for slug, title, holder in rows if holder in roles][:FEW]


@statement
def _waiting(*, prefix: Prefix, person: int, office: int) -> QuerySet[KeyShare, Any]:
    given = ShareGiven.objects.filter(
        share__order_key=OuterRef("order_key"), round=OuterRef(f"{ORDER}__selection_round")
    )
    waiting = KeyShare.objects.filter(
        **{
            "order_key__is_by_officers": True,
            f"{ORDER}__status__in": AWAITED,
            f"{ORDER}__division__code__startswith": prefix,
        }
    ).exclude(
        Exists(given.filter(share=OuterRef("pk")))
        | Exists(given.filter(given_by=person))
        | Exists(given.filter(office=office))
    )
    return waiting.order_by("pk").values_list(f"{ORDER}__slug", f"{ORDER}__title", "holder")
