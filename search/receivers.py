"""
Listen to the rows that search is about; the only place in the project where signals are used.

A receiver runs in the transaction of the change, so the effect is stored with it or not at all.
Bulk updates send no signal: the nightly rebuild reads everything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, get_page_models

from bidding.models import Award, Contract, Tender
from cms.models import NoticePage
from credit.models import Entry, Restriction
from marketplace.kernel.models import Law, LawVersion, Parameter
from marketplace.models import (
    Agency,
    Approval,
    Organization,
    Qualification,
    ServiceClass,
    ServiceItem,
)
from search.documents.base import midnight
from search.indexing import Changed, enqueue_index
from search.models import SearchEntry

Kind = SearchEntry.Kind


def of_tender(tender: Tender) -> list[Changed]:
    """A draft has no code and is never indexed; its owner has a page from the first order on."""
    if tender.published_at is None or not tender.code:
        return []
    order = Changed(Kind.TENDER, tender.code)
    is_new = tender.status == Tender.Status.ACTIVE
    return [order, Changed(Kind.OWNER, tender.buyer.slug)] if is_new else [order]


def of_award(award: Award) -> list[Changed]:
    """The winner is part of its order's entry from the registration on."""
    key = f"{award.tender.code}.{award.round}.{award.place}"
    return [*of_tender(award.tender), Changed(Kind.AWARD, key)]


def of_contract(contract: Contract) -> list[Changed]:
    """A contract is where its order and its award stand; it is found itself once it is signed."""
    signed = [Changed(Kind.CONTRACT, contract.number)] if contract.signed_at is not None else []
    return [*of_award(contract.award), *signed]


def of_restriction(restriction: Restriction) -> list[Changed]:
    """
    A decision is found from its commit on, and no longer when its publication has ended.

    Nor does everybody know from then on what its entry took: the agency may have another grade.
    """
    later = (restriction.effective_to, restriction.published_until)
    told = Changed(Kind.SANCTION, restriction.slug, later)
    return [told, *_of_agency(restriction.organization, later)]


def of_entry(entry: Entry) -> list[Changed]:
    """The grade of an agency changes with its record, and when an entry ceases to count."""
    ends = (one for one in (entry.counts_until, entry.public_until) if one is not None)
    return _of_agency(entry.organization, tuple(dict.fromkeys(ends)))


def _of_agency(organization: Organization, later: tuple[datetime, ...]) -> list[Changed]:
    """
    Return that an agency has changed, and will at other moments.

    Whether it is indexed at all is asked as the effect is carried out, not within a decision.
    """
    if organization.kind != Organization.Kind.AGENCY:
        return []
    return [Changed(Kind.AGENCY, organization.slug, later)]


def of_organization(organization: Organization) -> list[Changed]:
    """One that was never an active agency and has no order is not indexed."""
    found = []
    if Agency.objects.filter(pk=organization.pk, activated_at__isnull=False).exists():
        found.append(Changed(Kind.AGENCY, organization.slug))
    if Tender.objects.public().filter(buyer=organization).exists():
        found.append(Changed(Kind.OWNER, organization.slug))
    return found


def of_agency(agency: Agency) -> list[Changed]:
    """An agency that was never active is not indexed."""
    return [] if agency.activated_at is None else [Changed(Kind.AGENCY, agency.organization.slug)]


def of_qualification(qualification: Qualification) -> list[Changed]:
    """The classes of an agency are part of its entry."""
    return of_agency(qualification.agency)


def of_item(item: ServiceItem) -> list[Changed]:
    """Two versions share a code; whichever is published then is indexed, and named by its class."""
    if item.published_at is None:
        return []
    return [
        Changed(Kind.ITEM, item.code),
        *(of_class(item.service_class) if item.service_class is not None else ()),
    ]


def of_class(service_class: ServiceClass) -> list[Changed]:
    """A class is public as it is."""
    return [Changed(Kind.CLASS, service_class.code)]


def of_approval(approval: Approval) -> list[Changed]:
    """An approval is public as it is."""
    return [Changed(Kind.APPROVAL, approval.code)]


def of_parameter(parameter: Parameter) -> list[Changed]:
    """A value is found when it is in force, which may be later."""
    return [Changed(Kind.RULE, parameter.key, (midnight(parameter.in_force_from),))]


def of_law(law: Law) -> list[Changed]:
    """A law is public as it is."""
    return [Changed(Kind.LAW, law.slug)]


def of_law_version(version: LawVersion) -> list[Changed]:
    """The newest version says whether a law is in force."""
    return of_law(version.law)


def of_notice(notice: NoticePage) -> list[Changed]:
    """Publishing and unpublishing both save the page, in Wagtail's own transaction."""
    return [Changed(Kind.NOTICE, str(notice.translation_key))]


def of_page(page: Page) -> list[Changed]:
    """Every other page of the editors; a notice may be saved as a mere page too."""
    if issubclass(page.specific_class or Page, NoticePage):
        return [Changed(Kind.NOTICE, str(page.translation_key))]
    return [Changed(Kind.PAGE, str(page.translation_key))]


def organization_to_be_saved(instance: Organization, **_signal: Any) -> None:
    """A new name is a new name of the orders it commissioned, and of what it won and was told."""
    known = Organization.objects.filter(pk=instance.pk).exclude(name=instance.name)
    if not known.exists():
        return
    commissioned = Q(tender__buyer=instance) | Q(bid__agency=instance)
    awards = Award.objects.filter(commissioned).select_related("tender__buyer")
    signed = Q(award__tender__buyer=instance) | Q(award__bid__agency=instance)
    contracts = Contract.objects.filter(signed).select_related("award__tender__buyer")
    found = (
        *(of_tender(row) for row in Tender.objects.public().filter(buyer=instance)),
        *map(of_award, awards),
        *map(of_contract, contracts),
        *map(of_restriction, Restriction.objects.filter(organization=instance)),
    )
    enqueue_index(*chain.from_iterable(found))


CHANGED: dict[type[Model], Callable[[Any], list[Changed]]] = {
    Tender: of_tender,
    Award: of_award,
    Contract: of_contract,
    Organization: of_organization,
    Agency: of_agency,
    Qualification: of_qualification,
    Restriction: of_restriction,
    Entry: of_entry,
    ServiceItem: of_item,
    ServiceClass: of_class,
    Approval: of_approval,
    Parameter: of_parameter,
    Law: of_law,
    LawVersion: of_law_version,
    NoticePage: of_notice,
}


def saved(sender: type[Model], instance: Model, **_signal: Any) -> None:
    """Store what a saved or deleted row changes."""
    of = CHANGED.get(sender, of_page)
    if changed := of(instance):
        enqueue_index(*changed)


def connect() -> None:
    """Listen to the saves and deletions of each model, and to what names are to be saved."""
    for model in (*CHANGED, *get_page_models()):
        for signal in (post_save, post_delete):
            signal.connect(saved, sender=model, dispatch_uid=f"search.saved.{model.__name__}")
    pre_save.connect(
        organization_to_be_saved,
        sender=Organization,
        dispatch_uid="search.organization_to_be_saved",
    )
