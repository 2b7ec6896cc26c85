"""What bidding adds to a person's workbench: where to go, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding import permissions
from bidding.guards.officers import officer_did_neither, officer_did_not_review
from bidding.models import Award, Contract, Tender
from bidding.pages.order_lines import order_lines
from bidding.pages.own import (
    awards_to_act_on,
    come_to_nothing,
    keys_of_matches,
    tenders_of_buyer,
)
from bidding.pages.own_bids import count_of_bids, recent_bids
from bidding.pages.queues import queue_counts, queue_of, queue_rows
from bidding.pages.terms import service_period
from bidding.selection.methods import METHODS
from marketplace.kernel.models import CalendarDay
from marketplace.models import User
from marketplace.parties import Party
from marketplace.web.workbench import Aside, NavItem, Todo

Text = str | Promise
LIMIT = 50
FEW = 4
REMEMBERED = timedelta(days=60)


def nav(party: Party, at: datetime) -> list[NavItem]:
    """Return the entries of bidding for what `party` may do."""
    items: list[NavItem] = []
    if permissions.can_bid(party):
        matches = len(keys_of_matches(party.organization, at))
        items += [
            NavItem(reverse("bidding:agency_matches"), _("可报名的采购"), "i-inbox", 20, matches),
            NavItem(reverse("bidding:agency_bids"), _("我的报名"), "i-lock", 21),
        ]
    if permissions.can_draft_tender(party):
        items.append(NavItem(reverse("bidding:buyer_tenders"), _("我的采购"), "i-pen", 22))
    if permissions.can_operate(party):
        counts = queue_counts(party)
        waiting = counts["review"] + counts["publish"] + counts["register"]
        items.append(
            NavItem(reverse("bidding:operator_tenders"), _("采购审核与登记"), "i-doc", 23, waiting)
        )
    if permissions.can_bid(party) or permissions.can_draft_tender(party):
        items.append(NavItem(reverse("bidding:contracts"), _("合同与履约"), "i-doc", 30))
    return items


def asides(party: Party, at: datetime) -> list[Aside]:
    """Return what stands by an agency's to-dos: orders that it may bid for, and its own bids."""
    if not permissions.can_bid(party):
        return []
    agency = party.organization
    own = {"rows": recent_bids(agency, at), "count": count_of_bids(agency)}
    return [
        Aside(
            "bidding/asides/matches.html",
            {"matches": order_lines(keys_of_matches(agency, at)[:FEW])},
            40,
        ),
        Aside("bidding/asides/bids.html", own, 50, is_wide=True),
    ]


