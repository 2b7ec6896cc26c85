"""A project comes from an approval system, and somebody of its owner drafts the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bidding import links
from bidding.actions.tenders.drafts import planned_tender
from bidding.guards.pushes import (
    dismissal_reasons_are_given,
    may_push,
    may_take_up,
    owner_is_registered,
    says_what_it_said,
)
from bidding.guards.tenders import item_is_offered
from bidding.guards.versions import version_of_push
from bidding.models import PushedProject, Tender
from bidding.permissions import BUYER_ROLES
from marketplace.actions.messages import notify
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import Refused, require
from marketplace.models import Buyer, Division, Organization, ServiceItem, User
from marketplace.web.versions import as_seen


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a system says of a project; `division` is None where the owner's place is meant."""

    project_code: str
    title: str
    uscc: str
    owner_name: str
    contact_name: str
    contact_phone: str
    item: ServiceItem | None
    division: Division | None


@transaction.atomic
def push_project(*, system: str, sent: Sent, at: datetime) -> PushedProject:
    """
    Keep a project for its owner and tell them; return the one that is kept if it was sent before.

    One that the owner has dismissed waits anew when it is sent with something else in it.

    Raises:
        Refused: the owner is unknown or unchecked, has another name, or it was sent otherwise.
    """
    owner = Buyer.objects.filter(organization__uscc=sent.uscc).first()
    if owner is None:
        raise Refused(owner_is_registered(owner))
    buyer = Organization.objects.lock(owner.pk)
    key, said = _named(system, sent), _said(buyer, sent)
    known = PushedProject.objects.filter(**key).first()
    if known is None:
        owner = Buyer.objects.select_related("organization").get(pk=buyer.pk)
        require(*may_push(owner, sent.owner_name))
        new = {**said, "item": sent.item, "pushed_at": at}
        known, is_new = PushedProject.objects.get_or_create(**key, defaults=new)
        if is_new:
            _tell(known, at)
    elif known.dismissed_at is not None:
        _put_right(known, said, at)
    require(says_what_it_said(known, said))
    return known


def _named(system: str, sent: Sent) -> dict[str, str]:
    """Return by what a project is known again."""
    item_code = sent.item.code if sent.item else ""
    return {"system": system, "project_code": sent.project_code, "item_code": item_code}


def _said(buyer: Organization, sent: Sent) -> dict[str, Any]:
    """Return what is kept of it, and must be the same when it is sent again."""
    return {
        "buyer": buyer,
        "title": sent.title,
        "division": sent.division or buyer.division,
        "contact_name": sent.contact_name,
        "contact_phone": sent.contact_phone,
    }


def _put_right(known: PushedProject, said: dict[str, Any], at: datetime) -> None:
    """Let a dismissed project wait with what is said now; said as before, it stays dismissed."""
    if says_what_it_said(known, said).holds:
        return
    for name, value in said.items():
        setattr(known, name, value)
    known.dismissed_at, known.dismissed_by, known.dismissal_reasons = None, None, ""
    known.pushed_at = at
    known.save()
    _tell(known, at)


def _tell(pushed: PushedProject, at: datetime) -> None:
    record(
        by=None,
        verb="project.pushed",
        target=pushed,
        at=at,
        organization=pushed.buyer,
        system=pushed.system,
        project_code=pushed.project_code,
    )
    notify(
        organization=pushed.buyer,
        kind="bidding/project_pushed",
        at=at,
        url=links.to_pushed(pushed),
        roles=BUYER_ROLES,
        pushed=pushed,
    )


@transaction.atomic
def take_up_project(
    *,
    pushed: PushedProject,
    item: ServiceItem,
    division: Division,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Tender:
    """
    Begin the order of a project, with all that the system said of it.

    Raises:
        Refused: it has an order already, was dismissed, or the item is not offered on that day.
    """
    pushed = PushedProject.objects.lock(pushed.pk)
    require(*as_seen(version_of_push(pushed), seen), *may_take_up(pushed))
    tender = planned_tender(pushed.buyer, item, division, by, at)
    for name in ("title", "project_code", "contact_name", "contact_phone"):
        setattr(tender, name, getattr(pushed, name))
    require(item_is_offered(tender, at))
    tender.save()
    pushed.tender = tender
    pushed.save(update_fields=["tender"])
    record(by=by, verb="tender.drafted", target=tender, at=at, organization=pushed.buyer)
    return tender


@transaction.atomic
def dismiss_project(
    *, pushed: PushedProject, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PushedProject:
    """
    Send a project back that is not the owner's to draft; the owner's people see it no more.

    Raises:
        Refused: it has an order, was dismissed before, or no reasons are given.
    """
    pushed = PushedProject.objects.lock(pushed.pk)
    require(
        *as_seen(version_of_push(pushed), seen),
        *may_take_up(pushed),
        dismissal_reasons_are_given(reasons),
    )
    pushed.dismissed_at, pushed.dismissed_by = at, by
    pushed.dismissal_reasons = reasons.strip()
    pushed.save(update_fields=["dismissed_at", "dismissed_by", "dismissal_reasons"])
    record(
        by=by,
        verb="project.dismissed",
        target=pushed,
        at=at,
        organization=pushed.buyer,
        system=pushed.system,
        reasons=pushed.dismissal_reasons,
    )
    return pushed
