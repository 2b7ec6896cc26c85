"""The page of a decision, decided: what became of it, what it stops, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from credit.effects import count_disclosed
from credit.models import Case, Measure, Restriction
from credit.pages.cases import Progress, progress_of
from credit.permissions import can_see_case, can_see_own_case
from credit.records import points_fell_openly
from marketplace.parties import Party
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Text


@dataclass(frozen=True)
class Outcome:
    """What became of a decision that no longer applies; `tone` is one of a note's."""

    text: Text
    tone: str = ""


@dataclass(frozen=True)
class Term:
    """How much of the time of a measure has passed, of how much."""

    passed: int
    total: int
    text: Text


@dataclass(frozen=True)
class Effect:
    """What the measure stops, or leaves as it is."""

    text: Text
    stops: bool = False
    note: Text = ""


@dataclass(frozen=True)
class DecisionPage:
    """What the page says in its state and to its reader; what has no sense is None or empty."""

    word: str
    is_running: bool
    outcome: Outcome | None
    term: Term | None
    case_url: str
    scope: Text
    effects: Sequence[Effect]
    statement: Text
    officers: Text
    revocation: Text


def decision_page(restriction: Restriction, party: Party | None, at: datetime) -> DecisionPage:
    """Return the page of the decision for `party` at `at`."""
    case, progress = restriction.case, progress_of(restriction, at)
    is_running = bool(progress.text)
    is_own, is_officer = can_see_own_case(party, case), can_see_case(party, case)
    return DecisionPage(
        word=progress.word,
        is_running=is_running,
        outcome=_outcome(restriction, is_running=is_running),
        term=_term(progress) if progress.total else None,
        case_url=_case_url(case, is_own=is_own, is_officer=is_officer),
        scope=_("全省各级各地同时适用，各地不能另行增减")
        if is_running
        else _("执行期间在全省适用，现在已经不再适用"),
        effects=list(_effects(restriction, is_own=is_own)),
        statement=_statement(case),
        officers=_officers(case) if is_officer else "",
        revocation=_revocation(restriction),
    )


def _case_url(case: Case, *, is_own: bool, is_officer: bool) -> str:
    if is_own:
        return reverse("credit:own_case", args=[case.slug])
    return reverse("credit:case", args=[case.slug]) if is_officer else ""


# --- What became of it --------------------------------------------------------------------------
def _outcome(restriction: Restriction, *, is_running: bool) -> Outcome | None:
    if restriction.lifted_at is not None:
        at = moment(restriction.lifted_at)
        return Outcome(format_html(_what_the_revocation_ends(restriction), at=at), "warn")
    if is_running:
        return None
    ended = _("这项限制已于 {at} 到期，自行终止，不再有任何效力。")
    return Outcome(format_html(ended, at=moment(restriction.effective_to, "deadline")))


def _what_the_revocation_ends(restriction: Restriction) -> str:
    is_early = (
        restriction.lifted_at is not None and restriction.lifted_at < restriction.effective_to
    )
    if not is_early and points_fell_openly(restriction.case):
        return _("这份决定已于 {at} 撤销，由它形成的扣分自那时起不再计算。")
    if is_early and restriction.is_blocking:
        return _("这份决定已于 {at} 撤销，限制自那时起解除。决定作出时失效的报价不恢复。")
    return _("这份决定已于 {at} 撤销，自那时起不再适用。")


def _term(progress: Progress) -> Term:
    said = _("%(text)s，到期自行终止。") if progress.text else _("%(text)s。")
    text = said % {"text": progress.text or progress.word}
    return Term(progress.passed, progress.total, text)


# --- What it does -------------------------------------------------------------------------------
def _effects(restriction: Restriction, *, is_own: bool) -> Iterator[Effect]:
    if restriction.person_number:
        yield Effect(_("信用限制期内不能在任何机构执业，各机构都不计入执业人员"), stops=True)
        yield Effect(_("任何机构不能登记这名人员"), stops=True)
        yield Effect(_("机构本身不受限制，已经签订的合同继续履行"))
    elif restriction.is_blocking:
        yield from _stops(restriction, is_own=is_own)
    elif restriction.kind == Measure.NO_PREFERENCE:
        yield Effect(_("信用限制期内不享受信用优先的待遇"), stops=True)
        yield Effect(_("不影响报名、选取和签约"))
    else:
        yield Effect(_("记入信用记录，不影响报名、选取和签约"))


def _stops(restriction: Restriction, *, is_own: bool) -> Iterator[Effect]:
    kept_out = _("信用限制期内不能报名任何采购")
    if restriction.service_class is not None:
        name = {"name": restriction.service_class}
        kept_out = _("信用限制期内不能报名“%(name)s”类别的采购") % name
    yield Effect(kept_out, stops=True)
    checked = _("选取和签约时再次核查，信用限制期内不能中选、不能签订新的合同")
    yield Effect(checked, stops=True)
    ended = _("决定作出时，未开启的报价同时失效")
    yield Effect(ended, stops=True, note=_ended_bids(restriction, is_own=is_own))
    yield Effect(_("已经签订的合同继续履行"))


def _ended_bids(restriction: Restriction, *, is_own: bool) -> str:
    """Count the bids that ended; to others than their agency only where bids were opened since."""
    if is_own:
        return _("贵单位失效的报价共 %(count)s 份") % {"count": restriction.ended_bid_count}
    count = count_disclosed(restriction.case.decision_number or "")
    if count:
        said = _("已开启报价的采购中有 %(count)s 份报价因本决定失效；其余在开启报价前不公布")
        return said % {"count": count}
    return _("份数在有关采购开启报价后公布")


# --- How it came about --------------------------------------------------------------------------
def _statement(case: Case) -> Text:
    if case.statement:
        return format_html(_("机构于 {at} 陈述、申辩。"), at=moment(case.stated_at))
    due = moment(case.statement_due_at, "deadline")
    return format_html(_("陈述申辩期到 {at} 截止，机构没有陈述。"), at=due)


def _officers(case: Case) -> Text:
    said = _("承办人 %(opener)s，决定人 %(decider)s。")
    return said % {"opener": case.opened_by, "decider": case.decided_by}


def _revocation(restriction: Restriction) -> Text:
    if restriction.lifted_at is None:
        return ""
    said = _("{at} 撤销。理由：{reasons}")
    reasons = restriction.case.closing_reasons
    return format_html(said, at=moment(restriction.lifted_at), reasons=reasons)
