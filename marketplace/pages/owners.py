"""Owners and their check: the officers' queue, and what each side has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.statements import Prefix, statement
from marketplace.models import Buyer, BuyerQuerySet
from marketplace.web.components import DocumentCard, Order, Tab, document_card
from marketplace.web.workbench import ASKED, Todo

Status = Buyer.Status


def owners_to_check(prefix: str) -> Iterator[Todo]:
    """Yield the owners of the area that wait for their check, the longest first."""
    for buyer in _waiting(prefix):
        place = buyer.organization.division.full_name
        yield Todo(
            title=_("核验项目业主"),
            subject=_("%(name)s（%(place)s）") % {"name": buyer, "place": place},
            url=reverse("marketplace:owner_check", args=[buyer.organization.slug]),
            action=_("核验"),
        )


def own_corrections(organization: int) -> Iterator[Todo]:
    """Yield what an officer asked the owner to correct."""
    for reasons in _returned(organization):
        url = reverse("marketplace:buyer_facts")
        yield Todo(_("按退回理由补正单位资料"), reasons, url, _("查看理由"))


@statement
def _waiting(prefix: Prefix) -> QuerySet[Buyer]:
    waiting = Buyer.objects.queued(prefix, Status.REGISTERED)
    return waiting.select_related("organization__division__parent")[:ASKED]


@statement
def _returned(organization: int) -> QuerySet[Buyer, str]:
    returned = Buyer.objects.filter(pk=organization, status=Status.RETURNED)
    return returned.values_list("return_reasons", flat=True)


@dataclass(frozen=True)
class OwnerRow:
    """An owner in the queue."""

    buyer: Buyer
    url: str
    is_waiting: bool


def owner_rows(buyers: Iterable[Buyer]) -> list[OwnerRow]:
    """Return owners, each with the page of its check."""
    return [
        OwnerRow(
            one,
            reverse("marketplace:owner_check", args=[one.organization.slug]),
            one.status == Status.REGISTERED,
        )
        for one in buyers
    ]


def owner_orders() -> list[Order]:
    """Return how a queue can be sorted; the first order, which names nothing, is its own."""
    return [
        Order("oldest", gettext_lazy("最早登记的在前"), ()),
        Order("newest", gettext_lazy("最近登记的在前"), ("-organization__registered_at", "-pk")),
    ]


def sorted_owners(queue: BuyerQuerySet, order: Order) -> BuyerQuerySet:
    """Return a queue of owners in this order."""
    return queue.order_by(*order.by) if order.by else queue


def owner_tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """Return the queues of owners as tabs with how many are in each."""
    url = reverse("marketplace:owner_queue")
    return [
        Tab(Status(status).label, f"{url}?status={status}", status == current, count)
        for status, count in counts.items()
    ]


def letter_card(buyer: Buyer) -> DocumentCard | None:
    """Return the card of the owner's letter of authority, or None without one."""
    letter = buyer.authority_letter
    if letter is None:
        return None
    url = reverse("marketplace:owner_letter", args=[buyer.organization.slug])
    return document_card(letter, url, letter.uploaded_at)
