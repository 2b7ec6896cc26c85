"""The facts of an order in words: what everybody may know of it and of its contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Contract, Tender
from bidding.pages.steps import contract_of
from bidding.pages.terms import funds_in_words, quote_in_words, service_end, service_period
from bidding.selection.methods import METHODS, method_name, method_of, rule_sentences
from marketplace.templatetags.ui_figures import money_in_full
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact, Text


def order_facts(tender: Tender) -> list[Fact]:
    """Return the facts of a published order for the facts list."""
    service_class = tender.item.service_class
    facts: list[Fact] = [
        _buyer_fact(tender),
        Fact(_("服务地点"), tender.division.full_name),
        Fact(_("服务事项"), tender.item.name, url=reverse("bidding:item", args=[tender.item.code])),
        Fact(_("服务类别"), service_class.name if service_class else ""),
        Fact(_("最高限价"), money_in_full(tender.ceiling) or _("未设"), is_strong=True),
        *_floor(tender),
        *_quote(tender),
        Fact(_("限价依据"), tender.price_basis),
        Fact(_("资金来源"), funds_in_words(tender)),
        Fact(_("选取方式"), method_name(tender.method)),
        *_method_facts(tender),
        Fact(_("服务期限"), service_period(tender)),
        Fact(_("项目规模"), tender.scale),
        Fact(_("统一项目代码"), tender.project_code, is_wide=True),
    ]
    if tender.rulebook:
        facts.append(
            Fact(
                _("规则版本"),
                _("%(number)s，发布时固定") % {"number": tender.rulebook.number},
                url=reverse("marketplace:rulebook_version", args=[tender.rulebook.sha256]),
            )
        )
    return facts


def _buyer_fact(tender: Tender) -> Fact:
    """Name the buyer, with the way to its page; of a natural person there is none."""
    buyer = tender.buyer
    has_page = tender.is_published and not buyer.is_person
    url = reverse("bidding:owner", args=[buyer.slug]) if has_page else ""
    return Fact(_("项目业主"), buyer.name, url=url)


def _floor(tender: Tender) -> Iterable[Fact]:
    """Yield the lowest price where there is one; most orders have none, and say nothing of it."""
    if tender.floor is not None:
        yield Fact(_("最低限价"), money_in_full(tender.floor), is_strong=True)


def _quote(tender: Tender) -> Iterable[Fact]:
    """Yield what bidders write where that is no amount."""
    if said := quote_in_words(tender):
        yield Fact(_("报价方式"), said)


def _method_facts(tender: Tender) -> Iterable[Fact]:
    method = METHODS.get(tender.method)
    return method.facts(tender) if method else ()


def entry_facts(tender: Tender) -> list[Fact]:
    """Return what an agency should know of when: the deadline, the opening, or that it was."""
    if tender.evaluated_at:
        return [Fact(_("开启报价并选取"), moment(tender.evaluated_at, "short"))]
    method = method_of(tender)
    if method.settles_on_entry:
        until = moment(tender.tender_period_end, "deadline-short")
        return [Fact(method.words.deadline, until)]
    return [Fact(_("开启报价并选取"), moment(tender.opening_at, "short"))]


def public_entry_facts(tender: Tender) -> list[Fact]:
    """Return the same for everybody; how many have signed up is said when it is shown."""
    facts = entry_facts(tender)
    if method_of(tender).settles_on_entry:
        return facts
    return [Fact(_("已报名家数"), _("开启报价后公开")), *facts]


def notice_of(tender: Tender, at: datetime) -> dict[str, Any]:
    """Return a draft as the public will see it; what is not filled in yet stays open."""
    is_ruled = bool(tender.method and tender.fund)
    return {
        "tender": tender,
        "facts": order_facts(tender),
        "rules": rule_sentences(tender, at) if is_ruled else [],
    }


def contract_facts(tender: Tender) -> list[Fact]:
    """Return what everybody may know of a signed contract: its terms and moments, not its files."""
    contract = contract_of(tender.award)
    if contract is None or contract.signed_at is None:
        return []
    facts: list[Fact] = [
        Fact(_("合同编号"), contract.number, is_long=True),
        Fact(_("合同金额"), money_in_full(contract.amount), is_strong=True),
        Fact(_("签订"), moment(contract.signed_at)),
        Fact(_("备案"), moment(contract.filed_at)),
        Fact(_("服务期限至"), service_end(contract)),
        Fact(_("交付"), _happened(contract.delivered_at)),
        Fact(_("验收"), _happened(contract.accepted_at)),
        Fact(_("业主评价"), _rating_word(contract)),
    ]
    if contract.terminated_at:
        facts.append(Fact(_("终止"), moment(contract.terminated_at)))
    return facts


def _happened(at: datetime | None) -> Text:
    return moment(at) if at else _("尚未")


def _rating_word(contract: Contract) -> Text:
    if contract.rated_at is None:
        return _("尚未")
    return moment(contract.rated_at) if contract.is_rated_by_buyer else _("期满未评价")
