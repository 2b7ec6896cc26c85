"""What each page that asks before an act on a case says: its question, and what follows."""

from __future__ import annotations

from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext as _

from credit.models import Case, Measure, Repair, Review
from credit.pages.acts import Asked
from credit.pages.cases import effects_of_signing
from marketplace.kernel.verdicts import Verdict
from marketplace.templatetags.ui_moments import moment

Verdicts = tuple[Verdict, ...]


def notice(case: Case, verdicts: Verdicts) -> Asked:
    """Ask before notice is given."""
    effects = [
        _("告知书和证据立即送达当事单位的通知和邮箱，当事单位可以查阅证据。"),
        _("陈述申辩期开始计算；期满或者陈述后，由承办人以外的人员审核。"),
        _("现在不产生任何限制，报名、选取、签约照常。"),
    ]
    if case.restricts_practice:
        effects.append(_("拟采取的措施限制从业，当事单位可以要求听证。"))
    lead = _("送达后不能收回，事实、依据和拟作处理不能再改。")
    return Asked(_("送达告知书"), _("送达告知书"), lead, effects, verdicts)


def aside(verdicts: Verdicts) -> Asked:
    """Ask before no notice is given."""
    effects = [
        _("案件关闭，当事单位不会知道有过这条线索。"),
        _("理由留存备查，以后发现新的事实可以另行立案。"),
    ]
    return Asked(_("不予立案"), _("不予立案"), "", effects, verdicts)


def decision(case: Case, verdicts: Verdicts, at: datetime) -> Asked:
    """Ask before a decision is signed."""
    label = _("签署“%(measure)s”决定") % {"measure": case.measure_word}
    effects = [
        *effects_of_signing(case, at),
        _("决定书送达后，当事单位可以申请复核一次，也可以依法申请行政复议或者提起行政诉讼。"),
    ]
    return Asked(_("作出决定"), label, _("签署时立即发生，全省同步生效："), effects, verdicts)


def dismissal(verdicts: Verdicts) -> Asked:
    """Ask before a case is closed without a sanction."""
    effects = [_("案件办结，不产生限制，不记入信用记录。"), _("理由送达当事单位。")]
    return Asked(_("不予处理"), _("不予处理"), "", effects, verdicts)


def revocation(case: Case, verdicts: Verdicts) -> Asked:
    """Ask before a decision is taken back."""
    effects = [
        _("限制自现在起解除，当事单位立即收到通知。"),
        _("由决定形成的扣分不再计算，同一件事另有决定或者平台记录的除外。"),
        _("决定作出时失效的报价不恢复。"),
    ]
    lead = _("决定书 %(number)s") % {"number": case.decision_number}
    return Asked(_("撤销决定"), _("撤销决定"), lead, effects, verdicts)


def hearing(verdicts: Verdicts) -> Asked:
    """Ask for time and place of a hearing."""
    effects = [
        _("时间、地点立即通知当事单位；再次通知的，以后一次为准。"),
        _("听证由承办人以外的人员主持。"),
    ]
    return Asked(_("通知听证"), _("通知听证"), "", effects, verdicts, is_grave=False)


def hearing_end(verdicts: Verdicts) -> Asked:
    """Ask for the minutes of a hearing."""
    effects = [
        _("笔录存入案卷，当事单位可以查阅；提交的人是主持人。"),
        _("决定期限自听证结束开始计算。"),
    ]
    return Asked(_("结束听证"), _("提交笔录，结束听证"), "", effects, verdicts)


def suspension(verdicts: Verdicts) -> Asked:
    """Ask before the effect of a decision is suspended."""
    effects = [
        _("限制自现在起停止执行，报名、选取、签约照常，直到作出复核决定。"),
        _("期限照常计算；决定作出时失效的报价不恢复。"),
        _("复核维持决定的，自复核决定作出时恢复执行。"),
    ]
    return Asked(_("停止执行"), _("停止执行"), "", effects, verdicts)


def review(it: Review, verdicts: Verdicts) -> Asked:
    """Ask for what comes of a review."""
    effects = [
        _("复核决定由没有参加立案和决定的人员作出，送达后立即生效，不能再次申请复核。"),
        _("变更的，期限自决定生效之日起重新计算，已经期满的立即终止。"),
        _("撤销的，限制立即解除，由决定形成的扣分不再计算。"),
    ]
    lead = format_html(
        _("机构于 {at} 申请复核：{grounds}"), at=moment(it.filed_at), grounds=it.grounds
    )
    return Asked(_("作出复核决定"), _("作出复核决定"), lead, effects, verdicts)


def repair(it: Repair, verdicts: Verdicts) -> Asked:
    """Ask for what comes of an application for repair."""
    effects = [
        _("准予修复的，信用限制立即解除，决定书的公示立即终止。"),
        _("信用记录按信用评价方案继续计分到期，不因修复改写。"),
        _("不予修复的写明理由，纠正后可以再次申请。"),
    ]
    lead = format_html(
        _("机构于 {at} 申请：{correction}"), at=moment(it.filed_at), correction=it.correction
    )
    return Asked(_("审核信用修复"), _("作出审核决定"), lead, effects, verdicts)


def hand_over(verdicts: Verdicts) -> Asked:
    """Ask to whom a case goes."""
    effects = [_("同事立即收到通知；期限照常计算。"), _("交接的人和理由留存备查。")]
    return Asked(_("交给同事办理"), _("交给同事"), "", effects, verdicts, is_grave=False)


def recusal(verdicts: Verdicts) -> Asked:
    """Ask before somebody stands back."""
    effects = [_("您不能再办理这个案件，回避不能撤回。"), _("案件回到办理机关待分配。")]
    return Asked(_("申请回避"), _("确认回避"), "", effects, verdicts)


def own_review(case: Case, verdicts: Verdicts) -> Asked:
    """Ask the party for the grounds of a review."""
    effects = [
        _("复核由没有参加立案和决定的人员办理，只有一次。"),
        _("复核期间决定照常执行；有必要的，复核人员可以写明理由停止执行。"),
        _("申请复核不影响依法申请行政复议或者提起行政诉讼。"),
    ]
    lead = _("决定书 %(number)s") % {"number": case.decision_number}
    return Asked(_("申请复核"), _("申请复核"), lead, effects, verdicts)


def own_repair(case: Case, verdicts: Verdicts) -> Asked:
    """Ask the party for what a repair needs."""
    is_blocking = case.restriction_kind != Measure.WARNING
    ended = (
        _("准予修复的，信用限制和公示立即终止。")
        if is_blocking
        else _("准予修复的，公示立即终止。")
    )
    effects = [ended, _("信用记录按信用评价方案继续计分到期。")]
    lead = _("决定书 %(number)s") % {"number": case.decision_number}
    return Asked(_("申请信用修复"), _("申请信用修复"), lead, effects, verdicts)
