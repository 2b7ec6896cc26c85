"""The panel of an order: an expert's own seat, and how far it is, naming nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding import links
from bidding.forms.experts import AcceptForm, SheetForm, WithdrawForm, drafted
from bidding.guards.panels import may_answer, may_bar, may_decline, may_score
from bidding.models import PanelDraw, PanelSeat, Tender
from bidding.pages.choices import PlanLink, plan_links, scored_bidders
from bidding.permissions import can_sit
from bidding.rules.methods import PANEL_ANSWER, PANEL_SCORE
from bidding.selection.methods import method_of, template_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.statements import statement
from marketplace.kernel.verdicts import all_hold
from marketplace.parties import Party
from marketplace.web.acts import Act, Acts
from marketplace.web.components import Crumb, Crumbs, Empty, Fact, Order, Text
from marketplace.web.moments import cn_datetime
from marketplace.web.workbench import ASKED

Status = PanelSeat.Status
ACCEPT, DECLINE, SHEET = "accept", "decline", "sheet"
ORDERS = [
    Order("newest", _("最近邀请的在前"), ("-invited_at", "-pk")),
    Order("status", _("按状态"), ("status", "-pk")),
]
NO_SEATS = Empty(_("还没有评审邀请"), _("被抽取为评审专家以后，会出现在这里。"))


# --- An expert's own seats ------------------------------------------------------------------------
@dataclass(frozen=True)
class SeatLine:
    """One seat in its expert's list."""

    title: str
    code: str
    url: str
    status: Text
    invited_at: datetime
    due_at: datetime | None


def own_seats(party: Party) -> QuerySet[PanelSeat]:
    """Return the seats that the person was ever offered."""
    rows = PanelSeat.objects.filter(expert__user=party.user.pk).select_related("tender")
    return rows.prefetch_related(deadlines_of())


def own_seat(party: Party | None, tender: Tender) -> PanelSeat | None:
    """Return the seat of the person on the panel of an order, if there is one."""
    if party is None or not can_sit(party):
        return None
    seats = PanelSeat.objects.of_round(tender).filter(expert__user=party.user.pk)
    return seats.first()


def seat_line(seat: PanelSeat) -> SeatLine:
    """Return the line of one."""
    return SeatLine(
        title=seat.tender.title,
        code=seat.tender.reference,
        url=links.to_seat(seat),
        status=seat.get_status_display(),
        invited_at=seat.invited_at,
        due_at=due_of(seat),
    )


def due_of(seat: PanelSeat) -> datetime | None:
    """Return until when the expert has to act; None where nothing is waited for."""
    due = {Status.INVITED: seat.answer_due_at, Status.ACCEPTED: seat.sheet_due_at}
    return due.get(Status(seat.status))


@statement
def _waiting(*, person: int) -> QuerySet[PanelSeat, Any]:
    states = (Status.INVITED, Status.ACCEPTED)
    rows = PanelSeat.objects.filter(expert__user=person, status__in=states)
    return rows.select_related("tender").order_by("pk")[:ASKED]


def seats_waiting_for(party: Party) -> Iterator[tuple[PanelSeat, str | Promise, str]]:
    """Yield the seats on which the person has to act, with the words and the rule of the act."""
    for seat in _waiting(person=party.user.pk):
        if seat.status == Status.INVITED:
            yield seat, _("答复评审邀请"), PANEL_ANSWER.key
        else:
            yield seat, _("提交评分"), PANEL_SCORE.key


# --- One seat, as its expert sees it --------------------------------------------------------------
@dataclass(frozen=True)
class SeatDesk:
    """What an expert's page of one seat holds; plans only once the seat is taken."""

    facts: list[Fact]
    bidders: list[str]
    plans: list[PlanLink]
    answer: Acts | None
    sheet: BaseForm | None
    sheet_verdicts: tuple[Any, ...]
    given: list[tuple[str, list[tuple[str, int]]]]


def sheet_form(seat: PanelSeat, *posted: Any, **options: Any) -> SheetForm:
    """Return the sheet of a seat, filled in with its draft."""
    tender = seat.tender
    initial = {**drafted(seat), **options.pop("initial", {})}
    return SheetForm(
        *posted,
        bidders=scored_bidders(tender),
        template=template_of(tender),
        initial=initial,
        **options,
    )


