"""What abnormally low quotes cost: what everybody reads of it, and what its two sides do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bidding import links
from bidding.guards.explanations import may_explain, may_judge
from bidding.models import Explanation, Tender
from credit.pages.acts import Asked
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.statements import statement
from marketplace.models import Document, Membership
from marketplace.parties import Party
from marketplace.web.components import Fact
from marketplace.web.moments import cn_deadline
from marketplace.web.workbench import ASKED

Text = str | Promise
Status = Explanation.Status


def cost_words(tender: Tender) -> Mapping[str, Text]:
    """Return what everybody reads of each explanation of an order, by credit code."""
    rows = Explanation.objects.of(tender)
    return {one.bid.agency.uscc or "": said_of(one) for one in rows}


def said_of(explanation: Explanation) -> Text:
    """Return what has come of one, with the reasons of its judge."""
    match explanation.status:
        case Status.ASKED:
            said = _("须在 %(due)s 前说明成本")
        case Status.GIVEN:
            said = _("已说明成本，项目业主在 %(judge)s 前审核")
        case Status.ACCEPTED if explanation.judged_by_id is None:
            said = _("已说明成本，业主没有在期限内审核，说明视为成立")
        case Status.ACCEPTED:
            said = _("成本说明成立：%(reasons)s")
        case Status.REFUSED:
            said = _("成本说明不成立，报价不计入：%(reasons)s")
        case Status.SILENT if explanation.is_set_aside:
            said = _("没有在期限内说明成本，报价不计入")
        case Status.SILENT:
            said = _("没有在期限内说明成本，报价照常计入")
        case other:
            said = str(Status(other).label)
    words = {"due": _end(explanation.due_at), "judge": _end(explanation.judge_due_at)}
    return said % {**words, "reasons": explanation.reasons}


def _end(at: datetime | None) -> str:
    return cn_deadline(at) if at else "—"


@dataclass(frozen=True)
class ExplanationRow:
    """One for owner and officers, with what its bidder says."""

    agency: str
    said: Text
    text: str
    papers: Sequence[tuple[Document, str]]
    judge_url: str = ""
    """Where its owner judges it, while that may be."""


def explanation_rows(tender: Tender, *, may_act: bool = False) -> list[ExplanationRow]:
    """Return what owner and officers read; `may_act`: the reader judges for the owner."""
    return [row_of(one, may_act=may_act) for one in Explanation.objects.of(tender)]


def row_of(explanation: Explanation, *, may_act: bool = False) -> ExplanationRow:
    """Return one as owner and officers read it."""
    waits = may_act and explanation.status == Status.GIVEN
    return ExplanationRow(
        explanation.bid.agency.name,
        said_of(explanation),
        explanation.text,
        [(one, _paper_url(explanation, one)) for one in explanation.papers.all()],
        links.to_explanation(explanation) if waits else "",
    )


def _paper_url(explanation: Explanation, paper: Document) -> str:
    return reverse("bidding:explanation_paper", args=[explanation.slug, paper.slug])


@dataclass(frozen=True)
class OwnCost:
    """What the bidder reads of the question what its quote costs; `url` while it is open."""

    said: Text
    url: str = ""


def own_cost(tender: Tender, bid: int) -> OwnCost | None:
    """Return what has come of the question about an own bid, if one was asked."""
    found = Explanation.objects.filter(bid=bid).prefetch_related(deadlines_of()).first()
    if found is None:
        return None
    is_open = found.status == Status.ASKED
    url = reverse("bidding:bid_explain", args=[tender.code]) if is_open else ""
    return OwnCost(said_of(found), url)


def facts_of(explanation: Explanation, low: Text) -> list[Fact]:
    """Return what the pages that ask say of the quote."""
    return [
        Fact(_("机构"), explanation.bid.agency.name, is_strong=True),
        Fact(_("报价"), low),
        Fact(_("进展"), said_of(explanation)),
    ]


def asked_to_explain(explanation: Explanation, at: datetime) -> Asked:
    """Ask a bidder what its quote costs."""
    effects = [
        _("只能说明一次。只给项目业主和办理机关看，不向社会公开。"),
        _("项目业主审核并公开理由：说明成立的，报价照常计入；不成立的，按公告的规则办理。"),
    ]
    verdicts = may_explain(explanation, at)
    return Asked(_("说明成本"), _("提交成本说明"), "", effects, verdicts, is_grave=False)


def asked_to_judge(explanation: Explanation, at: datetime) -> Asked:
    """Ask an owner whether an explanation holds."""
    effects = [
        _("结论和理由立即公开，送达机构，不能更改。"),
        _("说明成立的，报价照常计入。说明不成立的，按公告的规则不计入或者流标。"),
        _("全部成本说明办结以后才能登记结果。"),
    ]
    verdicts = may_judge(explanation, at)
    return Asked(_("审核成本说明"), _("提交审核结论"), "", effects, verdicts)


# --- What waits -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Waiting:
    """An explanation that somebody has to give or to judge."""

    subject: str
    url: str
    due_at: datetime | None
    is_provisional: bool


def waiting_for_bidder(party: Party) -> Iterator[Waiting]:
    """Yield what the agency of `party` has still to explain."""
    for one in _of_bidder(agency=party.organization.pk):
        url = reverse("bidding:bid_explain", args=[one.tender.code])
        yield Waiting(one.tender.heading, url, one.due_at, one.is_due_provisional)


def waiting_for_judge(party: Party) -> Iterator[Waiting]:
    """Yield what the owner of `party` has still to judge."""
    is_manager = party.has_role(Membership.Role.BUYER_MANAGER)
    whose = {"buyer": party.organization.pk, "person": party.user.pk}
    for one in _of_owner(**whose, is_manager=is_manager):
        url = links.to_explanation(one)
        yield Waiting(one.tender.heading, url, one.judge_due_at, one.is_due_provisional)


@statement
def _of_bidder(*, agency: int) -> QuerySet[Explanation]:
    rows = Explanation.objects.filter(bid__agency=agency, status=Status.ASKED)
    return _waiting(rows)


@statement
def _of_owner(*, buyer: int, person: int, is_manager: bool) -> QuerySet[Explanation]:
    rows = Explanation.objects.filter(tender__buyer=buyer, status=Status.GIVEN)
    return _waiting(rows if is_manager else rows.filter(tender__created_by=person))


def _waiting(rows: QuerySet[Explanation]) -> QuerySet[Explanation]:
    found = rows.select_related("tender__item").prefetch_related(deadlines_of())
    return found.order_by(F("pk"))[:ASKED]
