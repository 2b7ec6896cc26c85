"""What every order demands of an agency; nothing else can be demanded of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.models import AvoidedAgency, Tender
from credit import measures
from credit.models import Restriction, StandingCheck
from marketplace.guards.requirements import bases, names_of, reasons
from marketplace.holdings import holdings_of
from marketplace.kernel.calendar import day_of
from marketplace.kernel.known import asked_once
from marketplace.kernel.laws import cite
from marketplace.kernel.statements import statement
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Organization, ServiceItem
from marketplace.requirements import Answer, ask
from marketplace.web.moments import cn_date

# until when the licence of each agency on the register runs, the day included; None has no end
Register = dict[int, date | None]


def on_register(agencies: Collection[int]) -> Register:
    """Return those of `agencies`, by primary key, that are on the register."""
    return dict(_register(tuple(agencies)))


@asked_once
def _register(agencies: tuple[int, ...]) -> list[tuple[int, date | None]]:
    return _on_register(agencies)


@statement
def _on_register(agencies: Sequence[int]) -> QuerySet[Any, tuple[int, date | None]]:
    active = Agency.objects.filter(organization__in=agencies, status=Agency.Status.ACTIVE)
    return active.values_list("organization_id", "business_until")


def is_licensed(until: date | None, at: datetime) -> bool:
    """Tell whether a licence that runs until a day, this included, holds at `at`."""
    return until is None or day_of(at) <= until


def answers(agencies: Collection[int], item: ServiceItem, at: datetime) -> dict[int, Answer]:
    """Ask each of `agencies`, by primary key, for what `item` requires."""
    requirement = item.requires
    held = holdings_of(agencies, at, [requirement])
    return {key: ask(requirement, held[key]) for key in agencies}


def qualified(agencies: Collection[int], item: ServiceItem, at: datetime) -> frozenset[int]:
    """Return those of `agencies`, by primary key, that have what `item` asks for at `at`."""
    return frozenset(key for key, answer in answers(agencies, item, at).items() if answer.holds)


@guard(_("机构还没有入驻，或者已经退出"), source=cite("江西省网上中介服务超市管理办法"))
def agency_is_admitted(agency: Organization, register: Register | None = None) -> bool:
    return agency.pk in (on_register([agency.pk]) if register is None else register)


@guard(_("机构的营业期限已于 %(until)s 届满，变更登记以前不能承接"))
def agency_is_licensed(
    agency: Organization, at: datetime, register: Register | None = None
) -> bool | Because:
    """Ask it of an agency on the register; of another, `agency_is_admitted` says enough."""
    until = (on_register([agency.pk]) if register is None else register).get(agency.pk)
    return is_licensed(until, at) or Because(until=cn_date(until))


@guard(_("机构不具备“%(item)s”的承接条件：%(reasons)s"))
def agency_is_qualified(
    agency: Organization, item: ServiceItem, at: datetime, answer: Answer | None = None
) -> bool | Because:
    """Ask what the item requires, or read the `answer` that an act has asked for and stored."""
    answer = answer or answers([agency.pk], item, at)[agency.pk]
    if answer.holds:
        return True
    said = Because(item=item.name, reasons=reasons(answer, names_of(item)))
    return said.resting_on(bases(answer))


@guard(_("%(who)s处于信用限制期，限制在全省生效"))
def agency_is_unrestricted(
    agency: Organization, item: ServiceItem, at: datetime, check: StandingCheck | None = None
) -> bool | Because:
    """Ask credit, or read the answer that was stored when an act asked it under the lock."""
    if check.is_clear if check else not measures.is_restricted(agency, at, item.service_class):
        return True
    head = measures.openly_restricted_head(agency, at, item.service_class)
    return Because(who=_head_office(head) if head else _("机构"))


def _head_office(decided: Restriction) -> str:
    said = {"head": decided.organization.name, "number": decided.case.decision_number}
    return str(_("总机构%(head)s（决定书 %(number)s）") % said)


@guard(_("机构经核查不符合参加条件"))
def agency_is_eligible(agency: Organization, item: ServiceItem, at: datetime) -> bool:
    """Answer the same in words that name no restriction, for one that is not published."""
    return not measures.is_restricted(agency, at, item.service_class)


@guard(_("贵单位处于信用限制期，期满或者解除以前不能报名"))
def no_restriction_is_on_every_class(agency: Organization, at: datetime) -> bool:
    return not measures.is_restricted(agency, at)


def may_take_orders(agency: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold of an agency whatever it signs up for."""
    register = on_register([agency.pk])
    return (
        agency_is_admitted(agency, register),
        agency_is_licensed(agency, at, register),
        no_restriction_is_on_every_class(agency, at),
    )


def may_be_named(agency: Organization, item: ServiceItem, at: datetime) -> Verdict:
    """Ask whether a buyer may name `agency`; the buyer reads the refusal."""
    verdict = agency_is_unrestricted(agency, item, at)
    if verdict.holds or measures.is_openly_restricted(agency, at, item.service_class):
        return verdict
    return agency_is_eligible(agency, item, at)


@guard(_("公告把机构列为回避机构，理由：%(reasons)s"))
def agency_is_not_avoided(tender: Tender, agency: Organization) -> bool | Because:
    """The reason is public with the order, and an officer has read it before."""
    avoided = _avoided.one(tender.pk, agency.pk)
    return avoided is None or Because(reasons=avoided.reasons)


@statement
def _avoided(order: int, agency: int) -> QuerySet[AvoidedAgency]:
    return AvoidedAgency.objects.filter(tender=order, agency=agency)


@guard(_("项目业主不能参加自己的采购"))
def agency_is_not_the_buyer(tender: Tender, agency: Organization) -> bool:
    return tender.buyer_id != agency.pk


@guard(_("这是直接选取，只有公告所列机构可以答复"))
def agency_is_named(tender: Tender, agency: Organization) -> bool:
    return tender.named_agency_id == agency.pk


def may_work_for(
    tender: Tender,
    agency: Organization,
    at: datetime,
    check: StandingCheck | None = None,
    answer: Answer | None = None,
) -> tuple[Verdict, ...]:
    """Ask what must hold of an agency to sign up; `check` and `answer` are what was stored."""
    register = on_register([agency.pk])
    return (
        agency_is_not_the_buyer(tender, agency),
        agency_is_admitted(agency, register),
        agency_is_licensed(agency, at, register),
        agency_is_qualified(agency, tender.item, at, answer),
        agency_is_unrestricted(agency, tender.item, at, check),
    )
