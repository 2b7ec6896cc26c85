"""Orders that an owner keeps as templates, and several drafts of one project at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bidding.actions.tenders.drafts import copy_tender, planned_tender
from bidding.guards.templates import (
    drafts_are_few,
    items_are_offered,
    project_has_a_code,
    template_name_is_free,
)
from bidding.guards.versions import order_as_seen, version_of_templates
from bidding.models import OrderTemplate, Tender
from bidding.rulebook import rules_for
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Division, Organization, ServiceItem, User
from marketplace.web.versions import as_seen


@transaction.atomic
def save_template(
    *, tender: Tender, name: str, by: User, at: datetime, seen: str | None = None
) -> OrderTemplate:
    """
    Keep an order under a name, to begin others with its content; what it says then counts.

    Raises:
        Refused: its unit has a template of that name.
    """
    buyer = Organization.objects.lock(tender.buyer_id)
    require(*order_as_seen(tender, seen), template_name_is_free(buyer, name))
    template = OrderTemplate.objects.create(
        buyer=buyer, tender=tender, name=name, created_by=by, created_at=at
    )
    record(by=by, verb="template.saved", target=tender, at=at, organization=buyer, name=name)
    return template


@transaction.atomic
def use_template(
    *, template: OrderTemplate, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Begin an order with the content of a template.

    Raises:
        Refused: the item of the template is not offered on that day.
    """
    require(*as_seen(version_of_templates(template.buyer), seen))
    return copy_tender(tender=template.tender, by=by, at=at)


@transaction.atomic
def remove_template(
    *, template: OrderTemplate, by: User, at: datetime, seen: str | None = None
) -> OrderTemplate:
    """
    Keep an order as a template no longer; the order stays.

    Raises:
        Refused: the templates of the unit are others than were seen.
    """
    require(*as_seen(version_of_templates(template.buyer), seen))
    record(
        by=by,
        verb="template.removed",
        target=template.tender,
        at=at,
        organization=template.buyer,
        name=template.name,
    )
    template.delete()
    return template


@transaction.atomic
def draft_project(  # noqa: PLR0913 - whose, which project, what of it and where
    *,
    buyer: Organization,
    project_code: str,
    title: str,
    items: Sequence[ServiceItem],
    division: Division,
    by: User,
    at: datetime,
) -> list[Tender]:
    """
    Begin one order for each of several items of a project; each is submitted by itself.

    Raises:
        Refused: the code is none, an item is not offered on that day, or they are too many.
    """
    drafts = [planned_tender(buyer, item, division, by, at) for item in items]
    require(project_has_a_code(project_code), items_are_offered(items, at))
    plan = Tender(buyer=buyer, division=division)
    require(drafts_are_few(len(drafts), rules_for(plan, at)))
    for draft in drafts:
        draft.project_code = project_code
        draft.title = f"{title}{draft.item.name}"[:TITLE_MOST]
        draft.save()
        record(by=by, verb="tender.drafted", target=draft, at=at, organization=buyer)
    return drafts


TITLE_MOST = Tender._meta.get_field("title").max_length
