"""An agency's application in words: where it stands, its steps, its facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.models import Agency
from marketplace.templatetags.ui import cn_date
from marketplace.web.components import FUTURE, NOW, PAST, Fact, Step, Text

Status = Agency.Status


@dataclass(frozen=True)
class AdmissionState:
    """What the pages of an application show in its state; one of them at most holds."""

    is_returned: bool
    is_being_checked: bool
    is_in_publicity: bool
    is_active: bool


def admission_state(agency: Agency) -> AdmissionState:
    """Return where the application of `agency` stands."""
    return AdmissionState(
        is_returned=agency.status == Status.RETURNED,
        is_being_checked=agency.status == Status.SUBMITTED,
        is_in_publicity=agency.status == Status.PUBLICITY,
        is_active=agency.status == Status.ACTIVE,
    )


def admission_steps(agency: Agency) -> list[Step]:
    """Return the way into the register: what is done, what runs, what is to come."""
    status = agency.status
    is_open = status in {Status.DRAFT, Status.RETURNED}
    steps = [
        Step(_("登记"), PAST, agency.organization.registered_at),
        Step(
            _("填写资料"),
            NOW if is_open else PAST,
            note=_("退回修改") if agency.return_reasons else "",
        ),
        _check_step(agency),
        _publicity_step(agency),
        Step(_("全省有效"), PAST if status == Status.ACTIVE else FUTURE, agency.activated_at),
    ]
    if status == Status.WITHDRAWN:
        return [*steps[:2], Step(_("已退出"), NOW, agency.withdrawn_at)]
    return steps


def _check_step(agency: Agency) -> Step:
    if agency.status == Status.SUBMITTED:
        note = _("暂定") if agency.is_due_provisional else ""
        return Step(_("形式审核"), NOW, agency.check_due_at, _("至"), note)
    if agency.status in {Status.PUBLICITY, Status.ACTIVE}:
        return Step(_("形式审核"), PAST, agency.checked_at)
    return Step(_("形式审核"), FUTURE, note=_("提交后开始计时"))


def _publicity_step(agency: Agency) -> Step:
    if agency.status == Status.PUBLICITY:
        note = _("暂定") if agency.is_due_provisional else ""
        return Step(_("入驻公示"), NOW, agency.publicity_ends_at, _("至"), note)
    if agency.status == Status.ACTIVE:
        return Step(_("入驻公示"), PAST, agency.publicity_ends_at, _("至"))
    return Step(_("入驻公示"), FUTURE, note=_("审核通过后开始"))


FORM_STEPS = (
    ("admission_facts", gettext_lazy("基本情况")),
    ("admission_qualifications", gettext_lazy("资质")),
    ("admission_practitioners", gettext_lazy("执业人员")),
    ("admission_papers", gettext_lazy("证照材料")),
    ("admission_commitment", gettext_lazy("承诺并提交")),
)


def form_steps(current: str) -> list[Step]:
    """Return the pages of the application with where the reader is."""
    names = [name for name, _label in FORM_STEPS]
    here = names.index(current)
    return [
        Step(
            label,
            PAST if place < here else NOW if place == here else FUTURE,
            url=reverse(f"marketplace:{name}"),
        )
        for place, (name, label) in enumerate(FORM_STEPS)
    ]


def next_form_step(current: str) -> str:
    """Return the name of the page after `current`."""
    names = [name for name, _label in FORM_STEPS]
    return names[min(names.index(current) + 1, len(names) - 1)]


def agency_facts(agency: Agency, changed: Collection[str] = ()) -> list[Fact]:
    """Return what the application says; `changed` names facts to set off (is_strong)."""
    return [
        replace(fact, is_strong=True) if name in changed and fact.value else fact
        for name, fact in _agency_facts(agency).items()
    ]


def changed_labels(agency: Agency, changed: Collection[str]) -> list[Text]:
    """Return the labels of the facts named in `changed`."""
    return [fact.label for name, fact in _agency_facts(agency).items() if name in changed]


def _agency_facts(agency: Agency) -> dict[str, Fact]:
    organization = agency.organization
    return {
        "name": Fact(_("机构名称"), organization.name, is_wide=True),
        "uscc": Fact(_("统一社会信用代码"), organization.uscc),
        "nature": Fact(_("单位性质"), agency.get_nature_display()),
        "division": Fact(_("登记地"), organization.place),
        "size": Fact(_("企业规模"), organization.get_size_display()),
        "legal_representative": Fact(_("法定代表人"), organization.legal_representative),
        "founded_on": Fact(_("成立日期"), cn_date(agency.founded_on)),
        "registered_capital": Fact(_("注册资本"), _capital(agency)),
        "business_until": Fact(_("营业期限至"), cn_date(agency.business_until) or _("长期")),
        "address": Fact(_("登记地址"), organization.address, is_wide=True),
        "office_address": Fact(_("办公地址"), agency.office_address, is_wide=True),
        "contact_name": Fact(_("联系人"), organization.contact_name),
        "contact_phone": Fact(_("联系电话"), organization.contact_phone),
        "contact_email": Fact(_("联系邮箱"), organization.contact_email),
        "business_scope": Fact(_("经营范围"), agency.business_scope, is_wide=True),
        "introduction": Fact(_("机构简介"), agency.introduction, is_wide=True),
    }


def _capital(agency: Agency) -> str:
    if agency.registered_capital is None:
        return ""
    return _("%(amount)s 万元") % {"amount": f"{agency.registered_capital:,.2f}"}
