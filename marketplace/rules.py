"""The rules of taking part: admission, certificates, people and files. Pure."""

from __future__ import annotations

from datetime import timedelta

from marketplace.kernel.declarations import Declaration, Declared, Dimension, Override
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.durations import LONGEST_WAIT
from marketplace.kernel.kinds import Days, DaysBefore, Period, Whole, share

LEVEL = Dimension("level", {"province": _("省级"), "city": _("市级"), "county": _("县级")})
"""The level of an authority, as `Division.Level`."""
LONGEST_WAIT_SECONDS = LONGEST_WAIT // timedelta(seconds=1)
DAYS = ("working_day", "calendar_day")
TIME = ("hour", *DAYS)

FORMAL_CHECK = Declaration(
    key="onboarding.formal_check",
    kind=Period(units=TIME, least=1),
    label=_("入驻形式审核，收到申请后"),
    sentence=_("中介服务机构提交入驻申请后，运营机构在 {value}内完成形式审核。"),
    consumer="marketplace.actions.admissions.deadlines.formal_check_ends",
    override=Override.ONLY_LESS,
)
PUBLICITY = Declaration(
    key="onboarding.publicity",
    kind=Period(units=DAYS),
    label=_("入驻公示，形式审核通过后"),
    sentence=_("形式审核通过后公示 {value}，公示期满无异议的在全省生效。"),
    consumer="marketplace.actions.admissions.deadlines._publicity",
)
NEAR_EXPIRY = Declaration(
    key="qualification.near_expiry",
    kind=Period(units=("calendar_day",), most=3650),
    label=_("资质证书标明临近到期，到期前"),
    sentence=_("资质证书到期前 {value}起，标明临近到期。"),
    consumer="marketplace.pages.certificates.certificate_rows",
)
WARN_DAYS: Declaration[Days] = Declaration(
    key="qualification.warn_days",
    kind=DaysBefore(most=3650),
    label=_("执照、资质证书到期提醒，到期前"),
    sentence=_("执照、资质证书到期前 {value}各提醒一次，0 日是有效期的最后一天。"),
    consumer="marketplace.actions.admissions.expiry.warn_days",
)
INVITATION_LIFE = Declaration(
    key="invitation.life",
    kind=Period(units=TIME, least=1, most=365),
    label=_("加入单位的邀请，发出后有效"),
    sentence=_("加入单位的邀请发出后 {value}内有效。"),
    consumer="marketplace.actions.memberships._expiry",
)
RELEASE = Declaration(
    key="practitioner.release",
    kind=Period(units=DAYS, least=1),
    label=_("原机构答复执业人员转出，收到申请后"),
    sentence=_("原机构收到执业人员转出申请后，在 {value}内答复；期满没有答复的，由运营机构办理。"),
    consumer="marketplace.actions.move_steps.release_ends",
)
RELEASE_REMINDER = Declaration(
    key="practitioner.release_reminder",
    kind=Period(units=TIME, least=1),
    label=_("提醒原机构答复执业人员转出，期满前"),
    sentence=_("答复期限届满前 {value}，提醒还没有答复的原机构。"),
    consumer="marketplace.actions.move_steps.release_reminder",
)
CONTROL_SHARE = Declaration(
    key="ownership.control_share",
    kind=share(least=1, most=99),
    label=_("认定为控股的出资比例，超过"),
    sentence=_("直接和间接合计出资超过 {value}的，认定为控股。"),
    consumer="marketplace.ties.limits_of",
)
CONTROL_DEPTH = Declaration(
    key="ownership.depth",
    kind=Whole(least=1, most=20),
    label=_("股权关系向上追溯，最多"),
    sentence=_("认定控股关系时最多向上追溯 {value} 层。"),
    consumer="marketplace.ties.limits_of",
)
RULES: tuple[Declared, ...] = (
    FORMAL_CHECK,
    PUBLICITY,
    NEAR_EXPIRY,
    WARN_DAYS,
    INVITATION_LIFE,
    RELEASE,
    RELEASE_REMINDER,
    CONTROL_SHARE,
    CONTROL_DEPTH,
)
