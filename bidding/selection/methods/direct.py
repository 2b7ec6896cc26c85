"""Direct: the buyer names one agency, which accepts with an amount within the ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.agencies import (
    agency_is_admitted,
    agency_is_licensed,
    agency_is_named,
    agency_is_qualified,
    may_be_named,
)
from bidding.guards.kin import may_serve_independently
from bidding.guards.terms import (
    amount_is_within_ceiling,
    amount_is_written_to_the_cent,
    amount_suits_the_payer,
    named_agency_has_accepted,
    named_agency_is_another,
    naming_is_complete,
    order_has_ceiling,
)
from bidding.models import Tender
from bidding.rulebook import rules_for
from bidding.rules.methods import DIRECT_ACCEPT
from bidding.selection.methods.base import Method, OrderNotPublished
from bidding.selection.methods.words import Text, Words
from bidding.selection.terms.direct import DirectTerms
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization
from marketplace.ties import limits_of
from marketplace.web.components import Fact


class Direct(Method):
    """Only the named agency may answer; its answer ends the sign-up."""

    terms_class = DirectTerms
    fields = ("named_agency", "naming_reasons")
    is_competitive = False
    procurement_method = "direct"
    period_rule = DIRECT_ACCEPT.key
    receipt = "bidding/order_accepted"
    script = "bidding/methods/direct.js"
    words = Words(
        name=_("直接选取"),
        gist=_("由贵单位指定一家机构，公开理由；只限规则允许的情形。"),
        countdown=_("距接受期限"),
        deadline=_("接受期限"),
        answer=_("答复这次选取"),
        answer_short=_("答复"),
        answer_after_login=_("登录后答复"),
        answer_note=_(
            "只有公告所列机构可以答复。接受以后当时选定，不能修改或撤回；期满没有接受的流标。"
        ),
        buyer_note=_("机构接受以后当时选定；谢绝或者逾期没有答复的流标。"),
        offer_title=_("接受直接选取"),
        offer=_("接受并提交金额"),
        offer_note=_("接受后选取立即完成，金额随结果公开，不能再修改或撤回。"),
        seal_note=_("直接选取不抽签；承诺值同时锁定公告的条款"),
        bids_caption=_("全部报价"),
        order_note=_("直接选取只有一家机构，没有排序。"),
        todo=_("答复直接选取"),
    )

    def help_texts(self, _rules: Rules, /) -> Mapping[str, Text]:
        return {
            "named_agency": _(
                "机构须全省有效、具备事项的承接条件、没有处于信用限制期。信用优先次序高的排在前面。"
            ),
            "naming_reasons": _("理由向社会公开。"),
        }

    def facts(self, tender: Tender, /) -> Iterable[Fact]:
        """Yield whom the buyer names and why, as its form has said that the public will read."""
        agency = tender.named_agency
        yield Fact(_("直接选取的机构"), agency.name if agency else "")
        yield Fact(_("直接选取的理由"), tender.naming_reasons, is_wide=True)

    def asked(
        self, tender: Tender, _rules: Rules, at: datetime, /
    ) -> Iterable[tuple[str, Verdict]]:
        agency = tender.named_agency
        yield "naming_reasons" if agency else "named_agency", naming_is_complete(tender)
        yield "ceiling", order_has_ceiling(tender)
        yield "named_agency", named_agency_is_another(tender)
        if agency is not None:
            yield "named_agency", may_be_named(agency, tender.item, at)
            for verdict in _independence(tender, agency, at):
                yield "named_agency", verdict

    def order_verdicts(self, tender: Tender, _rules: Rules, at: datetime, /) -> tuple[Verdict, ...]:
        agency = tender.named_agency
        asked = naming_is_complete(tender), order_has_ceiling(tender)
        if agency is None:
            return asked
        return (
            *asked,
            agency_is_admitted(agency),
            agency_is_licensed(agency, at),
            agency_is_qualified(agency, tender.item, at),
            may_be_named(agency, tender.item, at),
            *_independence(tender, agency, at),
        )

    def entry_verdicts(self, tender: Tender, agency: Organization, /) -> tuple[Verdict, ...]:
        return (agency_is_named(tender, agency),)

    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        return (
            amount_is_written_to_the_cent(amount),
            amount_suits_the_payer(tender, amount),
            amount_is_within_ceiling(tender, amount),
        )

    def enough_bids(self, count: int, needed: int) -> Verdict:  # noqa: ARG002 - the interface has it
        return named_agency_has_accepted(count)

    def period_end(
        self,
        tender: Tender,  # noqa: ARG002 - the interface has it
        published_at: datetime,
        rules: Rules,
        calendar: WorkCalendar,
    ) -> Deadline:
        return periods.direct_accept_due(published_at, rules, calendar)

    def own_terms(self, tender: Tender, _rules: Rules, /) -> DirectTerms:
        if tender.named_agency is None:
            raise OrderNotPublished(tender.slug)
        return DirectTerms(ceiling=tender.ceiling, named_agency=tender.named_agency.uscc or "")

    def draw_word(self, evidence: Mapping[str, Any]) -> Text:  # noqa: ARG002 - the interface has it
        return _("直接选取，不抽签")


def _independence(tender: Tender, agency: Organization, at: datetime) -> tuple[Verdict, ...]:
    return may_serve_independently(tender, agency, limits_of(rules_for(tender, at)))
