"""The rankings in words: who is in which place, by what, and how that is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.models import Rank
from bidding.models.tally import RankList
from bidding.pages.figures.plot import Asked, percent, written
from bidding.rules.figures import RANK_LEAST
from bidding.statistics.ranks import lower_bound
from credit.in_force import credit_rules
from marketplace.kernel.rules import typed
from marketplace.web.components import Tab, Tabs

SHOWN = 100
EXAMPLE = ((12, 12), (56, 58))


@dataclass(frozen=True)
class RankRow:
    """One place."""

    place: int
    name: str
    about: str
    url: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Ranking:
    """One ranking: its heads, the first places, and how it is made."""

    title: str
    heads: Sequence[str]
    rows: Sequence[RankRow]
    count: int
    method: Sequence[str]

    @property
    def all_text(self) -> str:
        """Say how many there are."""
        return _("共 %(count)s 家，这里是前 %(shown)s 名") % {
            "count": self.count,
            "shown": len(self.rows),
        }


def ranking_of(asked: QueryDict) -> RankList:
    """Return the ranking that an address asks for, else the first."""
    name = asked.get("list", "")
    return RankList(name) if name in RankList.values else RankList.CREDIT


def ranks_page(name: RankList, asked: Asked | None) -> dict[str, Any]:
    """Return what the page of a ranking shows."""
    page = {"tabs": _tabs(name), "list_name": name.value, "title": name.label}
    if asked is None:
        return {**page, "ranking": None}
    least = typed(credit_rules(asked.at).values())[RANK_LEAST]
    ranks = _ranks(name)
    rows = [_row(one) for one in ranks[:SHOWN]]
    ranking = Ranking(str(name.label), _heads(name), rows, ranks.count(), _method(name, least))
    return {**page, "ranking": ranking, "counted_at": asked.at}


def rank_table(name: RankList) -> list[list[object]]:
    """Return all places of a ranking as the lines of a file."""
    rows = (_row(one) for one in _ranks(name))
    heads: list[object] = [_("名次"), _("单位"), _("所在地"), *_heads(name)]
    return [
        heads,
        *([one.place, one.name, one.about, *(cell for _head, cell in one.cells)] for one in rows),
    ]


def _ranks(name: RankList) -> QuerySet[Rank]:
    return Rank.objects.filter(list=name).select_related("organization__division__parent")


def _tabs(name: RankList) -> Tabs:
    address = reverse("bidding:rankings")
    return Tabs(
        _("排名"), [Tab(one.label, f"{address}?list={one}", one is name) for one in RankList]
    )


def _heads(name: RankList) -> list[str]:
    if name is RankList.CREDIT:
        return [_("信用分"), _("等级")]
    cases = {
        RankList.IN_TIME: (_("应交付"), _("按时")),
        RankList.OWNERS: (_("应评价"), _("已评价")),
    }
    return [*cases[name], _("比例（%）"), _("排名依据")]


def _row(rank: Rank) -> RankRow:
    unit = rank.organization
    page = "bidding:owner" if rank.list == RankList.OWNERS else "bidding:agency"
    cells = list(zip(_heads(RankList(rank.list)), _cells(rank), strict=True))
    return RankRow(rank.place, unit.name, unit.place, reverse(page, args=[unit.slug]), cells)


def _cells(rank: Rank) -> list[str]:
    if rank.list == RankList.CREDIT:
        return [f"{rank.basis.normalize():f}", rank.word]
    share = written(percent(rank.good, rank.cases))
    return [f"{rank.cases:,}", f"{rank.good:,}", share, written(rank.basis)]


def _method(name: RankList, least: int) -> list[str]:
    """Say how a ranking is made, in sentences."""
    if name is RankList.CREDIT:
        return [
            _("按信用评价办法计算的信用分从高到低，分数相同的名次相同。"),
            _("只用公开的记录。不公开的处理不影响这里的名次。"),
            _("信用限制期内的机构不参加排名。"),
        ]
    what = {
        RankList.IN_TIME: _("近一年应交付不足 %(least)s 次的机构不参加，信用限制期内的也不参加。"),
        RankList.OWNERS: _(
            "近一年应评价不足 %(least)s 次的业主不参加。期满没有评价的，算作没有评价。"
        ),
    }
    (few, all_few), (some, of_some) = EXAMPLE
    return [
        what[name] % {"least": least},
        _("按比例的 95％ 威尔逊置信下限从高到低。次数少的，全部按时也不会排在前面。"),
        _("例：%(cases)s 次全部按时，下限 %(bound)s；%(more)s 次有 %(good)s 次按时，%(other)s。")
        % {
            "cases": all_few,
            "bound": written(lower_bound(few, all_few)),
            "more": of_some,
            "good": some,
            "other": written(lower_bound(some, of_some)),
        },
        _("排名不影响报名和选取。"),
    ]
