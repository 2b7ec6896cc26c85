"""May an approval system send a project to an owner, and may the owner draft its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.models import PushedProject
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Buyer
from marketplace.names import name_key

LABELS = {field.name: field.verbose_name for field in PushedProject._meta.fields}


@guard(
    _(
        "没有以这个统一社会信用代码登记的项目业主。请项目单位先在平台登记为项目业主，"
        "运营机构核验以后再推送"
    )
)
def owner_is_registered(owner: Buyer | None) -> bool:
    return owner is not None


@guard(
    _(
        "项目业主的核验状态是“%(status)s”。请项目业主在工作台补齐核验需要的材料，"
        "运营机构核验以后再推送"
    )
)
def owner_was_checked(owner: Buyer) -> bool | Because:
    label = Buyer.Status(owner.status).label
    return owner.status == Buyer.Status.CHECKED or Because(status=label)


@guard(
    _("名称与这个统一社会信用代码登记的项目业主不一致。请核对名称和代码，同一单位的名称须一致"),
    source=FORM,
)
def owner_has_this_name(owner: Buyer, name: str) -> bool:
    return name_key(owner.organization.name) == name_key(name)


@guard(
    _(
        "这个项目的这一事项已经推送过，%(fields)s与上次不同，没有改动。"
        "请项目业主在采购草稿中修改，或者按上次的内容推送"
    ),
    source=FORM,
)
def says_what_it_said(known: PushedProject, said: Mapping[str, Any]) -> bool | Because:
    """What was told to an owner is not exchanged under their hands."""
    other = [name for name, value in said.items() if getattr(known, name) != value]
    labels = (str(LABELS[name]) for name in other)
    return not other or Because(fields="、".join(labels))


@guard(_("这个项目已经起草了采购，请打开草稿继续填写"))
def project_waits_for_an_order(pushed: PushedProject) -> bool:
    return pushed.tender_id is None


@guard(_("这个项目已经退回：%(reasons)s"))
def project_is_not_dismissed(pushed: PushedProject) -> bool | Because:
    return pushed.dismissed_at is None or Because(reasons=pushed.dismissal_reasons)


@guard(_("请写明退回的理由"), source=FORM)
def dismissal_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


def may_take_up(pushed: PushedProject) -> tuple[Verdict, ...]:
    """Ask whether a project still waits, for its order or to be dismissed."""
    return project_waits_for_an_order(pushed), project_is_not_dismissed(pushed)


def may_push(owner: Buyer, name: str) -> tuple[Verdict, ...]:
    """Ask whether a registered owner takes a project under this name."""
    return (owner_was_checked(owner), owner_has_this_name(owner, name))
