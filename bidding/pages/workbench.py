"""What bidding adds to a person's workbench: where to go, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding import links, periods, permissions
from bidding.models import Award, Contract, Dispute, Inspection, Seat, Tender
from bidding.models.deadlines import DisputeDeadline
from bidding.pages.choices import waiting_for_choice
from bidding.pages.disputes import disputes_waiting_for
from bidding.pages.explanations import Waiting, waiting_for_bidder, waiting_for_judge
from bidding.pages.openings import orders_waiting_for
from bidding.pages.order_lines import order_lines
from bidding.pages.own import first_matches, orders_naming
from bidding.pages.own_awards import OwnAward, awards_to_act_on
from bidding.pages.own_bids import count_of_bids, recent_bids
from bidding.pages.own_orders import come_to_nothing, drafts_of
from bidding.pages.panels import due_of, seats_waiting_for
from bidding.pages.pushes import waiting_projects
from bidding.pages.questions import waiting_for_answer
from bidding.pages.queues import first_waiting, queue_rows, waiting_for
from bidding.rulebook import rules_for
from bidding.rules.bids import COST_EXPLAIN, COST_JUDGE
from bidding.rules.disputes import DISPUTE_ANSWER, DISPUTE_CHECK, DISPUTE_DECIDE
from bidding.rules.methods import AUCTION_COUNTDOWN
from bidding.rules.notices import ANSWER_UNTIL
from bidding.rules.openings import SEAL_THRESHOLD
from bidding.selection.methods import METHODS
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.models.ends import ends_of
from marketplace.kernel.statements import statement
from marketplace.parties import Party
from marketplace.web.workbench import Aside, NavItem, Todo

Text = str | Promise
FEW = 4
REMEMBERED = timedelta(days=60)


def nav(party: Party, at: datetime) -> list[NavItem]:
    """Return the entries of bidding for what `party` may do."""
    items: list[NavItem] = []
    if permissions.can_bid(party):
        matches = NavItem(reverse("bidding:agency_matches"), _("可报名的采购"), "i-inbox", 20)
        items += [
            matches.counting(first_matches(party.organization, at)),
            NavItem(reverse("bidding:agency_bids"), _("我的报名"), "i-lock", 21),
        ]
    if permissions.can_draft_tender(party):
        items.append(NavItem(reverse("bidding:buyer_tenders"), _("我的采购"), "i-pen", 22))
    if permissions.can_operate(party):
        queues = NavItem(reverse("bidding:operator_tenders"), _("采购审核与登记"), "i-doc", 23)
        items.append(queues.counting(first_waiting(prefix=party.organization.division.prefix)))
    items += _panel_nav(party)
    if permissions.can_bid(party) or permissions.can_draft_tender(party):
        items.append(NavItem(reverse("bidding:contracts"), _("合同与履约"), "i-doc", 30))
    if permissions.can_file_dispute(party):
        items.append(NavItem(reverse("bidding:own_disputes"), _("我的异议与投诉"), "i-alert", 35))
    if permissions.can_see_disputes(party):
        items.append(NavItem(reverse("bidding:disputes"), _("异议与投诉"), "i-alert", 35))
        items.append(NavItem(reverse("bidding:reports"), _("举报办理"), "i-inbox", 36))
    return [*items, *_inspections_nav(party)]


def _inspections_nav(party: Party) -> list[NavItem]:
    if permissions.can_bid(party):
        return [NavItem(reverse("bidding:own_inspections"), _("随机检查"), "i-check", 55)]
    if permissions.can_plan_inspections(party):
        return [
            NavItem(reverse("bidding:inspection_list"), _("随机检查"), "i-check", 55),
            NavItem(reverse("bidding:inspection_new"), _("公布检查计划"), "i-pen", 56),
        ]
    return []


def _panel_nav(party: Party) -> Iterator[NavItem]:
    """Yield what an expert sees, and who keeps the pool."""
    if permissions.can_sit(party):
        yield NavItem(reverse("bidding:seats"), _("专家评审"), "i-check", 20)
    if permissions.can_keep_experts(party):
        yield NavItem(reverse("bidding:expert_list"), _("专家库"), "i-users", 24)


def asides(party: Party, at: datetime) -> list[Aside]:
    """Return what stands by an agency's to-dos: orders that it may bid for, and its own bids."""
    if not permissions.can_bid(party):
        return []
    agency = party.organization
    own = {"rows": recent_bids(agency, at), "count": count_of_bids(agency)}
    return [
        Aside(
            "bidding/asides/matches.html",
            {"matches": order_lines(first_matches(agency, at)[:FEW])},
            40,
        ),
        Aside("bidding/asides/bids.html", own, 50, is_wide=True),
    ]


