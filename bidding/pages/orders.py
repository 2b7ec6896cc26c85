"""The facts of an order in words: what everybody may know of it and of its contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Contract, Tender
from bidding.pages.steps import contract_of
from bidding.pages.terms import service_end, service_period
from bidding.selection.methods import METHODS, method_name, method_of, rule_sentences
from marketplace.templatetags.ui_figures import money_in_full
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Text


def order_facts(tender: Tender) -> list[dict[str, Any]]:
    """Return the facts of a published order for the facts list."""
    service_class = tender.item.service_class
    facts: list[dict[str, Any]] = [
        {"label": _("项目业主"), "value": tender.buyer.name},
        {"label": _("服务地点"), "value": tender.division.full_name},
        {
            "label": _("服务事项"),
            "value": tender.item.name,
            "url": reverse("bidding:item", args=[tender.item.code]),
        },
        {"label": _("服务类别"), "value": service_class.name if service_class else ""},
        {
            "label": _("最高限价"),
            "value": money_in_full(tender.ceiling) or _("未设"),
            "strong": True,
        },
        {"label": _("限价依据"), "value": tender.price_basis},
        {"label": _("资金来源"), "value": tender.get_fund_display()},
        {"label": _("选取方式"), "value": method_name(tender.method)},
        *_method_facts(tender),
        {
            "label": _("服务期限"),
            "value": service_period(tender),
        },
        {"label": _("项目规模"), "value": tender.scale},
        {"label": _("统一项目代码"), "value": tender.project_code, "wide": True},
    ]
    if tender.rulebook:
        facts.append(
            {
                "label": _("规则版本"),
                "value": _("%(number)s，发布时固定") % {"number": tender.rulebook.number},
                "url": reverse("marketplace:rulebook_version", args=[tender.rulebook.sha256]),
            }
        )
    return facts


def _method_facts(tender: Tender) -> Iterable[dict[str, Any]]:
    method = METHODS.get(tender.method)
    return method.facts(tender) if method else ()


def entry_facts(tender: Tender) -> list[dict[str, Any]]:
    """Return what an agency should know of when: the deadline, the opening, or that it was."""
    if tender.evaluated_at:
        return [{"label": _("开启报价并选取"), "value": moment(tender.evaluated_at, "short")}]
    method = method_of(tender)
    if method.settles_on_entry:
        until = moment(tender.tender_period_end, "deadline-short")
        return [{"label": method.words.deadline, "value": until}]
    return [{"label": _("开启报价并选取"), "value": moment(tender.opening_at, "short")}]


def public_entry_facts(tender: Tender) -> list[dict[str, Any]]:
    """Return the same for everybody; how many have signed up is said when it is shown."""
    facts = entry_facts(tender)
    if method_of(tender).settles_on_entry:
        return facts
    return [{"label": _("已报名家数"), "value": _("开启报价后公开")}, *facts]


def notice_of(tender: Tender, at: datetime) -> dict[str, Any]:
    """Return a draft as the public will see it; what is not filled in yet stays open."""
    is_ruled = bool(tender.method and tender.fund)
    return {
        "tender": tender,
        "facts": order_facts(tender),
        "rules": rule_sentences(tender, at) if is_ruled else [],
    }


def contract_facts(tender: Tender) -> list[dict[str, Any]]:
    """Return what everybody may know of a signed contract: its terms and moments, not its files."""
    contract = contract_of(tender.award)
    if contract is None or contract.signed_at is None:
        return []
    facts: list[dict[str, Any]] = [
        {"label": _("合同编号"), "value": contract.number, "long": True},
        {"label": _("合同金额"), "value": money_in_full(contract.amount), "strong": True},
        {"label": _("签订"), "value": moment(contract.signed_at)},
        {"label": _("备案"), "value": moment(contract.filed_at)},
        {"label": _("服务期限至"), "value": service_end(contract)},
        {"label": _("交付"), "value": _happened(contract.delivered_at)},
        {"label": _("验收"), "value": _happened(contract.accepted_at)},
        {"label": _("业主评价"), "value": _rating_word(contract)},
    ]
    if contract.terminated_at:
        facts.append({"label": _("终止"), "value": moment(contract.terminated_at)})
    return facts


def _happened(at: datetime | None) -> Text:
    return moment(at) if at else _("尚未")


def _rating_word(contract: Contract) -> Text:
    if contract.rated_at is None:
        return _("尚未")
    return moment(contract.rated_at) if contract.is_rated_by_buyer else _("期满未评价")
