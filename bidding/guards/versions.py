"""What the pages of an order, of a bid and of an award show of it, for the acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from bidding.guards.awards import contract_of
from bidding.guards.contracts import last_deliverable, open_upload, ratings_of
from bidding.models import (
    Award,
    Bid,
    Contract,
    Expert,
    OrderTemplate,
    PanelSeat,
    PushedProject,
    Tender,
)
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Document, Organization
from marketplace.web.moments import cn_datetime
from marketplace.web.versions import as_seen

# what the schedule notes for itself, which nobody confirms
UNWATCHED = frozenset({"remind_at", "late_recorded_at", "overdue_recorded_at"})
MATTER = ("title", "status", "selection_round", "award_place")
IDENTITY = ("name", "uscc", "has_valid_check_digit", "uscc_confirmed_at")


def version_of_order(tender: Tender) -> Version:
    """Return how an order and the identity of its buyer stand; no bid changes it."""
    return version_of(Seen(tender, without=UNWATCHED), Seen(tender.buyer, only=IDENTITY))


def order_as_seen(tender: Tender, seen: str | None) -> tuple[Verdict, ...]:
    """Ask whether what was acted on is how the order stands, if somebody saw it at all."""
    return () if seen is None else as_seen(version_of_order(tender), seen)


def version_of_seat(seat: PanelSeat) -> Version:
    """Return how an expert's seat and its order stand; a draft of the sheet changes nothing."""
    return version_of(
        Seen(seat, without=frozenset({"points", "comment"})), Seen(seat.tender, only=MATTER)
    )


def version_of_expert(expert: Expert) -> Version:
    """Return how an expert stands in the pool."""
    return version_of(Seen(expert))


def version_of_templates(buyer: Organization) -> Version:
    """Return how the templates of a unit stand."""
    kept = OrderTemplate.objects.filter(buyer=buyer)
    return version_of(Seen(buyer, only=IDENTITY), *(Seen(one, name=one.name) for one in kept))


def version_of_push(pushed: PushedProject) -> Version:
    """Return how a project stands that a system has sent."""
    return version_of(Seen(pushed), Seen(pushed.buyer, only=IDENTITY))


def version_of_matter(tender: Tender | None, unit: Organization | None) -> Version:
    """Return how what somebody objects to or complains of stands, while nobody has."""
    of_order = Seen(tender, only=MATTER) if tender else None
    return version_of(of_order, Seen(unit, only=IDENTITY) if unit else None)


def version_of_bid(tender: Tender, bid: Bid | None) -> Version:
    """Return how an order and the agency's own bid for it stand, but for the amounts."""
    return version_of(Seen(tender, without=UNWATCHED), *_own_bid(bid))


def _own_bid(bid: Bid | None) -> Iterator[Seen]:
    if bid is None:
        return
    yield Seen(bid, name=bid.get_status_display())
    latest = bid.last_offer
    if latest is not None:
        name = _("第 %(version)s 次报价") % {"version": latest.version}
        yield Seen(latest, only=("version",), name=name)


def version_of_award(award: Award) -> Version:
    """Return how an award stands, with contract, text to be answered, last result and ratings."""
    contract = contract_of(award)
    return version_of(
        Seen(award, without=UNWATCHED),
        *(_parts_of(contract) if contract is not None else ()),
    )


def award_as_seen(award: Award, seen: str | None) -> tuple[Verdict, ...]:
    """Ask whether what was acted on is how the award stands, if somebody saw it at all."""
    return () if seen is None else as_seen(version_of_award(award), seen)


def _parts_of(contract: Contract) -> Iterator[Seen]:
    yield Seen(contract, without=UNWATCHED)
    if (upload := open_upload(contract)) is not None:
        yield Seen(upload, name=_file(upload.document, upload.uploaded_at))
    if (delivered := last_deliverable(contract)) is not None:
        yield Seen(delivered, name=_file(delivered.document, delivered.delivered_at))
    for rating in ratings_of(contract):
        name = f"{rating.get_side_display()} {cn_datetime(rating.rated_at)}"
        yield Seen(rating, name=name)


def _file(document: Document, at: datetime) -> str:
    return _("%(name)s，%(at)s 提交") % {"name": document.name, "at": cn_datetime(at)}