def desk_of(seat: PanelSeat, at: datetime, forms: Mapping[str, BaseForm]) -> SeatDesk:
    """Return the page of a seat; `forms` are those that were refused, by their names."""
    is_taken = seat.status in {Status.ACCEPTED, Status.SCORED}
    is_scoring = seat.status == Status.ACCEPTED
    return SeatDesk(
        facts=_facts(seat),
        bidders=list(scored_bidders(seat.tender).values()),
        plans=plan_links(seat.tender) if is_taken else [],
        answer=_answers(seat, at, forms),
        sheet=forms.get(SHEET) or (sheet_form(seat) if is_scoring else None),
        sheet_verdicts=tuple(one for one in may_score(seat, at) if not one.holds),
        given=_given(seat) if seat.status == Status.SCORED else [],
    )


def _answers(seat: PanelSeat, at: datetime, forms: Mapping[str, BaseForm]) -> Acts | None:
    if seat.status not in {Status.INVITED, Status.ACCEPTED}:
        return None
    url = reverse("bidding:seat_decline", args=[seat.slug])
    label = _("不能参加")
    form = forms.get(DECLINE) or WithdrawForm()
    decline = Act("seat_decline", label, url, may_decline(seat), form, label, "secondary")
    if seat.status == Status.ACCEPTED:
        return Acts([decline])
    url = reverse("bidding:seat_accept", args=[seat.slug])
    taking = forms.get(ACCEPT) or AcceptForm()
    accept = Act("seat_accept", _("参加评审"), url, may_answer(seat, at), taking)
    return Acts([accept, decline])


def _facts(seat: PanelSeat) -> list[Fact]:
    tender = seat.tender
    template = template_of(tender)
    parts = [] if template is None else [(_("价格"), template.price), (_("信用"), template.record)]
    criteria = [] if template is None else template.criteria
    weights = "，".join(f"{name} {weight}%" for name, weight in (*parts, *criteria) if weight)
    due = due_of(seat)
    return [
        Fact(_("采购"), tender.reference, links.to_tender(tender)),
        Fact(_("项目业主"), tender.buyer.name),
        Fact(_("评分权重"), weights, is_wide=True),
        *([Fact(_("请在此前办理"), cn_datetime(due), is_strong=True)] if due else []),
    ]


def _given(seat: PanelSeat) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return what was handed in, by bidder and criterion."""
    template, names = template_of(seat.tender), scored_bidders(seat.tender)
    criteria = [name for name, _weight in template.criteria] if template else []
    return [
        (names[uscc], list(zip(criteria, given, strict=True)))
        for uscc, given in seat.points.items()
    ]


# --- How far a panel is, for officers, owner and public -------------------------------------------
def panel_texts(tender: Tender) -> list[Text]:
    """Return how far the panel of an order is, in sentences that name nobody."""
    draw = PanelDraw.objects.get(tender=tender, round=tender.selection_round)
    states = list(PanelSeat.objects.of_round(tender).values_list("status", flat=True))
    scored, replaced = states.count(Status.SCORED), len(set_aside(states))
    count = {"seats": draw.content["seats"], "scored": scored, "replaced": replaced}
    told = _("抽取的 %(seats)s 名专家正在评分，已提交 %(scored)s 份，姓名随结果公布。")
    texts: list[Text] = [told % count]
    if replaced:
        texts.append(_("已按抽取顺序递补 %(replaced)s 次。") % count)
    return texts


def set_aside(states: list[str]) -> list[str]:
    """Return the states of the seats that went to the next in the draw."""
    gone = {Status.DECLINED, Status.LAPSED, Status.BARRED}
    return [state for state in states if state in gone]


@dataclass(frozen=True)
class OfficerSeat:
    """A seat as officers see it: its number, not its expert; `url` leads to who replaces it."""

    number: int
    status: Text
    url: str


def officer_seats(tender: Tender) -> list[OfficerSeat]:
    """Return the seats of an order by their numbers; nothing where no experts score."""
    if not method_of(tender).is_by_panel:
        return []
    return [
        OfficerSeat(
            seat.number,
            seat.get_status_display(),
            reverse("bidding:seat_bar", args=[seat.slug]) if all_hold(may_bar(seat)) else "",
        )
        for seat in PanelSeat.objects.of_round(tender).select_related("tender")
    ]


def bar_act(seat: PanelSeat, form: BaseForm) -> Act:
    """Return the act by which an officer gives a seat to the next."""
    url = reverse("bidding:seat_bar", args=[seat.slug])
    return Act("seat_bar", _("更换专家"), url, may_bar(seat), form, kind="danger")


def seat_crumbs(*here: Text) -> Crumbs:
    """Lead back to the list of seats."""
    way = [Crumb(_("专家评审"), reverse("bidding:seats"))] if here else []
    return Crumbs.of(*way, Crumb(here[0] if here else _("专家评审")))
