"""What each page says that asks before an act on a plan of inspections or a check."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.kernel.verdicts import Verdict
from marketplace.web.asking import Asked

Verdicts = tuple[Verdict, ...]


def publish() -> Asked:
    """Ask before a plan is published."""
    effects = [
        _("计划立即公布，不能修改。"),
        _("抽取用的种子现在就确定，公布它的承诺值；抽取时公开种子，任何人都可以核对。"),
        _("检查谁、由谁检查，到时由平台抽取，没有人能指定。"),
    ]
    return Asked(_("公布检查计划"), _("公布计划"), "", effects, (), is_grave=False)


def report(verdicts: Verdicts) -> Asked:
    """Ask before the result of a check is published."""
    effects = [
        _("逐项结果和检查结果立即公布，不能修改；机构收到通知。"),
        _("检查情况和材料只有机构和监管部门能看到。"),
        _("移送的，立即立案核查，检查材料作为证据。"),
    ]
    return Asked(_("填报检查结果"), _("公布检查结果"), "", effects, verdicts)


def step_aside(verdicts: Verdicts) -> Asked:
    """Ask before an inspector hands a check to the next in line."""
    effects = [
        _("签序中的下一名检查人员递补，立即收到通知；不能收回。"),
        _("您的姓名和理由在检查页面公布。"),
    ]
    return Asked(_("不能参加检查"), _("不参加，由下一名递补"), "", effects, verdicts)
