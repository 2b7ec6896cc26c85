"""The buyer's part before the review: draft, change, submit, and draft anew after a failure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bidding.guards.rounds import may_rerun
from bidding.guards.tenders import (
    fund_suits,
    item_is_offered,
    may_change_tender,
    may_choose_item,
    may_copy,
    may_delete,
    may_submit_tender,
    may_take_back,
    tender_is_editable,
)
from bidding.guards.versions import order_as_seen
from bidding.models import Tender, copy_parts
from bidding.selection.methods import foreign_fields, own_parameters
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Division, Organization, ServiceItem, User

COPIED = (
    "buyer",
    "item",
    "division",
    "title",
    "project_code",
    "content",
    "scale",
    "service_time",
    "service_unit",
    "contact_name",
    "contact_phone",
    "fund",
    "fund_shares",
    "is_in_approval",
    "ceiling",
    "quote",
    "quantity",
    "quantity_unit",
    "floor",
    "price_basis",
    "method",
    "named_agency",
    "naming_reasons",
    "signup_days",
    "parameters",
)
TIMES = ("signup_until", "selection_at")
"""Moments that the buyer set; in a copy they would lie in the past."""
CHANGEABLE = frozenset((*COPIED, *TIMES)) - {"buyer"}


class UnknownField(TypeError):
    """A buyer cannot change this field of an order."""


@transaction.atomic
def draft_tender(
    *, buyer: Organization, item: ServiceItem, division: Division, by: User, at: datetime
) -> Tender:
    """
    Begin an order for one catalogue item at one place, commissioned and paid as the item says.

    Raises:
        Refused: the item is not offered on that day.
    """
    tender = planned_tender(buyer, item, division, by, at)
    require(item_is_offered(tender, at))
    tender.save()
    record(by=by, verb="tender.drafted", target=tender, at=at, organization=buyer)
    return tender


def planned_tender(
    buyer: Organization, item: ServiceItem, division: Division, by: User, at: datetime
) -> Tender:
    """Return the order that a draft would begin with; nothing is saved."""
    return Tender(
        buyer=buyer,
        item=item,
        division=division,
        created_by=by,
        created_at=at,
        contact_name=buyer.contact_name,
        contact_phone=buyer.contact_phone,
        service_time=item.service_days,
        **_decided_by(item),
    )


def _decided_by(item: ServiceItem) -> dict[str, Any]:
    """Return what the item says of an order: who commissions and who pays."""
    department = ServiceItem.Party.DEPARTMENT
    return {
        "is_in_approval": item.commissioned_by == department,
        "fund": Tender.Fund.FISCAL if item.paid_by == ServiceItem.Payer.DEPARTMENT else "",
    }


@transaction.atomic
def choose_item(
    *,
    tender: Tender,
    item: ServiceItem,
    division: Division,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Tender:
    """
    Change item and place of a draft; what is filled in stays, but for what the item decides.

    Raises:
        Refused: a guard in `may_choose_item` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    is_other = item.pk != tender.item_id
    tender.item, tender.division = item, division
    if is_other:
        decided = _decided_by(item)
        tender.is_in_approval = decided["is_in_approval"]
        if decided["fund"] or not fund_suits(tender, tender.fund).holds:
            tender.fund, tender.fund_shares = decided["fund"], {}
    require(*may_choose_item(tender, at))
    tender.save()
    _note(tender, "tender.changed", by, at, fields=["division", "item"])
    return tender


