"""Are an order's weights whole, and is a sheet as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.rules.methods import PANEL_PRICE_LEAST, PANEL_PRICE_MOST, PANEL_RECORD_MOST
from bidding.selection.scoring import (
    NotASheet,
    Points,
    bidders_of,
    check_sheet,
    template_of,
)
from bidding.selection.templates import read_template
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, guard


@guard(
    _("评分项须每行一项，写明名称和整数权重，名称不重复，与价格、信用的权重合计为 100"), source=FORM
)
def weights_sum_to_a_hundred(tender: Tender) -> bool:
    return read_template(tender.parameters) is not None


@guard(
    _("价格的权重须在 %(least)s 至 %(most)s 之间，信用的权重不超过 %(record)s"),
    rule=PANEL_PRICE_MOST.key,
)
def weights_are_within_bounds(tender: Tender, rules: Rules) -> bool | Because:
    """Ask it where experts score; a template that is none is refused by itself."""
    template = read_template(tender.parameters)
    least, most = rules[PANEL_PRICE_LEAST], rules[PANEL_PRICE_MOST]
    record = rules[PANEL_RECORD_MOST]
    if template is None or (least <= template.price <= most and template.record <= record):
        return True
    return Because(least=least, most=most, record=record)


@guard(_("请给每家机构的每个评分项打 0 至 100 之间的整数分"), source=FORM)
def sheet_is_whole(evidence: Mapping[str, Any], points: Points) -> bool:
    try:
        check_sheet(template_of(evidence), bidders_of(evidence), points)
    except NotASheet:
        return False
    return True
