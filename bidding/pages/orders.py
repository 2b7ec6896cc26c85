"""The order page in words: its facts and the steps of its life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Contract, Tender
from bidding.models.stages import WORDS
from bidding.rulebook import bound_rules
from bidding.rules import CONTRACT_SIGN, RESULT_PUBLICITY
from bidding.selection.methods import METHODS, method_name, method_of, rule_sentences
from bidding.stages import stage_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.wording import in_words
from marketplace.templatetags.ui import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import FUTURE, NOW, PAST, Step, Text


def _award(tender: Tender) -> Award | None:
    return getattr(tender, "award", None)


def _contract(award: Award | None) -> Contract | None:
    return getattr(award, "contract", None) if award else None


def order_steps(tender: Tender) -> list[Step]:
    """Return the steps of an order: known ones with their moment, the others with their rule."""
    if tender.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.CANCELLED}:
        return _ended_steps(tender)
    award = _award(tender)
    rules = bound_rules(tender.rulebook) if tender.rulebook else None
    return [
        Step(_("发布"), PAST, tender.published_at),
        *_selection_steps(tender),
        *_award_steps(award, rules),
        *_contract_steps(_contract(award), award, tender, rules),
    ]


def _ended_steps(tender: Tender) -> list[Step]:
    is_failed = tender.status == Tender.Status.UNSUCCESSFUL
    return [
        Step(_("发布"), PAST, tender.published_at),
        Step(_("报名"), PAST, tender.closed_at, _("至") if tender.closed_at else ""),
        Step(_("流标") if is_failed else _("已取消"), NOW, tender.ended_at),
    ]


def _selection_steps(tender: Tender) -> Iterator[Step]:
    is_open = tender.status == Tender.Status.ACTIVE
    label = _("报名中") if is_open else _("报名")
    note = _provisional(is_open and tender.is_end_provisional)
    yield Step(label, NOW if is_open else PAST, tender.tender_period_end, _("至"), note)
    if tender.status in {Tender.Status.CLOSED, Tender.Status.ACTIVE}:
        yield Step(_("开启报价并选取"), FUTURE if is_open else NOW, tender.opening_at)
    else:
        is_waiting = tender.status == Tender.Status.EVALUATED
        yield Step(
            _("开启报价并选取"),
            NOW if is_waiting else PAST,
            tender.evaluated_at,
            note=_("等待登记") if is_waiting else "",
        )


def _award_steps(award: Award | None, rules: Rules | None) -> Iterator[Step]:
    if award is None:
        period = in_words(rules[RESULT_PUBLICITY]) if rules else ""
        yield Step(_("结果公示"), FUTURE, note=period)
        yield Step(_("中选通知书"), FUTURE, note=_("公示期满"))
        return
    is_pending = award.status == Award.Status.PENDING
    note = _provisional(is_pending and award.is_end_provisional)
    yield Step(_("结果公示"), NOW if is_pending else PAST, award.publicity_ends_at, _("至"), note)
    if award.status == Award.Status.CANCELLED:
        yield Step(_("结果已取消"), NOW, award.cancelled_at)
    elif is_pending:
        yield Step(_("中选通知书"), FUTURE, note=_("公示期满"))
    else:
        yield Step(_("中选通知书"), PAST, award.awarded_at)


def _contract_steps(
    contract: Contract | None, award: Award | None, tender: Tender, rules: Rules | None
) -> Iterator[Step]:
    if award is not None and award.status == Award.Status.CANCELLED:
        return
    if contract is None or contract.signed_at is None:
        yield _signing_step(award, rules)
        days = _("%(days)s 个工作日") % {"days": tender.service_days or ""}
        yield Step(_("服务与验收"), FUTURE, note=days)
        yield Step(_("评价"), FUTURE)
        return
    yield Step(_("签约"), PAST, contract.signed_at)
    if contract.accepted_at is None:
        note = _provisional(contract.is_due_provisional)
        yield Step(_("服务与验收"), NOW, contract.service_due_at, _("至"), note)
        yield Step(_("评价"), FUTURE)
        return
    yield Step(_("服务与验收"), PAST, contract.accepted_at)
    yield from _rating_steps(contract)


def _signing_step(award: Award | None, rules: Rules | None) -> Step:
    if award is not None and award.contract_due_at is not None:
        note = _provisional(award.is_end_provisional)
        return Step(_("签约"), NOW, award.contract_due_at, _("至"), note)
    rule = _("%(period)s内") % {"period": in_words(rules[CONTRACT_SIGN])} if rules else ""
    return Step(_("签约"), FUTURE, note=rule)


def _rating_steps(contract: Contract) -> Iterator[Step]:
    if contract.rated_at is None:
        note = _provisional(contract.is_due_provisional)
        yield Step(_("评价"), NOW, contract.rating_due_at, _("至"), note)
        return
    word = "" if contract.is_rated_by_buyer else _("业主未评价")
    yield Step(_("评价"), PAST if contract.archived_at else NOW, contract.rated_at, note=word)
    if contract.archived_at:
        yield Step(_("归档"), PAST, contract.archived_at)


def _provisional(is_provisional: bool) -> Text:  # noqa: FBT001 - the row's own word
    """Return the word for a deadline in a year whose holidays are not published yet."""
    return _("暂定") if is_provisional else ""


def _service_days(tender: Tender) -> Text:
    if tender.service_days is None:
        return ""
    return _("签约起 %(days)s 个工作日") % {"days": tender.service_days}


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
            "value": money(tender.ceiling) if tender.ceiling else _("未设"),
            "strong": True,
        },
        {"label": _("限价依据"), "value": tender.price_basis},
        {"label": _("资金来源"), "value": tender.get_fund_display()},
        {"label": _("选取方式"), "value": method_name(tender.method)},
        *_method_facts(tender),
        {
            "label": _("服务期限"),
            "value": _service_days(tender),
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


def contract_facts(tender: Tender) -> list[dict[str, Any]]:
    """Return what everybody may know of a signed contract: its terms and moments, not its files."""
    contract = _contract(_award(tender))
    if contract is None or contract.signed_at is None:
        return []
    facts: list[dict[str, Any]] = [
        {"label": _("合同编号"), "value": contract.number, "long": True},
        {"label": _("合同金额"), "value": money(contract.amount), "strong": True},
        {"label": _("签订"), "value": moment(contract.signed_at)},
        {"label": _("备案"), "value": moment(contract.filed_at)},
        {"label": _("服务期限至"), "value": moment(contract.service_due_at, "deadline")},
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


WIZARD = (
    ("item", _("选事项")),
    ("need", _("填需求")),
    ("method", _("定方式")),
    ("check", _("核对")),
    ("submit", _("提交")),
)


def wizard_steps(current: str, tender: Tender | None = None) -> list[dict[str, Any]]:
    """
    Return the steps of the buyer's wizard as the stepper draws them.

    Every step of a draft can be reached from every other, for each is saved by itself; but the
    item is chosen once.
    """
    names = [name for name, _label in WIZARD]
    here = names.index(current)
    steps = []
    for place, (name, label) in enumerate(WIZARD):
        state = PAST if place < here else NOW if place == here else FUTURE
        is_open = tender is not None and name != "item" and state != NOW
        url = _wizard_url(tender, name) if tender is not None and is_open else ""
        steps.append({"label": label, "state": state, "url": url, "is_open": is_open})
    return steps


def _wizard_url(tender: Tender, step: str) -> str:
    if step == "submit":
        return reverse("bidding:tender_submit", args=[tender.slug])
    return reverse("bidding:tender_edit", args=[tender.slug, step])


def notice_of(tender: Tender, at: datetime) -> dict[str, Any]:
    """Return a draft as the public will see it; what is not filled in yet stays open."""
    is_ruled = bool(tender.method and tender.fund)
    return {
        "tender": tender,
        "facts": order_facts(tender),
        "rules": rule_sentences(tender, at) if is_ruled else [],
    }


def contract_steps(award: Award) -> list[Step]:
    """Return the steps from the award on."""
    book = award.tender.rulebook
    rules = bound_rules(book) if book else None
    contract = _contract(award)
    return [
        *_award_steps(award, rules),
        *_contract_steps(contract, award, award.tender, rules),
    ]


def stage_word(tender: Tender, at: datetime, award: Award | None = None) -> Text:
    """Return the one word for where an order stands at `at`, over its three machines."""
    award = award or _award(tender)
    contract = _contract(award)
    end = tender.tender_period_end
    stage = stage_of(
        tender.status,
        award.status if award else None,
        contract.status if contract else None,
        takes_bids=end is not None and at < end,
    )
    return WORDS[stage]
