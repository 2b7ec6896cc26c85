"""What a selection left to the owner: among whom, whom it chose, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.guards.choices import candidates_of
from bidding.models import Bid, Choice, OpenedPlan, Tender
from bidding.rules.methods import CHOOSE, SCORE
from bidding.selection.methods import METHODS, method_of
from bidding.selection.methods.words import Words
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.statements import statement
from marketplace.models import Membership, Organization
from marketplace.parties import Party
from marketplace.templatetags.ui_figures import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact
from marketplace.web.workbench import ASKED


def candidates(tender: Tender) -> Mapping[str, str]:
    """Return who may be chosen, by credit code, in the words of the form."""
    amounts = candidates_of(tender)
    rows = Organization.objects.filter(uscc__in=amounts).values_list("uscc", "name")
    names = dict(rows)
    return {uscc: f"{names[uscc]}，{money(amount)}" for uscc, amount in amounts.items()}


def scored_bidders(tender: Tender) -> Mapping[str, str]:
    """Return whose plans are scored, by credit code: all that are listed, also who may not win."""
    ranking = tender.selection.content["ranking"] if tender.selection else ()
    names = dict(
        Organization.objects.filter(uscc__in=[one["uscc"] for one in ranking]).values_list(
            "uscc", "name"
        )
    )
    return {one["uscc"]: f"{names[one['uscc']]}，{money(one['amount'])}" for one in ranking}


def choice_facts(tender: Tender) -> list[Fact]:
    """Return whom the owner chose and why; nothing where nothing is chosen, or not yet."""
    if not method_of(tender).leaves_choice or tender.choice is None:
        return []
    choice, is_scored = tender.choice, method_of(tender).is_scored
    reasons = _("评语") if is_scored else _("选定理由")
    return [
        Fact(_("得分最高") if is_scored else _("业主选定"), choice.bid.agency.name, is_strong=True),
        Fact(_("评分时间") if is_scored else _("选定时间"), moment(choice.chosen_at)),
        *([Fact(reasons, choice.reasons, is_wide=True)] if choice.reasons else []),
        *_comments(choice),
    ]


def _comments(choice: Choice) -> Iterator[Fact]:
    """Yield what each expert of a panel wrote; the owner's own word stands by itself."""
    if choice.chosen_by_id is None:
        for sheet in choice.document["sheets"]:
            said = {"name": sheet["by"]}
            yield Fact(_("评审意见（%(name)s）") % said, sheet["comment"], is_wide=True)


@dataclass(frozen=True)
class ScoreRow:
    """
    What a bidder came to, as published; `points` are those of each criterion, by its name.

    `record` is empty where records do not count.
    """

    agency: str
    price: str
    record: str
    total: str
    points: Sequence[tuple[str, str]]


def score_rows(tender: Tender) -> list[ScoreRow]:
    """Return the published scores of an order, the best first; nothing where none decided."""
    if not method_of(tender).is_scored or tender.choice is None or tender.selection is None:
        return []
    document, evidence = tender.choice.document, tender.selection.content
    names = {one["uscc"]: one["name"] for one in evidence["entrants"]}
    criteria = [one["name"] for one in evidence["terms"]["method"]["criteria"]]
    return [
        ScoreRow(
            names[score["uscc"]],
            score["price"],
            score["record"] if evidence["terms"]["method"].get("record_weight") else "",
            score["total"],
            [(name, _given(document, score["uscc"], n)) for n, name in enumerate(criteria)],
        )
        for score in document["scores"]
    ]


def _given(document: Mapping[str, Any], uscc: str, place: int) -> str:
    return "、".join(str(sheet["points"][uscc][place]) for sheet in document["sheets"])


@dataclass(frozen=True)
class PlanLink:
    """A plan for those who evaluate it."""

    agency: str
    amount: str
    name: str
    sha256: str
    url: str


def plan_links(tender: Tender) -> list[PlanLink]:
    """Return the plans of an opened order whose bids stand, by amount."""
    of_order = OpenedPlan.objects.filter(offer__offer__bid__tender=tender)
    standing = of_order.filter(offer__offer__bid__status=Bid.Status.ACTIVE)
    rows = standing.defer("content").select_related("offer__offer__bid__agency")
    return [
        PlanLink(
            plan.offer.offer.bid.agency.name,
            money(plan.offer.amount),
            plan.name,
            plan.sha256,
            reverse("bidding:opened_plan", args=[tender.slug, plan.offer.offer.bid.agency.slug]),
        )
        for plan in rows.order_by("offer__amount", "pk")
    ]


def awaits_choice(tender: Tender) -> bool:
    """Tell whether an opened order waits for its owner's choice."""
    is_open = tender.status == Tender.Status.EVALUATED
    method = method_of(tender)
    is_owners = method.leaves_choice and not method.is_by_panel
    return is_open and is_owners and tender.choice is None


def awaits_panel(tender: Tender) -> bool:
    """Tell whether an opened order waits for the sheets of its panel."""
    is_open = tender.status == Tender.Status.EVALUATED
    return is_open and method_of(tender).is_by_panel and tender.choice is None


@dataclass(frozen=True)
class Waiting:
    """An order that waits for the choice of its owner."""

    slug: str
    heading: str
    words: Words
    rule: str
    due_at: datetime | None


def waiting_for_choice(party: Party) -> Iterator[Waiting]:
    """Yield the orders of `party` of which somebody is to be chosen."""
    is_manager = party.has_role(Membership.Role.BUYER_MANAGER)
    whose = {"buyer": party.organization.pk, "person": party.user.pk}
    for tender in _waiting(**whose, is_manager=is_manager):
        method = method_of(tender)
        rule = SCORE.key if method.is_scored else CHOOSE.key
        yield Waiting(tender.slug, tender.heading, method.words, rule, tender.choice_due_at)


@statement
def _waiting(*, buyer: int, person: int, is_manager: bool) -> QuerySet[Tender, Any]:
    methods = [method for method in METHODS.values() if not method.is_by_panel]
    leaving = [method.name for method in methods if method.leaves_choice]
    chosen = Choice.objects.filter(tender=OuterRef("pk"), round=OuterRef("selection_round"))
    rows = Tender.objects.filter(buyer=buyer, status=Tender.Status.EVALUATED, method__in=leaving)
    own = rows if is_manager else rows.filter(created_by=person)
    rows = own.exclude(Exists(chosen)).prefetch_related(deadlines_of())
    return rows.order_by(F("pk"))[:ASKED]
