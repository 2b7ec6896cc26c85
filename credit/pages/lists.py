"""The public list of restrictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from credit.models import Restriction, RestrictionQuerySet
from marketplace.web.components import Order, Tab


def public_restrictions(at: datetime, *, is_over: bool) -> RestrictionQuerySet:
    """Return the published restrictions in force at `at`, or those that are over, newest first."""
    return (_over(at) if is_over else _running(at)).with_relations()


def _running(at: datetime) -> RestrictionQuerySet:
    """Return what is shown because it is in force, without asking until when it would be."""
    return Restriction.objects.public().in_force(at)


def _over(at: datetime) -> RestrictionQuerySet:
    """Return what is over and still shown, by an index."""
    return Restriction.objects.public().over(at).filter(published_until__gt=at)


def restriction_orders() -> list[Order]:
    """Return how the public list of restrictions can be sorted."""
    return [
        Order("newest", _("最新作出"), ("-effective_from", "-pk")),
        Order("ending", _("先到期的在前"), ("effective_to", "-pk")),
    ]


def import_tabs(address: str) -> list[Tab]:
    """Return the ways in which a list of others comes in; `address` is the name of this page."""
    named = {"credit:list_import": _("公布的名单"), "credit:peer_import": _("其他平台的决定")}
    return [Tab(label, reverse(name), name == address) for name, label in named.items()]


def restriction_table(restrictions: Iterable[Restriction]) -> Iterator[list[object]]:
    """Yield the heads and then a row for each decision; moments in Beijing time."""
    yield [
        _("决定书编号"),
        _("机构"),
        _("统一社会信用代码"),
        _("执业人员"),
        _("行为"),
        _("认定等级"),
        _("措施"),
        _("限于服务类别"),
        _("依据"),
        _("作出机关"),
        _("生效时间"),
        _("到期时间（不含）"),
        _("撤销时间"),
    ]
    for row in restrictions:
        yield [
            row.case.decision_number,
            row.organization.name,
            row.organization.uscc,
            row.case.person_masked,
            row.case.get_kind_display(),
            row.get_severity_display(),
            row.measure_word,
            row.service_class or "",
            row.legal_basis,
            row.case.authority.name,
            _written(row.effective_from),
            _written(row.effective_to),
            _written(row.lifted_at),
        ]


def _written(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def restriction_counts(at: datetime, **known: int) -> dict[str, int]:
    """Return how many published restrictions are in force at `at`, and over, unless it is known."""
    rows = {"running": _running, "over": _over}
    return {name: known[name] if name in known else of(at).count() for name, of in rows.items()}


def restriction_tabs(counts: Mapping[str, int], *, is_over: bool) -> list[Tab]:
    """Return the tabs of the public list."""
    url = reverse("credit:restriction_list")
    return [
        Tab(_("正在执行"), url, not is_over, counts["running"]),
        Tab(_("已经结束"), f"{url}?state=over", is_over, counts["over"]),
    ]
