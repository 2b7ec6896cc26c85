"""The demo province as plain values that do not depend on secrets, keys or the machine's time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from bidding.models import Award, Bid, ConductFact, Contract, Deliverable, Evaluation, Tender
from cms.models import NoticePage
from credit.models import Entry
from marketplace.models import Agency, AuditEntry, Buyer, Document, Organization, User

OWN_APPS = ("marketplace", "credit", "bidding")

LEFT_OUT = {
    # random by design
    "slug": "random public names",
    "url": "holds slugs",
    "file": "random path in the private folder",
    "seed": "the secret of a draw",
    "commitment": "made of the secret",
    "evidence": "holds slugs, seed and commitment",
    "sha256": "of evidence and of papers that name a winner by lot; rulebooks go by number",
    "restriction_ids": "slugs",
    "password": "salted",
    # kept by keys of the database
    "id": "a key",
    "target_id": "a key; the target is told by its name",
    "data": "holds keys, slugs and hashes; the names of what it holds are told",
    # the machine's time, not the platform's
    "recorded_at": "of the trail and the checks: when the row was written",
    "done_at": "when the effect was carried out",
    "request_id": "of a request; there is none",
    "size": "of papers that name a winner by lot",
}
"""Fields that no digest can hold, each with the reason. All others are compared."""

LEFT_OUT_MODELS = {"marketplace.effect", "marketplace.sequence", "bidding.selection"}
"""Effects are keyed by slugs, sequences count versions of search; selections are all evidence."""


NAMES: dict[type[models.Model], Callable[[Any], Any]] = {
    User: lambda row: row.username,
    Organization: lambda row: row.name,
    Agency: lambda row: row.organization.name,
    Buyer: lambda row: row.organization.name,
    Tender: lambda row: f"{row.title}/{row.round}",
    Bid: lambda row: f"{name_of(row.tender)}/{row.agency}",
    Award: lambda row: name_of(row.tender),
    Contract: lambda row: f"{row.number} {name_of(row.award)}",
    Deliverable: lambda row: name_of(row.contract),
    Evaluation: lambda row: name_of(row.contract),
    ConductFact: lambda row: f"{name_of(row.award)} {row.kind}",
    Document: lambda row: f"{row.name} {row.uploaded_at.isoformat()}",
    Entry: lambda row: f"{row.organization} {row.kind} {row.reference}",
    NoticePage: lambda row: row.slug,
}


def name_of(row: models.Model | None) -> Any:
    """Return what a row is called without its key."""
    if row is None or type(row) in NAMES:
        return NAMES[type(row)](row) if row else None
    return getattr(row, "code", None) or getattr(row, "number", None) or str(row)


def dump() -> list[str]:
    """Return one line for each row of the province, sorted."""
    lots = _lots()
    rows = [
        _line(row, lots)
        for name in OWN_APPS
        for model in apps.get_app_config(name).get_models()
        if model._meta.label_lower not in LEFT_OUT_MODELS
        for row in model._default_manager.all()
    ]
    notices = [f"notice {page.slug} {page.title} {page.published_on}" for page in _notices()]
    return sorted([*rows, *notices])


def _notices() -> models.QuerySet[NoticePage]:
    return NoticePage.objects.all()


def _line(row: models.Model, lots: dict[str, list[str]]) -> str:
    told = {
        field.name: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in LEFT_OUT
    }
    if isinstance(row, AuditEntry):
        told |= {"target": _target(row), "data": sorted(row.data)}
    text = f"{row._meta.label} {json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)}"
    for mark, names in lots.items():
        if mark in text:
            for name in names:
                text = text.replace(name, "by lot")
    return text


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if field.is_relation:
        return name_of(getattr(row, field.name))
    value = getattr(row, field.name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _target(entry: AuditEntry) -> Any:
    model = apps.get_model(entry.target_type)
    return name_of(model._default_manager.filter(pk=entry.target_id).first())


def _lots() -> dict[str, list[str]]:
    """
    Return, by title and by code of each order that a draw decided, who may have won it.

    The draw is truly random, so in every row about such an order these agencies and their people
    are replaced by the same words. Everything else about the order is compared.
    """
    lots: dict[str, list[str]] = {}
    for tender in Tender.objects.filter(selection__isnull=False):
        ranking = json.loads(tender.selection.evidence)["ranking"]
        tied = [row["uscc"] for row in ranking if row["is_tied"]]
        if tied:
            organizations = Organization.objects.filter(uscc__in=tied)
            people = User.objects.filter(memberships__organization__in=organizations)
            names = [*organizations.values_list("name", flat=True)]
            names += people.values_list("username", flat=True)
            lots[tender.title] = lots[str(tender.code)] = sorted(names, key=len, reverse=True)
    return lots
