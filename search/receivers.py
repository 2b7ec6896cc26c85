"""
Listen to the rows that search is about; the only place in the project where signals are used.

A receiver runs in the transaction of the change, so the effect is stored with it or not at all.
Bulk updates send no signal: the nightly rebuild reads everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_save

from bidding.models import Award, Tender
from cms.models import NoticePage
from marketplace.models import Agency, Organization, Qualification, ServiceItem
from search.indexing import enqueue_index
from search.models import SearchEntry

Kind = SearchEntry.Kind


def tender_changed(instance: Tender, **_signal: Any) -> None:
    """A draft has no code and is never indexed."""
    if instance.published_at is not None and instance.code:
        enqueue_index(Kind.TENDER, instance.code)


def award_changed(instance: Award, **_signal: Any) -> None:
    """The winner is part of its order's entry from the registration on."""
    tender_changed(instance.tender)


def organization_to_be_saved(instance: Organization, **_signal: Any) -> None:
    """A new name is a new name of the orders it commissioned and of those it won."""
    known = Organization.objects.filter(pk=instance.pk).exclude(name=instance.name)
    if not known.exists():
        return
    concerned = Q(buyer=instance) | Q(award__bid__agency=instance)
    for tender in Tender.objects.public().filter(concerned):
        tender_changed(tender)


def organization_changed(instance: Organization, **_signal: Any) -> None:
    if Agency.objects.filter(pk=instance.pk, activated_at__isnull=False).exists():
        enqueue_index(Kind.AGENCY, instance.slug)


def agency_changed(instance: Agency, **_signal: Any) -> None:
    """An agency that was never active is not indexed."""
    if instance.activated_at is not None:
        enqueue_index(Kind.AGENCY, instance.organization.slug)


def qualification_changed(instance: Qualification, **_signal: Any) -> None:
    agency_changed(instance.agency)


def item_changed(instance: ServiceItem, **_signal: Any) -> None:
    """Two versions share a code; whichever is published then is indexed."""
    if instance.published_at is not None:
        enqueue_index(Kind.ITEM, instance.code)


def notice_changed(instance: NoticePage, **_signal: Any) -> None:
    """Publishing and unpublishing both save the page, in Wagtail's own transaction."""
    enqueue_index(Kind.NOTICE, str(instance.translation_key))


RECEIVERS: dict[type[Model], Callable[..., None]] = {
    Tender: tender_changed,
    Award: award_changed,
    Organization: organization_changed,
    Agency: agency_changed,
    Qualification: qualification_changed,
    ServiceItem: item_changed,
    NoticePage: notice_changed,
}


def connect() -> None:
    """Connect each receiver to the saves and deletions of its model."""
    for model, receiver in RECEIVERS.items():
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"search.{receiver.__name__}")
    pre_save.connect(
        organization_to_be_saved,
        sender=Organization,
        dispatch_uid="search.organization_to_be_saved",
    )
