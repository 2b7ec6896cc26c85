"""What each page says that asks before an act on an objection or a complaint."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bidding.guards import disputes as guards
from bidding.models import Dispute
from marketplace.kernel.verdicts import Verdict
from marketplace.web.asking import Asked

Verdicts = tuple[Verdict, ...]


def _runs_on(dispute: Dispute) -> list[str]:
    """Say what becomes of what stands still."""
    return [_("因此中止的采购或者公示恢复，期限按中止的工作日顺延。")] if dispute.suspends else []


def accept(dispute: Dispute, verdicts: Verdicts) -> Asked:
    """Ask before it is taken up."""
    effects = [
        _("立即送达%(name)s，答复期限开始计算。") % {"name": dispute.respondent.name},
        _("提出单位收到受理通知。受理人不能作出处理决定。"),
    ]
    return Asked(_("受理"), _("受理"), "", effects, verdicts, is_grave=False)


def refuse(dispute: Dispute, verdicts: Verdicts) -> Asked:
    """Ask before it is not taken up."""
    effects = [_("理由送达提出单位。更正后可以在期限内再次提出。"), *_runs_on(dispute)]
    return Asked(_("不予受理"), _("不予受理"), "", effects, verdicts)


def answer(dispute: Dispute, verdicts: Verdicts) -> Asked:
    """Ask before the other side answers."""
    after = (
        _("办理机关在期限内作出处理决定。")
        if dispute.is_complaint
        else _("提出单位可以在期限内投诉；认可答复或者期满没有投诉的，异议办结。")
    )
    effects = [_("答复和材料立即送达提出单位和办理机关，不能修改。"), after]
    return Asked(_("答复"), _("提交答复"), "", effects, verdicts, is_grave=False)


def withdraw(dispute: Dispute) -> Asked:
    """Ask before it is taken back."""
    effects = [_("不再办理，同一事项不能再次提出。"), *_runs_on(dispute)]
    return Asked(_("撤回"), _("撤回"), "", effects, (guards.dispute_is_pending(dispute),))


def settle(dispute: Dispute) -> Asked:
    """Ask before an answer is accepted."""
    effects = [_("异议办结，不再投诉。"), *_runs_on(dispute)]
    verdicts = (guards.objection_was_answered(dispute),)
    return Asked(_("认可答复"), _("认可答复，办结"), "", effects, verdicts)


def decide(dispute: Dispute, verdicts: Verdicts) -> Asked:
    """Ask before a complaint is decided."""
    effects = [
        _("决定立即送达双方，隐去个人信息后向社会公开。"),
        *_runs_on(dispute),
        _("撤销中选结果的，双方立即收到通知；业主可以重新组织选取。"),
    ]
    return Asked(_("作出处理决定"), _("签署处理决定"), "", effects, verdicts)


def close(verdicts: Verdicts) -> Asked:
    """Ask before it is noted how a decision was carried out."""
    effects = [_("办结说明送达双方，并向社会公开。")]
    return Asked(_("办结"), _("办结"), "", effects, verdicts, is_grave=False)


def recuse(verdicts: Verdicts) -> Asked:
    """Ask before an officer stands back."""
    effects = [_("您不能再办理，由其他人员办理；不能收回。")]
    return Asked(_("申请回避"), _("回避"), "", effects, verdicts)