def todos(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do in bidding."""
    found: list[Todo] = []
    if permissions.can_operate(party):
        found += _operator_todos(party, at)
    if permissions.can_draft_tender(party):
        found += _draft_todos(party)
        found += _rerun_todos(party, at)
    if permissions.can_bid(party) or permissions.can_draft_tender(party):
        found += _contract_todos(party)
    if permissions.can_bid(party):
        found += _naming_todos(party, at)
    return found


OFFICERS_ACTS: dict[str, tuple[Text, Text]] = {
    Tender.Status.SUBMITTED: (_("审核采购"), _("去审核")),
    Tender.Status.REVIEWED: (_("发布采购"), _("去发布")),
    Tender.Status.EVALUATED: (_("登记选取结果"), _("去登记")),
}


def _operator_todos(party: Party, at: datetime) -> Iterator[Todo]:
    """Yield the acts that four eyes leave to this officer."""
    waiting = queue_of(party, "").exclude(pk__in=Tender.objects.tied_to(party.user))
    own = islice(
        (row for row in waiting.iterator(chunk_size=LIMIT) if _is_third(row, party.user)), LIMIT
    )
    for row in queue_rows(own, at, CalendarDay.objects.work_calendar()):
        title, action = OFFICERS_ACTS[row.tender.status]
        yield Todo(
            title=title,
            subject=f"{row.tender}",
            url=reverse("bidding:operator_tender", args=[row.tender.slug]),
            action=action,
            due_at=row.due.ends_at if row.due else None,
            is_provisional=row.due is not None and row.due.provisional,
            source=_("审核、发布、登记由三人分别办理"),
            rule=row.rule,
        )


def _is_third(tender: Tender, officer: User) -> bool:
    """Tell whether the officer has done none of the acts before the next one."""
    if tender.status == Tender.Status.REVIEWED:
        return officer_did_not_review(tender, officer).holds
    return tender.status == Tender.Status.SUBMITTED or officer_did_neither(tender, officer).holds


def _draft_todos(party: Party) -> Iterator[Todo]:
    waiting = tenders_of_buyer(party).filter(
        status__in=[Tender.Status.DRAFT, Tender.Status.RETURNED]
    )
    drafts = list(waiting[:LIMIT])
    if not drafts and not Tender.objects.filter(buyer=party.organization).exists():
        yield Todo(
            title=_("发布第一项采购"),
            subject="",
            url=reverse("bidding:tender_new"),
            action=_("选服务事项"),
            source=_("贵单位还没有发布过采购：选事项、填需求、定方式，提交后由运营机构审核"),
        )
    for tender in drafts:
        is_returned = tender.status == Tender.Status.RETURNED
        yield Todo(
            title=_("按退回理由修改采购") if is_returned else _("继续填写采购"),
            subject=f"{tender}",
            url=reverse("bidding:tender_edit", args=[tender.slug, "need"]),
            action=_("去填写"),
        )


def _rerun_todos(party: Party, at: datetime) -> Iterator[Todo]:
    """Yield what found nobody, or lost its winner, until it is run again or a while has passed."""
    for tender in come_to_nothing(party, at - REMEMBERED)[:LIMIT]:
        is_failed = tender.status == Tender.Status.UNSUCCESSFUL
        yield Todo(
            title=_("流标，可以重新组织") if is_failed else _("中选结果已取消，可以重新组织"),
            subject=f"{tender}",
            url=reverse("bidding:buyer_tender", args=[tender.slug]),
            action=_("去重新组织"),
            source=_("平台默认：两个月内在这里提醒，不重新组织也可以"),
        )


def _naming_todos(party: Party, at: datetime) -> Iterator[Todo]:
    named = Tender.objects.public().open_at(at).filter(named_agency=party.organization)
    for line in order_lines(named.values_list("pk", flat=True)[:LIMIT]):
        method = METHODS[line.method]
        yield Todo(
            title=method.words.todo,
            subject=line.title,
            url=reverse("bidding:bid", args=[line.code]),
            action=method.words.todo_action,
            due_at=line.tender_period_end,
            is_provisional=line.is_end_provisional,
            rule=method.period_rule,
        )


def _contract_todos(party: Party) -> Iterator[Todo]:
    is_buyer = permissions.can_draft_tender(party)
    for award in awards_to_act_on(party, is_buyer=is_buyer)[:LIMIT]:
        todo = _contract_todo(award, is_buyer=is_buyer)
        if todo is not None:
            yield todo


def _signature_todo(award: Award, *, is_buyer: bool) -> Todo | None:
    """Return what a side does for the signature; nothing while the other has its text to answer."""
    own = award.tender.buyer_id if is_buyer else award.bid.agency_id
    contract: Contract | None = getattr(award, "contract", None)
    text = next(iter(contract.open_texts), None) if contract else None  # type: ignore[attr-defined]
    if text is not None and text.organization_id == own:
        return None
    return Todo(
        _("签订合同") if text is None else _("确认合同文本"),
        f"{award.tender}",
        reverse("bidding:contract", args=[award.tender.slug]),
        _("去签约") if text is None else _("去确认"),
        award.contract_due_at,
        award.is_end_provisional,
        rule="contract.sign",
    )


def _contract_todo(award: Award, *, is_buyer: bool) -> Todo | None:
    contract: Contract | None = getattr(award, "contract", None)
    url = reverse("bidding:contract", args=[award.tender.slug])
    subject = f"{award.tender}"
    if award.status == Award.Status.ACTIVE:
        return _signature_todo(award, is_buyer=is_buyer)
    if contract is None:
        return None
    if contract.status == Contract.Status.ACTIVE and not is_buyer:
        return Todo(
            _("交付成果"),
            subject,
            url,
            _("去交付"),
            contract.service_due_at,
            contract.is_due_provisional,
            source=_("依据：公告的服务期限，%(period)s") % {"period": service_period(award.tender)},
        )
    if contract.status == Contract.Status.DELIVERED and is_buyer:
        due_at, rule = contract.accept_due_at, "acceptance.window"
        return Todo(_("验收成果"), subject, url, _("去验收"), due_at, rule=rule)
    if contract.status == Contract.Status.ACCEPTED and is_buyer:
        return Todo(
            _("评价服务"),
            subject,
            url,
            _("去评价"),
            contract.rating_due_at,
            contract.is_due_provisional,
            rule="rating.window",
        )
    return None
