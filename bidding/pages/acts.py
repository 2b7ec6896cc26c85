"""The acts on an order that more than one page offers."""

from __future__ import annotations

from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding import links
from bidding.guards.amendments import may_amend
from bidding.guards.bids import may_decline_order
from bidding.guards.choices import may_choose
from bidding.guards.parts import (
    may_add_papers,
    may_avoid,
    may_divide,
    may_exempt,
    may_invite,
)
from bidding.guards.questions import may_answer, may_ask
from bidding.guards.tenders import may_cancel, may_delete, may_return
from bidding.models import Question, Tender
from bidding.rulebook import rules_for
from bidding.selection.methods import is_scored
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization, User
from marketplace.web.acts import Act


def decline_act(tender: Tender, agency: Organization, at: datetime) -> Act:
    """Return the act by which the named agency says no."""
    url = reverse("bidding:bid_decline", args=[tender.code])
    verdicts = may_decline_order(tender, agency, at)
    return Act("bid_decline", _("谢绝这次选取"), url, verdicts, kind="danger")


def return_act(tender: Tender, by: User, at: datetime, form: BaseForm) -> Act:
    """Return the act by which an officer sends an order back to its buyer."""
    url = reverse("bidding:operator_return", args=[tender.slug])
    verdicts = may_return(tender, by, at)
    label, summary = _("退回并告知理由"), _("退回修改")
    return Act("operator_return", label, url, verdicts, form, summary, "danger")


def ask_act(tender: Tender, agency: Organization, at: datetime, form: BaseForm) -> Act:
    """Return the act by which an agency asks about an order."""
    url = reverse("bidding:question_ask", args=[tender.code])
    return Act("question_ask", _("提交问题"), url, may_ask(tender, agency, at), form)


def answer_act(question: Question, at: datetime, form: BaseForm) -> Act:
    """Return the act by which a buyer answers for everybody."""
    url = links.to_question(question)
    return Act("question_answer", _("公开答复"), url, may_answer(question, at), form)


def cancel_act(tender: Tender, at: datetime) -> Act:
    """Return the act by which a buyer calls an order off."""
    url = reverse("bidding:tender_cancel", args=[tender.slug])
    return Act("tender_cancel", _("取消采购"), url, may_cancel(tender, at), kind="danger")


def add_papers_act(tender: Tender, at: datetime, form: BaseForm) -> Act:
    """Return the act by which a buyer adds papers to a draft."""
    url = reverse("bidding:tender_papers_add", args=[tender.slug])
    verdicts = may_add_papers(tender, 1, rules_for(tender, at))
    label = _("添加材料")
    return Act("tender_papers_add", label, url, verdicts, form, label, "secondary")


def avoid_act(tender: Tender, at: datetime, form: BaseForm) -> Act:
    """Return the act by which a buyer avoids an agency."""
    url = reverse("bidding:tender_avoid", args=[tender.slug])
    verdicts = may_avoid(tender, None, rules_for(tender, at))
    label = _("列为回避机构")
    return Act("tender_avoid", label, url, verdicts, form, label, "secondary")


def divide_act(tender: Tender, form: BaseForm) -> Act:
    """Return the act by which a buyer divides a draft into lots."""
    url = reverse("bidding:tender_divide", args=[tender.slug])
    label = _("分包")
    return Act("tender_divide", label, url, may_divide(tender), form, label, "secondary")


def exempt_act(tender: Tender, form: BaseForm) -> Act:
    """Return the act by which a buyer says why a check of limits does not bind a draft."""
    url = reverse("bidding:tender_exempt", args=[tender.slug])
    label = _("添加豁免")
    return Act("tender_exempt", label, url, may_exempt(tender, None), form, label, "secondary")


def invite_act(tender: Tender, at: datetime, form: BaseForm) -> Act:
    """Return the act by which a buyer invites a witness."""
    url = reverse("bidding:tender_invite", args=[tender.slug])
    verdicts = may_invite(tender, None, rules_for(tender, at))
    label = _("邀请见证人")
    return Act("tender_invite", label, url, verdicts, form, label, "secondary")


def amend_act(tender: Tender, at: datetime, form: BaseForm) -> Act:
    """Return the act by which a buyer changes an order that takes bids."""
    url = reverse("bidding:tender_amend", args=[tender.slug])
    return Act("tender_amend", _("公布变更"), url, may_amend(tender, at), form)


def choose_act(tender: Tender, form: BaseForm) -> Act:
    """Return the act by which a buyer chooses of those whom the selection listed."""
    url = reverse("bidding:tender_choose", args=[tender.slug])
    label = _("提交评分") if is_scored(tender) else _("选定这家机构")
    return Act("tender_choose", label, url, may_choose(tender), form)


def delete_act(tender: Tender, at: datetime) -> Act:
    """Return the act by which a buyer throws a draft away."""
    url = reverse("bidding:tender_delete", args=[tender.slug])
    return Act("tender_delete", _("删除草稿"), url, may_delete(tender, at), kind="danger")


def public_value_act(tender: Tender, verdicts: tuple[Verdict, ...], form: BaseForm) -> Act:
    """Return the act by which an officer enters what the public source said."""
    url = reverse("bidding:operator_public_value", args=[tender.slug])
    return Act("operator_public_value", _("录入公共随机数"), url, verdicts, form)


def give_share_act(tender: Tender, verdicts: tuple[Verdict, ...], form: BaseForm) -> Act:
    """Return the act by which an officer gives the share that the office holds."""
    url = reverse("bidding:operator_give_share", args=[tender.slug])
    return Act("operator_give_share", _("交出密钥"), url, verdicts, form)
