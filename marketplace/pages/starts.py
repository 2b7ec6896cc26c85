"""What somebody new on the workbench does first: a few steps for each role, each with its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.models import Membership
from marketplace.parties import Party
from marketplace.web.components import Text
from marketplace.web.workbench import Aside

Role = Membership.Role


@dataclass(frozen=True)
class FirstStep:
    """One thing to do first: `page` names where, and `why` says what comes of it."""

    label: Text
    page: str
    why: Text

    @property
    def url(self) -> str:
        return reverse(self.page)


SECOND_FACTOR = FirstStep(_("绑定二次验证"), "mfa_index", _("工作人员办理业务以前必须绑定"))
FILL_IN = FirstStep(_("填写入驻资料并提交"), "marketplace:admission", _("审核和公示后全省有效"))
FIND = FirstStep(_("看可报名的采购"), "bidding:agency_matches", _("只列出条件都符合的"))
BID = FirstStep(_("报价，看结果"), "bidding:agency_bids", _("报价密封，截止以前可以修改"))
PERFORM = FirstStep(_("签合同、交付成果"), "bidding:contracts", _("期限都在待办里提醒"))
BUY = FirstStep(_("发布采购"), "bidding:tender_new", _("选事项、填需求、定方式"))
FOLLOW = FirstStep(_("看采购进度和结果"), "bidding:buyer_tenders", _("到期自动开启报价并选取"))
ACCEPT = FirstStep(_("验收成果、评价机构"), "bidding:contracts", _("付款、验收、评价都有期限"))
CASES = FirstStep(_("办理信用案件"), "credit:case_list", _("告知、听取陈述申辩，再作决定"))
STANDING = FirstStep(_("查机构信用"), "credit:standing_list", _("本地区机构的分数和限制"))

STARTS: Mapping[str, Sequence[FirstStep]] = {
    Role.AGENCY_MANAGER: (FILL_IN, FIND, BID, PERFORM),
    Role.AGENCY_AGENT: (FIND, BID, PERFORM),
    Role.BUYER_MANAGER: (
        FirstStep(_("核对单位资料"), "marketplace:buyer_facts", _("核验后公告才能发布")),
        *(BUY, FOLLOW, ACCEPT),
    ),
    Role.BUYER_AGENT: (BUY, FOLLOW, ACCEPT),
    Role.OPERATOR: (
        SECOND_FACTOR,
        FirstStep(_("审核入驻申请"), "marketplace:admission_queue", _("等候最久的在前")),
        FirstStep(_("审核、发布、登记采购"), "bidding:operator_tenders", _("审核和发布由两人办理")),
    ),
    Role.REGULATOR: (SECOND_FACTOR, CASES, STANDING),
    Role.MANAGER: (
        SECOND_FACTOR,
        FirstStep(_("维护规则"), "marketplace:rule_proposals", _("一人提出，另一人确认")),
        FirstStep(_("邀请同事、设定角色"), "marketplace:members", _("办理业务的每个人都要有角色")),
    ),
    Role.INSPECTOR: (SECOND_FACTOR, STANDING),
    Role.EXPERT: (
        SECOND_FACTOR,
        FirstStep(_("答复邀请，给方案评分"), "marketplace:inbox", _("抽到以后在消息和待办里提醒")),
    ),
}


def first_steps(party: Party) -> list[FirstStep]:
    """Return what to do first in the roles that `party` holds, each step once."""
    steps = [step for role, steps in STARTS.items() if role in party.roles for step in steps]
    return list(dict.fromkeys(steps))


def start_of(party: Party) -> list[Aside]:
    """Return the panel with the first steps; none where no role has any."""
    steps = first_steps(party)
    context = {"steps": steps, "count": len(steps)}
    return [Aside("marketplace/_aside_start.html", context, 5)] if steps else []
