"""The steps of an order's life, and the one word for where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Contract, Tender
from bidding.models.stages import SUSPENDED, word_of
from bidding.pages.terms import service_time
from bidding.rulebook import bound_rules
from bidding.rules.contracts import CONTRACT_SIGN
from bidding.rules.openings import RESULT_PUBLICITY
from bidding.selection.methods import words_of
from bidding.selection.methods.words import OPENING
from marketplace.kernel.declarations import Rules
from marketplace.kernel.wording import in_words
from marketplace.web.components import FUTURE, HELD, NOW, PAST, Step, Text


def contract_of(award: Award | None) -> Contract | None:
    """Return the contract of an award, if there are both."""
    return getattr(award, "contract", None) if award else None


def order_steps(tender: Tender) -> list[Step]:
    """Return the steps of an order: known ones with their moment, the others with their rule."""
    if tender.status in {Tender.Status.UNSUCCESSFUL, Tender.Status.CANCELLED}:
        return _ended_steps(tender)
    award = tender.award
    rules = bound_rules(tender.rulebook) if tender.rulebook else None
    steps = [
        Step(_("发布"), PAST, tender.published_at),
        *_selection_steps(tender),
        *_award_steps(award, rules),
        *_contract_steps(contract_of(award), award, tender, rules),
    ]
    return [_held(step) for step in steps] if stands_still(tender, award) else steps


def stands_still(tender: Tender, award: Award | None) -> bool:
    """Tell whether the order, or its result, stands still because of an objection."""
    return tender.is_suspended or (award is not None and award.is_suspended)


def _held(step: Step) -> Step:
    """Show what runs as standing still: until when, nobody knows yet."""
    if step.state != NOW:
        return step
    return replace(step, state=HELD, at=None, prefix="", note=SUSPENDED)


def contract_steps(award: Award) -> list[Step]:
    """Return the steps from the award on."""
    book = award.tender.rulebook
    rules = bound_rules(book) if book else None
    contract = contract_of(award)
    return [
        *_award_steps(award, rules),
        *_contract_steps(contract, award, award.tender, rules),
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
    words = words_of(tender)
    opening = words.opening if words else OPENING
    if tender.status in {Tender.Status.CLOSED, Tender.Status.ACTIVE}:
        yield Step(opening, FUTURE if is_open else NOW, tender.opening_at)
    elif tender.status == Tender.Status.BIDDING:
        yield Step(opening, NOW, tender.opening_at)
    else:
        is_waiting = tender.status == Tender.Status.EVALUATED
        yield Step(
            opening,
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
        yield Step(_("服务与验收"), FUTURE, note=service_time(tender))
        yield Step(_("评价"), FUTURE)
        return
    yield Step(_("签约"), PAST, contract.signed_at)
    if contract.accepted_at is None:
        note = _provisional(contract.is_due_provisional) or _uncounted(tender)
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


def _uncounted(tender: Tender) -> str:
    return service_time(tender) if tender.lasts_as_agreed else ""


def _provisional(is_provisional: bool) -> Text:  # noqa: FBT001 - the row's own word
    """Return the word for a deadline in a year whose holidays are not published yet."""
    return _("暂定") if is_provisional else ""


def stage_word(tender: Tender, at: datetime, award: Award | None = None) -> Text:
    """Return the one word for where an order stands at `at`, over its three machines."""
    award = award or tender.award
    contract = contract_of(award)
    return word_of(
        tender.status,
        award.status if award else None,
        contract.status if contract else None,
        ends_at=tender.tender_period_end,
        is_suspended=stands_still(tender, award),
        at=at,
    )