def todos(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do in bidding."""
    found: list[Todo] = []
    if permissions.can_sit(party):
        found += _seat_todos(party)
    if permissions.can_operate(party):
        found += _operator_todos(party, at)
    if permissions.can_open(party):
        found += _opening_todos(party)
    if permissions.can_draft_tender(party):
        found += _pushed_todos(party)
        found += _draft_todos(party)
        found += _rerun_todos(party, at)
        found += _question_todos(party, at)
        found += _choice_todos(party)
        found += map(_judge_todo, waiting_for_judge(party))
    if permissions.can_bid(party) or permissions.can_draft_tender(party):
        found += _contract_todos(party)
    if permissions.can_bid(party):
        found += _naming_todos(party, at)
        found += _hall_todos(party)
        found += map(_explain_todo, waiting_for_bidder(party))
    if permissions.can_plan_inspections(party):
        found += _inspection_todos(party)
    return [*found, *_dispute_todos(party)]


OFFICERS_ACTS: dict[str, tuple[Text, Text]] = {
    Tender.Status.SUBMITTED: (_("审核采购"), _("去审核")),
    Tender.Status.REVIEWED: (_("发布采购"), _("去发布")),
    Tender.Status.EVALUATED: (_("登记选取结果"), _("去登记")),
}


def _operator_todos(party: Party, at: datetime) -> Iterator[Todo]:
    """Yield the acts that four eyes leave to this officer."""
    for row in queue_rows(waiting_for(party), at, CalendarDay.objects.work_calendar()):
        title, action = OFFICERS_ACTS[row.tender.status]
        yield Todo(
            title=title,
            subject=str(row.tender),
            url=reverse("bidding:operator_tender", args=[row.tender.slug]),
            action=action,
            due_at=row.due.ends_at if row.due else None,
            is_provisional=row.due is not None and row.due.provisional,
            source=_("审核、发布、登记由三人分别办理"),
            rule=row.rule,
        )


def _opening_todos(party: Party) -> Iterator[Todo]:
    """Yield the orders that wait for a share which this officer may give."""
    for slug, title in orders_waiting_for(party):
        yield Todo(
            title=_("交出密钥，开启报价"),
            subject=title,
            url=reverse("bidding:operator_give_share", args=[slug]),
            action=_("去开启"),
            source=_("不同单位的两名工作人员各交出一份"),
            rule=SEAL_THRESHOLD.key,
        )


def _seat_todos(party: Party) -> Iterator[Todo]:
    """Yield the invitations to answer and the sheets to hand in."""
    for seat, title, rule in seats_waiting_for(party):
        yield Todo(
            title=title,
            subject=str(seat.tender),
            url=links.to_seat(seat),
            action=_("去办理"),
            due_at=due_of(seat),
            rule=rule,
        )


def _pushed_todos(party: Party) -> Iterator[Todo]:
    for pushed in waiting_projects(party.organization):
        yield Todo(
            title=_("审批系统推送的项目"),
            subject=str(pushed),
            url=links.to_pushed(pushed),
            action=_("去起草"),
        )


def _draft_todos(party: Party) -> Iterator[Todo]:
    drafts = drafts_of(party)
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
            subject=str(tender),
            url=reverse("bidding:tender_edit", args=[tender.slug, "need"]),
            action=_("去填写"),
        )


def _rerun_todos(party: Party, at: datetime) -> Iterator[Todo]:
    """Yield what found nobody, or lost its winner, until it is run again or a while has passed."""
    for tender in come_to_nothing(party, at - REMEMBERED):
        is_failed = tender.status == Tender.Status.UNSUCCESSFUL
        yield Todo(
            title=_("流标，可以重新组织") if is_failed else _("中选结果已取消，可以重新组织"),
            subject=str(tender),
            url=reverse("bidding:buyer_tender", args=[tender.slug]),
            action=_("去重新组织"),
            source=_("平台默认：两个月内在这里提醒，不重新组织也可以"),
        )


def _question_todos(party: Party, at: datetime) -> Iterator[Todo]:
    for question in waiting_for_answer(party):
        tender = question.tender
        end = tender.tender_period_end
        yield Todo(
            title=_("答复提问"),
            subject=str(tender),
            url=links.to_question(question),
            action=_("去答复"),
            due_at=periods.answers_end(end, rules_for(tender, at)) if end else None,
            is_provisional=tender.is_end_provisional,
            rule=ANSWER_UNTIL.key,
        )


def _choice_todos(party: Party) -> Iterator[Todo]:
    for order in waiting_for_choice(party):
        yield Todo(
            title=order.words.choosing,
            subject=order.heading,
            url=reverse("bidding:tender_choose", args=[order.slug]),
            action=order.words.choosing_action,
            due_at=order.due_at,
            rule=order.rule,
        )


def _judge_todo(waiting: Waiting) -> Todo:
    return _cost_todo(waiting, _("审核异常低价的成本说明"), _("去审核"), COST_JUDGE.key)


def _explain_todo(waiting: Waiting) -> Todo:
    return _cost_todo(waiting, _("说明异常低价的成本"), _("去说明"), COST_EXPLAIN.key)


def _cost_todo(waiting: Waiting, title: Text, action: Text, rule: str) -> Todo:
    return Todo(
        title=title,
        subject=waiting.subject,
        url=waiting.url,
        action=action,
        due_at=waiting.due_at,
        is_provisional=waiting.is_provisional,
        rule=rule,
    )


def _hall_todos(party: Party) -> Iterator[Todo]:
    """Yield the halls that are open and have a seat for the agency."""
    for code, title, ends_at in _open_halls(agency=party.organization.pk):
        yield Todo(
            title=_("正在竞价"),
            subject=title,
            url=reverse("bidding:hall", args=[code]),
            action=_("进入竞价大厅"),
            due_at=ends_at,
            rule=AUCTION_COUNTDOWN.key,
        )


@statement
def _open_halls(*, agency: int) -> QuerySet[Seat, tuple[str | None, str, datetime]]:
    seats = Seat.objects.filter(bid__agency=agency, hall__tender__status=Tender.Status.BIDDING)
    return seats.order_by("pk").values_list(
        "hall__tender__code", "hall__tender__title", "hall__ends_at"
    )


WAITING_FOR: dict[str, tuple[Text, Text, str, str]] = {
    Dispute.Status.FILED: (
        *(_("决定是否受理"), _("去受理")),
        *(DISPUTE_CHECK.key, DisputeDeadline.CHECK),
    ),
    Dispute.Status.ANSWERING: (
        *(_("答复异议或者投诉"), _("去答复")),
        *(DISPUTE_ANSWER.key, DisputeDeadline.ANSWER),
    ),
    Dispute.Status.ANSWERED: (
        *(_("对投诉作出处理决定"), _("去决定")),
        *(DISPUTE_DECIDE.key, DisputeDeadline.DECISION),
    ),
}


def _dispute_todos(party: Party) -> Iterator[Todo]:
    """Yield what waits for the own answer, or for this officer's check or decision."""
    found = disputes_waiting_for(party)
    ends = ends_of([dispute.pk for dispute in found])
    for dispute in found:
        title, action, rule, deadline = WAITING_FOR[dispute.status]
        is_ours = dispute.status == Dispute.Status.ANSWERING
        to = links.to_own_dispute if is_ours else links.to_dispute
        yield Todo(
            title=title,
            subject=f"{dispute.title} {dispute.number}",
            url=to(dispute),
            action=action,
            due_at=ends.of(deadline, dispute.pk),
            is_provisional=ends.is_provisional(dispute.pk, deadline),
            rule=rule,
        )


def _inspection_todos(party: Party) -> Iterator[Todo]:
    """Yield the checks to which this inspector was drawn."""
    checks = Inspection.objects.open().of_inspector(party.user, party.organization)
    for check in checks.with_relations():
        yield Todo(
            title=_("检查机构，填报结果"),
            subject=check.agency.name,
            url=links.to_inspection(check),
            action=_("去检查"),
            due_at=check.due_at,
            source=check.plan.title,
        )


def _naming_todos(party: Party, at: datetime) -> Iterator[Todo]:
    for line in order_lines(orders_naming(party.organization, at)):
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
    for award in awards_to_act_on(party, is_buyer=is_buyer):
        todo = _contract_todo(award, is_buyer=is_buyer)
        if todo is not None:
            yield todo


def _signature_todo(award: OwnAward, *, is_buyer: bool) -> Todo | None:
    """Return what a side does for the signature; nothing while the other has its text to answer."""
    own = award.buyer if is_buyer else award.agency
    if award.text_of == own:
        return None
    is_new = award.text_of is None
    return Todo(
        _("签订合同") if is_new else _("确认合同文本"),
        str(award),
        reverse("bidding:contract", args=[award.slug]),
        _("去签约") if is_new else _("去确认"),
        award.contract_due_at,
        award.is_end_provisional,
        rule="contract.sign",
    )


def _contract_todo(award: OwnAward, *, is_buyer: bool) -> Todo | None:
    """Return the act of one of the `awards_to_act_on`."""
    if award.status == Award.Status.ACTIVE:
        return _signature_todo(award, is_buyer=is_buyer)
    url, subject = reverse("bidding:contract", args=[award.slug]), str(award)
    if award.contract_status == Contract.Status.ACTIVE:
        return Todo(
            _("交付成果"),
            subject,
            url,
            _("去交付"),
            award.service_due_at,
            award.is_due_provisional,
            source=_("依据：公告的服务期限，%(period)s") % {"period": award.service_period},
        )
    if award.contract_status == Contract.Status.DELIVERED:
        due_at, rule = award.accept_due_at, "acceptance.window"
        return Todo(_("验收成果"), subject, url, _("去验收"), due_at, rule=rule)
    return Todo(
        _("评价服务"),
        subject,
        url,
        _("去评价"),
        award.rating_due_at,
        award.is_due_provisional,
        rule="rating.window",
    )
