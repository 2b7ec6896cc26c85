"""The pool of experts, for the officers who keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Expert, ExpertQuerySet, PanelSeat
from marketplace.parties import Party
from marketplace.web.components import Crumb, Crumbs, Empty, Fact, Order, Tab, Text

TITLE, NEW = _("专家库"), _("登记专家")
NOTHING = Empty(_("这里没有专家"), _("登记以后，会出现在这里。"))
ORDERS = [
    Order("name", _("按姓名"), ("name", "pk")),
    Order("newest", _("最近登记的在前"), ("-registered_at", "-pk")),
    Order("until", _("聘期先满的在前"), ("serves_until", "pk")),
]


@dataclass(frozen=True)
class ExpertLine:
    """One in the list of the pool."""

    name: str
    title: str
    employer: str
    specialties: str
    term: str
    url: str
    status: Text


def kept(party: Party, status: str, typed: str) -> ExpertQuerySet:
    """Return the experts of the officer's area in one state whom `typed` finds."""
    rows = Expert.objects.kept_by(party.organization).filter(status=status)
    if typed:
        rows = rows.filter(Q(name__icontains=typed) | Q(employer__icontains=typed))
    return rows.prefetch_related("specialties")


def lines_of(experts: Sequence[Expert]) -> list[ExpertLine]:
    """Return the lines of a page."""
    return [
        ExpertLine(
            name=one.name,
            title=one.title,
            employer=one.employer,
            specialties="、".join(each.name for each in one.specialties.all()),
            term=_term(one),
            url=reverse("bidding:expert", args=[one.slug]),
            status=one.get_status_display(),
        )
        for one in experts
    ]


def counts_of(party: Party) -> dict[str, int]:
    """Return how many stand in each state; one query."""
    counts = {name: Count("pk", filter=Q(status=name)) for name in Expert.Status.values}
    return Expert.objects.kept_by(party.organization).aggregate(**counts)


def tabs_of(counts: Mapping[str, int], chosen: str) -> list[Tab]:
    """Return the states with how many stand in each."""
    return [
        Tab(label, f"?status={name}", name == chosen, counts[name])
        for name, label in Expert.Status.choices
    ]


def _term(expert: Expert) -> str:
    days = {"first": expert.serves_from, "last": expert.serves_until}
    return _("%(first)s 至 %(last)s") % days


def facts_of(expert: Expert) -> list[Fact]:
    """Return what is registered of an expert, and how often the person was drawn."""
    seats = PanelSeat.objects.filter(expert=expert)
    scored = seats.filter(status=PanelSeat.Status.SCORED).count()
    counts = {"drawn": seats.count(), "scored": scored}
    specialties = "、".join(one.name for one in expert.specialties.all())
    ties = "；".join(f"{one.get_kind_display()} {one.uscc}" for one in expert.ties.all())
    found = [
        Fact(_("账号"), expert.user.username),
        Fact(_("职称或者执业资格"), expert.title),
        Fact(_("专业"), specialties, is_wide=True),
        Fact(_("常住地"), expert.division.full_name),
        Fact(_("工作单位"), f"{expert.employer} {expert.employer_uscc}".strip(), is_long=True),
        Fact(_("应当回避的其他单位"), ties or _("没有"), is_wide=True),
        Fact(_("聘期"), _term(expert)),
        Fact(_("抽中和评分"), _("抽中 %(drawn)s 次，评分 %(scored)s 次") % counts),
    ]
    if expert.status_reasons:
        found.append(Fact(_("理由"), expert.status_reasons, is_wide=True))
    return found


def crumbs(*here: Text) -> Crumbs:
    """Lead back to the pool."""
    way = [Crumb(TITLE, reverse("bidding:expert_list"))] if here else []
    return Crumbs.of(*way, Crumb(here[0] if here else TITLE))
