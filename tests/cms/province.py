"""The demo province as plain values that do not depend on keys or the machine's time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from bidding.models import (
    Award,
    Bid,
    ConductFact,
    Contract,
    Deliverable,
    Evaluation,
    Expert,
    Hall,
    LotGroup,
    Offer,
    PanelDraw,
    PanelSeat,
    Seat,
    Tender,
)
from bidding.stages import Stage, stage_of
from cms.models import NoticePage
from credit.models import Entry
from marketplace.kernel.models import AuditEntry, Deadline
from marketplace.models import (
    Agency,
    Buyer,
    Document,
    Organization,
    User,
)
from marketplace.schedule import run_due

OWN_APPS = ("marketplace", "credit", "bidding")

LEFT_OUT = {
    # random by design
    "slug": "random public names",
    "receipt": "random by design",
    "subject": "of a dispute: may hold a slug",
    "url": "holds slugs",
    "file": "random path in the private folder",
    "evidence": "holds slugs; what the draw came to is told by the award",
    "sha256": "of evidence, which holds slugs; rulebooks go by number",
    "scores": "names the evidence; whom they chose is told by the award",
    "restriction_ids": "slugs",
    "password": "salted",
    # kept by keys of the database
    "id": "a key",
    "target_id": "a key; the target is told by its name",
    "object_id": "a key; the subject is told by its name",
    "matter": "holds the slug of the same",
    "data": "holds keys, slugs and hashes; the names of what it holds are told",
    # sealed with random keys; what was in it is compared where it is opened
    "envelope": "sealed",
    "sealed": "of an envelope",
    "sealed_seed": "sealed",
    "sealing_key": "a random key",
    "seed_key": "a random key",
    # the machine's time, not the platform's
    "recorded_at": "of the trail and the checks: when the row was written",
    "done_at": "when the effect was carried out",
    "changed_at": "of a public change: when the row was written",
    "request_id": "of a request; there is none",
}
"""Fields that no digest can hold, each with the reason. All others are compared."""

LEFT_OUT_MODELS = {"marketplace.effect", "marketplace.sequence", "bidding.selection"} | {
    "marketplace.trailwitness",
    "bidding.bidlist",
    "bidding.keyshare",
    "bidding.orderkey",
    "bidding.seat",
}
"""
Effects, witnesses and shares have keys alone, sequences count versions, selections prove.

Seats are numbered by chance; who quoted from them is told with each quote.
"""
NUMBERED_SEAT = re.compile(r"(?<=竞价编号是 )\d+")
"""The same number, where each bidder is told its own."""
PERSON = re.compile(r"(?<=自然人业主 )[0-9A-Z]{6}")
"""The mark of an owner who is a natural person: the beginning of a slug."""


NAMES: dict[type[models.Model], Callable[[Any], Any]] = {
    User: lambda row: row.username,
    Organization: lambda row: row.name,
    Agency: lambda row: row.organization.name,
    Buyer: lambda row: row.organization.name,
    Tender: lambda row: f"{row.title}/{row.round}",
    Bid: lambda row: f"{name_of(row.tender)}/{row.agency}",
    Offer: lambda row: f"{name_of(row.bid)}/{row.version}",
    Seat: lambda row: name_of(row.bid),
    PanelDraw: lambda row: name_of(row.tender),
    PanelSeat: lambda row: f"{name_of(row.tender)}/{row.number}",
    LotGroup: lambda row: row.buyer.name,
    Award: lambda row: name_of(row.tender),
    Contract: lambda row: f"{row.number} {name_of(row.award)}",
    Deliverable: lambda row: name_of(row.contract),
    Evaluation: lambda row: name_of(row.contract),
    ConductFact: lambda row: f"{name_of(row.award)} {row.kind}",
    Document: lambda row: f"{row.name} {row.uploaded_at.isoformat()}",
    Entry: lambda row: f"{row.organization} {row.kind} {row.reference}",
    Expert: lambda row: row.user.username,
    NoticePage: lambda row: row.slug,
}


def name_of(row: models.Model | None) -> Any:
    """Return what a row is called without its key."""
    if row is None or type(row) in NAMES:
        return NAMES[type(row)](row) if row else None
    return getattr(row, "code", None) or getattr(row, "number", None) or str(row)


Names = dict[tuple[type[models.Model], Any], Any]
"""What rows are called, by model and key; each is looked up once."""


def dump() -> list[str]:
    """Return one line for each row of the province, sorted."""
    names: Names = {}
    rows = [
        _line(row, names)
        for name in OWN_APPS
        for model in apps.get_app_config(name).get_models()
        if model._meta.label_lower not in LEFT_OUT_MODELS
        for row in model._default_manager.all()
    ]
    notices = [f"notice {page.slug} {page.title} {page.published_on}" for page in _notices()]
    return sorted([*rows, *notices])


def _notices() -> models.QuerySet[NoticePage]:
    return NoticePage.objects.all()


def _line(row: models.Model, names: Names) -> str:
    told = {
        field.name: _value(row, field, names)
        for field in row._meta.concrete_fields
        if field.name not in LEFT_OUT
    }
    if isinstance(row, AuditEntry):
        told |= {"target": _target(row, names), "data": sorted(row.data)}
    if isinstance(row, Deadline):
        told["subject"] = name_of(row.subject)
    line = f"{row._meta.label} {json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)}"
    return PERSON.sub("", line)


def _value(row: models.Model, field: models.Field[Any, Any], names: Names) -> Any:
    if isinstance(field, models.ForeignKey):
        key = (field.remote_field.model, getattr(row, field.attname))
        if key not in names:
            names[key] = name_of(getattr(row, field.name))
        return names[key]
    value = getattr(row, field.name)
    if isinstance(value, str):
        return NUMBERED_SEAT.sub("", value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _target(entry: AuditEntry, names: Names) -> Any:
    model = apps.get_model(entry.target_type)
    key = (model, entry.target_id)
    if key not in names:
        names[key] = name_of(model._default_manager.filter(pk=entry.target_id).first())
    return names[key]


def stage_at(tender: Tender, at: datetime) -> Stage:
    """Return the word for where an order stood."""
    award = Award.objects.filter(tender=tender).first()
    contract = Contract.objects.filter(award=award).first() if award else None
    last = contract.deliverables.order_by("-pk").first() if contract else None
    ends = tender.tender_period_end
    return stage_of(
        tender.status,
        award.status if award else None,
        contract.status if contract else None,
        takes_bids=ends is not None and ends > at,
        is_returned_for_correction=last is not None and last.status == "returned",
        is_rerun=Tender.objects.filter(previous=tender).exists(),
    )


def halls_when_it_comes_up(at: datetime) -> list[Hall]:
    """Return the halls that are open once the platform has come up at `at`: no story opens them."""
    run_due(at)
    return list(Hall.objects.current().filter(tender__status=Tender.Status.BIDDING))
