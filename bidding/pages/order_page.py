"""The public page of an order, decided: what stands beside it in each of its states."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.links import to_opening
from bidding.models import Award, Tender
from bidding.pages.choices import awaits_choice, awaits_panel
from bidding.pages.panels import panel_texts
from bidding.selection.methods import METHODS, method_of
from bidding.selection.methods.words import Words
from credit.measures import open_measures
from marketplace.kernel.verdicts import Verdict, all_hold
from marketplace.models import Organization
from marketplace.templatetags.ui_figures import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Text
from marketplace.web.moments import cn_datetime, cn_deadline

SUSPENDED = gettext_lazy(
    "因异议或者投诉中止，不报名、不开启报价、不登记、不发中选通知书；办结后恢复，期限顺延。"
)
PROVISIONAL = gettext_lazy("暂定：当年节假日安排公布后重新计算。")


@dataclass(frozen=True)
class OrderState:
    """What the pages of the order's owner and officer show in its state."""

    is_returned: bool
    is_with_its_owner: bool
    is_draft: bool
    takes_sign_ups: bool
    awaits_review: bool
    awaits_publication: bool
    awaits_registration: bool
    can_be_sent_back: bool


def state_of(tender: Tender) -> OrderState:
    """Return what is shown of `tender` as it stands; an officer has at most one act to do."""
    status = Tender.Status(tender.status)
    return OrderState(
        is_returned=status == Tender.Status.RETURNED,
        is_with_its_owner=status in {Tender.Status.DRAFT, Tender.Status.RETURNED},
        is_draft=status == Tender.Status.DRAFT,
        takes_sign_ups=status == Tender.Status.ACTIVE,
        awaits_review=status == Tender.Status.SUBMITTED,
        awaits_publication=status == Tender.Status.REVIEWED,
        awaits_registration=status == Tender.Status.EVALUATED,
        can_be_sent_back=status in {Tender.Status.SUBMITTED, Tender.Status.REVIEWED},
    )


OVER = {Tender.Status.COMPLETE, Tender.Status.CANCELLED, Tender.Status.UNSUCCESSFUL}


@dataclass(frozen=True)
class OwnOffer:
    """
    What the owner's page offers besides what leads elsewhere.

    What is over for good leaves no button behind; what may still come says why it is not yet.
    """

    may_go_on: bool
    may_take_back: bool
    may_delete: bool
    may_cancel: bool
    may_rerun: bool


def own_offer(tender: Tender, rerun: Collection[Verdict], *, can_edit: bool) -> OwnOffer:
    """
    Return what an owner may start; `can_edit`: their role allows it. A draft is deleted.

    `rerun` is what stands for and against another round.
    """
    state, is_over = state_of(tender), tender.status in OVER
    return OwnOffer(
        may_go_on=can_edit and state.is_with_its_owner,
        may_take_back=can_edit and state.awaits_review,
        may_delete=can_edit and state.is_draft,
        may_cancel=can_edit and not state.is_draft and (not is_over or _awaits_signature(tender)),
        may_rerun=tender.published_at is not None and (not is_over or all_hold(rerun)),
    )


def _awaits_signature(tender: Tender) -> bool:
    """Tell whether an order has an award that is neither signed nor cancelled."""
    if tender.status != Tender.Status.COMPLETE or tender.award is None:
        return False
    return tender.award.status in {Award.Status.PENDING, Award.Status.ACTIVE}


@dataclass(frozen=True)
class PanelLink:
    """A button under the outcome."""

    label: Text
    url: str
    icon: str
    kind: str


@dataclass(frozen=True)
class Outcome:
    """Where an order stands once it takes no bids; `figure` is what is written large."""

    title: Text
    figure: Text = ""
    name: Text = ""
    name_url: str = ""
    texts: Sequence[Text] = ()
    links: Sequence[PanelLink] = ()


@dataclass(frozen=True)
class OrderHead:
    """What must be known of a published order whose page is drawn already."""

    code: str
    title: str
    buyer: str
    place: str
    method: str
    status: str
    ends_at: datetime | None
    is_suspended: bool = False

    @property
    def words(self) -> Words:
        return METHODS[self.method].words

    def takes_bids(self, at: datetime) -> bool:
        """Tell whether it takes bids at `at`."""
        return (
            self.status == Tender.Status.ACTIVE
            and not self.is_suspended
            and self.ends_at is not None
            and at < self.ends_at
        )


def head_of(tender: Tender) -> OrderHead:
    """Return the head of a published order."""
    return OrderHead(
        code=tender.code or "",
        title=tender.title,
        buyer=tender.buyer.name,
        place=str(tender.division.full_name),
        method=tender.method,
        status=tender.status,
        ends_at=tender.tender_period_end,
        is_suspended=tender.is_suspended,
    )


@dataclass(frozen=True)
class OrderPage:
    """What the page decides by the order's state; an order that takes bids has no outcome yet."""

    takes_bids: bool
    is_sealed: bool
    """Whether amounts are being kept sealed until the opening."""
    outcome: Outcome | None
    end_title: Text
    is_rerun: bool
    """Whether earlier rounds of it found no one."""


