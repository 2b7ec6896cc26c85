"""Orders as rows: the words for where one stands, and the questions that are asked of many."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import OrderDeadline
from bidding.models.rounds import JOINED, PLACE, of_round
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.models import Division, Membership, Organization, User

if TYPE_CHECKING:
    from bidding.models.tender import Tender


class TenderStatus(models.TextChoices):
    """Where an order stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回修改")
    REVIEWED = "reviewed", _("待发布")
    ACTIVE = "active", _("报名中")
    CLOSED = "closed", _("等待选取")
    BIDDING = "bidding", _("正在竞价")
    EVALUATED = "evaluated", _("选取中")
    COMPLETE = "complete", _("已选取")
    UNSUCCESSFUL = "unsuccessful", _("流标")
    CANCELLED = "cancelled", _("已取消")


GIVEN_UP = Q(status=TenderStatus.CANCELLED, published_at__isnull=True)
"""Orders that their buyer cancelled before anybody else knew of them."""


OF_ROUND = {"seal", "selection", "award", "hall"}
"""What an order has one of in each round."""


class TenderQuerySet(LockingQuerySet["Tender"]):
    """Orders by where they stand."""

    def public(self) -> TenderQuerySet:
        """Orders that anybody may see: published, also when they failed or were cancelled after."""
        return self.filter(published_at__isnull=False)

    def open_at(self, at: datetime) -> TenderQuerySet:
        """Orders that take sign-ups at `at`."""
        return self.closing_after(at).filter(status=TenderStatus.ACTIVE)

    def closing_after(self, at: datetime) -> TenderQuerySet:
        """Orders whose sign-up ends later than `at`."""
        return self.filter(Q(sign_up__ends_at__gt=at))

    def answerable_by(self, agency: Organization | int) -> TenderQuerySet:
        """Orders that name nobody, or `agency`: whom one names, alone may answer."""
        return self.filter(Q(named_agency__isnull=True) | Q(named_agency=agency))

    def by_closing(self) -> TenderQuerySet:
        """Orders by the end of their sign-up, the next one first."""
        return self.order_by(F("sign_up__ends_at"), "pk")

    def joinable(self) -> TenderQuerySet:
        """
        Orders by which `seal`, `hall`, `selection`, `award` and `sign_up` can be joined.

        They name of several rows the one that counts: that of the round which the order is in, and
        the deadline of its sign-up. What nobody names is not joined.
        """
        sign_up = Q(deadlines__kind=OrderDeadline.SIGN_UP)
        rows: Any = (
            self  # to the type checker an alias is an attribute, and these are there already
        )
        joinable: TenderQuerySet = rows.alias(
            seal=of_round("seals"),
            selection=of_round("selections"),
            award=of_round("awards", PLACE),
            hall=of_round("halls"),
            sign_up=FilteredRelation("deadlines", condition=sign_up),
        )
        return joinable

    def joined_with(self, *names: str) -> TenderQuerySet:
        """Orders with `seal`, `selection` or `award`, and what these lead to, in the same query."""
        rows: Any = self  # the type checker knows fields only
        of_round = {name.partition("__")[0] for name in names} & OF_ROUND
        joined: TenderQuerySet = rows.select_related(*names).annotate(
            **{JOINED.format(name): F(f"{name}__pk") for name in sorted(of_round)}
        )
        return joined

    def with_deadlines(self) -> TenderQuerySet:
        """Orders with the deadlines of their own, of their awards and of the contracts of these."""
        return self.prefetch_related(
            deadlines_of(), deadlines_of("awards"), deadlines_of("awards__contract")
        )

    def of_buyers_of(self, person: User | int) -> TenderQuerySet:
        """Orders that the person drafted, or whose buyer the person works for."""
        units = Membership.objects.active().filter(user=person).values("organization")
        return self.filter(Q(created_by=person) | Q(buyer__in=units))

    def naming_agencies_of(self, person: User | int) -> TenderQuerySet:
        """Orders that name an agency which the person works for."""
        units = Membership.objects.active().filter(user=person).values("organization")
        return self.filter(named_agency__in=units)

    def opened_with_bidders_of(self, person: User | int) -> TenderQuerySet:
        """Opened orders with a bid of an agency which the person works for."""
        units = Membership.objects.active().filter(user=person).values("organization")
        with_bid = self.filter(evaluated_at__isnull=False, bids__agency__in=units)
        return self.filter(pk__in=with_bid.values("pk"))

    def tied_to(self, person: User | int) -> TenderQuerySet:
        """Orders in which the person is on a side, so that it is no officer for them."""
        return self.filter(self._ties_of(person))

    def untied_to(self, person: User | int) -> TenderQuerySet:
        """The others; to leave out `tied_to` would read every order to find them."""
        return self.exclude(self._ties_of(person))

    def _ties_of(self, person: User | int) -> Q:
        units = Membership.objects.active().filter(user=person).values("organization")
        orders = TenderQuerySet(self.model)
        ties = (
            # `of_buyers_of` in two: each is read by an index of its own
            orders.filter(created_by=person),
            orders.filter(buyer__in=units),
            orders.naming_agencies_of(person),
            orders.opened_with_bidders_of(person),
        )
        return reduce(or_, (Q(pk__in=tied.values("pk")) for tied in ties))

    def left_by_four_eyes(self, officer: int) -> TenderQuerySet:
        """Orders before whose next act the officer has done none; what the guards say of one."""
        was_reviewer = Q(status=TenderStatus.REVIEWED, reviewed_by=officer)
        did_either = Q(reviewed_by=officer) | Q(published_by=officer)
        return self.exclude(was_reviewer).exclude(did_either, status=TenderStatus.EVALUATED)

    def taking_over(self, earlier: Tender) -> TenderQuerySet:
        """The next round of `earlier`, if there is one; a draft that was cancelled is none."""
        return self.filter(previous=earlier).exclude(GIVEN_UP)

    def within(self, division: Division) -> TenderQuerySet:
        """Orders whose place is `division` or lies below it."""
        return self.filter(division__code__startswith=division.prefix)

    def for_lists(self) -> TenderQuerySet:
        """Orders with what a list row and its stage need, in one query and one for deadlines."""
        rows = self.prefetch_related(deadlines_of())
        return rows.joined_with(
            "buyer", "item__service_class", "division__parent", "award__contract"
        )

    def with_details(self) -> TenderQuerySet:
        """Orders with what their own pages show: the rules, both sides, who acted."""
        return self.joined_with(
            *("buyer", "item__service_class", "division__parent", "rulebook", "seal"),
            *("award__contract", "award__bid__agency", "named_agency", "previous", "selection"),
            *("created_by", "reviewed_by", "published_by", "registered_by"),
        )


OrderManager = models.Manager.from_queryset(TenderQuerySet)


class TenderManager(OrderManager):
    """Orders, with the names of what counts of each."""

    def get_queryset(self) -> TenderQuerySet:  # type: ignore[override]  # stubs lose the row
        """Return all orders."""
        if self._db is not None:
            return TenderQuerySet(self.model, using=self._db).joinable()
        all_orders: TenderQuerySet = self._all.all()
        return all_orders

    @cached_property
    def _all(self) -> TenderQuerySet:
        """All orders, with the names made once: every look at an order begins here."""
        return TenderQuerySet(self.model).joinable()