@transaction.atomic
def keep_typed(
    *,
    tender: Tender,
    step: str,
    typed: dict[str, list[str]],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Tender:
    """
    Keep what was typed into one step and cannot be stored, for whoever goes on with it.

    Raises:
        Refused: the order is with the operator, or is not what was seen.
    """
    tender = Tender.objects.lock(tender.pk)
    require(tender_is_editable(tender), *order_as_seen(tender, seen))
    tender.typed = {**tender.typed, step: typed}
    tender.save()
    _note(tender, "tender.changed", by, at, fields=["typed"])
    return tender


def _note(tender: Tender, verb: str, by: User, at: datetime, **data: Any) -> None:
    record(by=by, verb=verb, target=tender, at=at, organization=tender.buyer, **data)


@transaction.atomic
def change_tender(
    *, tender: Tender, by: User, at: datetime, seen: str | None = None, **fields: Any
) -> Tender:
    """
    Change some fields of a draft or of a returned order.

    Raises:
        UnknownField: a field is not the buyer's to change.
        Refused: a guard in `may_change_tender` does not hold.
    """
    if unknown := fields.keys() - CHANGEABLE:
        raise UnknownField(", ".join(sorted(unknown)))
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    for name, value in fields.items():
        setattr(tender, name, value)
    tender.typed = {
        step: typed for step, typed in tender.typed.items() if not fields.keys() & typed.keys()
    }
    _forget_other_methods(tender)
    require(*may_change_tender(tender, at))
    tender.save()
    record(
        by=by,
        verb="tender.changed",
        target=tender,
        at=at,
        organization=tender.buyer,
        before=tender.status,
        fields=sorted(fields),
    )
    return tender


def _forget_other_methods(tender: Tender) -> None:
    """Empty what a method that was given up asked for: whoever is named alone may answer."""
    for name, empty in foreign_fields(tender.method).items():
        setattr(tender, name, empty)
    tender.parameters = own_parameters(tender.method, tender.parameters)


@transaction.atomic
def submit_tender(*, tender: Tender, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Send an order to the operator for review.

    Raises:
        Refused: a guard in `may_submit_tender` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen))
    _forget_other_methods(tender)
    require(*may_submit_tender(tender, at))
    before = tender.status
    tender.submit(at=at)
    tender.save()
    record(
        by=by,
        verb="tender.submitted",
        target=tender,
        at=at,
        organization=tender.buyer,
        before=before,
    )
    return tender


@transaction.atomic
def take_back_tender(*, tender: Tender, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Make a submitted order a draft again, before an officer has passed it.

    Raises:
        Refused: a guard in `may_take_back` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*may_take_back(tender, at), *order_as_seen(tender, seen))
    before = tender.status
    tender.take_back()
    tender.save()
    _note(tender, "tender.taken_back", by, at, before=before)
    return tender


@transaction.atomic
def delete_tender(*, tender: Tender, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Throw a draft away, for good; that there was one stays in the trail.

    Raises:
        Refused: a guard in `may_delete` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*may_delete(tender, at), *order_as_seen(tender, seen))
    _note(tender, "tender.deleted", by, at, before=tender.status, title=str(tender))
    tender.delete()
    return tender


@transaction.atomic
def copy_tender(*, tender: Tender, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Draft another order with the content of this one; no round of it, and nothing of its past.

    Raises:
        Refused: a guard in `may_copy` does not hold.
    """
    known = Tender.objects.lock(tender.pk)
    require(*may_copy(known, at), *order_as_seen(known, seen))
    draft = copied_from(known, by, at)
    _note(draft, "tender.copied", by, at, original=known.reference)
    return draft


def copied_from(tender: Tender, by: User, at: datetime, **more: Any) -> Tender:
    """Store and return a draft with the content and the parts of `tender`, and what is `more`."""
    copied = {name: getattr(tender, name) for name in COPIED}
    draft = Tender.objects.create(**copied, **more, created_by=by, created_at=at)
    copy_parts(tender, draft, at)
    return draft


@transaction.atomic
def rerun_tender(*, tender: Tender, by: User, at: datetime, seen: str | None = None) -> Tender:
    """
    Draft the next round of an order that came to nothing; all of its content is copied.

    Raises:
        Refused: a guard in `may_rerun` does not hold.
    """
    earlier = Tender.objects.lock(tender.pk)
    require(*may_rerun(earlier, at), *order_as_seen(earlier, seen))
    draft = copied_from(
        earlier,
        by,
        at,
        previous=earlier,
        round=earlier.round + 1,
        lot_group=earlier.lot_group,
        lot=earlier.lot,
    )
    record(
        by=by,
        verb="tender.rerun",
        target=draft,
        at=at,
        organization=draft.buyer,
        previous=earlier.reference,
        round=draft.round,
    )
    return draft