@dataclass(frozen=True)
class OwnAnswer:
    """What a reader may answer to an order; `verdicts` are of the agency they act for, if any."""

    takes_bids: bool
    is_known: bool
    verdicts: Sequence[Verdict] = ()
    has_bid: bool = False

    @property
    def may_bid(self) -> bool:
        return bool(self.verdicts) and all_hold(self.verdicts)

    @property
    def shows_check(self) -> bool:
        """Tell whether it is said what stands for and against a bid of the agency."""
        return self.takes_bids and bool(self.verdicts)

    @property
    def may_ask(self) -> bool:
        """Tell whether the way to a question is shown: to agencies, and to who may be one."""
        return self.takes_bids and (bool(self.verdicts) or self.asks_log_in)

    @property
    def asks_log_in(self) -> bool:
        return not self.is_known

    def dock(self, words: Words) -> Text:
        """Return the words of the one button that a phone keeps in reach; empty without one."""
        if not self.takes_bids:
            return ""
        if self.has_bid:
            return _("我的报价")
        if self.may_bid:
            return words.answer_short
        return words.answer_after_login if self.asks_log_in else ""


def order_page(tender: Tender, at: datetime) -> OrderPage:
    """Return the page of `tender` at `at`; beside its list row, one query about a winner."""
    takes_bids = head_of(tender).takes_bids(at)
    is_failed = tender.status == Tender.Status.UNSUCCESSFUL
    return OrderPage(
        takes_bids=takes_bids,
        is_sealed=takes_bids and not method_of(tender).settles_on_entry,
        outcome=None if takes_bids else _outcome(tender, at),
        end_title=_("流标原因") if is_failed else _("取消原因"),
        is_rerun=tender.round > 1,
    )


def _outcome(tender: Tender, at: datetime) -> Outcome:
    award, hall = tender.award, _hall_links(tender)
    if tender.is_suspended:
        return Outcome(_("采购已中止"), _("已中止"), texts=[SUSPENDED], links=hall)
    if tender.status in {Tender.Status.ACTIVE, Tender.Status.CLOSED}:
        return _awaited(tender, hall)
    if tender.status == Tender.Status.BIDDING:
        said = _("公开报价，结束前只显示编号。")
        return Outcome(_("正在竞价"), _("竞价大厅"), texts=[said], links=hall)
    if tender.status == Tender.Status.EVALUATED:
        texts, waits = _registration(tender), _("等待登记")
        if awaits_choice(tender):
            texts, waits = [_choosing(tender)], _("等待业主选定")
        elif awaits_panel(tender):
            texts, waits = panel_texts(tender), _("等待专家评分")
        links = [_opening(tender), *hall]
        return Outcome(_("已经开启报价并选取"), waits, texts=texts, links=links)
    if award is not None:
        return _awarded(tender, award, hall, at)
    ended: SafeString = moment(tender.ended_at)
    return Outcome(tender.get_status_display(), texts=[ended], links=hall)


def _choosing(tender: Tender) -> Text:
    if method_of(tender).is_scored:
        return _("项目业主按公告的权重评分，评分和评语公开。")
    return _("项目业主从候选机构中选定一家，并公开理由。")


def _awaited(tender: Tender, hall: Sequence[PanelLink]) -> Outcome:
    opens = {"at": cn_datetime(tender.opening_at)} if tender.opening_at else {"at": "—"}
    title = _("报名已经截止")
    if hall:
        return Outcome(title, _("等待竞价"), texts=[_("%(at)s 开始竞价。") % opens], links=hall)
    texts = [_("%(at)s 开启报价。") % opens]
    return Outcome(title, _("等待开启报价"), texts=texts, links=[_opening(tender)])


def _hall_links(tender: Tender) -> list[PanelLink]:
    """Return the way to the hall of a live order, before, while and after it is open."""
    method = METHODS.get(tender.method)
    if method is None or not method.is_live:
        return []
    url = reverse("bidding:hall", args=[tender.code])
    label = _("竞价记录") if tender.ended_at or tender.evaluated_at else _("进入竞价大厅")
    return [PanelLink(label, url, "i-right", "secondary")]


def _opening(tender: Tender) -> PanelLink:
    return PanelLink(_("怎样开启报价"), to_opening(tender), "i-lock", "secondary")


def _registration(tender: Tender) -> list[Text]:
    due = {"at": cn_deadline(tender.register_due_at)} if tender.register_due_at else {"at": "—"}
    said: list[Text] = [_("运营机构在 %(at)s 前登记并公示结果，不能更改结果。") % due]
    return [*said, PROVISIONAL] if tender.is_register_due_provisional else said


def _awarded(tender: Tender, award: Award, hall: Sequence[PanelLink], at: datetime) -> Outcome:
    is_cancelled = award.status == Award.Status.CANCELLED
    agency = award.bid.agency
    verify = reverse("bidding:tender_verify", args=[tender.code])
    links = [PanelLink(_("验证这次选取"), verify, "i-check", "secondary"), *hall]
    if award.letter_number:
        letter = reverse("bidding:award_letter", args=[tender.code])
        links.append(PanelLink(_("中选通知书"), letter, "i-doc", "quiet"))
    return Outcome(
        title=_("中选结果已取消") if is_cancelled else _("中选机构"),
        figure=money(award.amount),
        name=agency.name,
        name_url=reverse("bidding:agency", args=[agency.slug]),
        texts=[*_publicity(award), *_measures(agency, at)],
        links=links,
    )


def _measures(agency: Organization, at: datetime) -> list[Text]:
    """Say what keeps a winner from working now, as far as everybody may know."""
    measures = "、".join(open_measures([agency.slug], at)[agency.slug])
    said = _("这家机构现在处于信用限制期：%(measures)s。")
    return [said % {"measures": measures}] if measures else []


def _publicity(award: Award) -> list[Text]:
    if award.is_suspended:
        return [SUSPENDED]
    if award.status == Award.Status.PENDING and award.publicity_ends_at:
        said: list[Text] = [_("公示至 %(at)s。") % {"at": cn_deadline(award.publicity_ends_at)}]
        return [*said, PROVISIONAL] if award.is_end_provisional else said
    return [award.cancel_reasons] if award.cancel_reasons else []
