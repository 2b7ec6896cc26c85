"""One of everything that search finds, each with what nobody may find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bidding.models import Contract, Tender
from credit.models import Restriction
from marketplace.models import Approval, ApprovalDeliverable, Organization
from tests.clock import NOON
from tests.factories.bidding import BidFactory, ContractFactory, TenderFactory
from tests.factories.credit import CaseFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import (
    AgencyFactory,
    OrganizationFactory,
    PractitionerFactory,
    ServiceItemFactory,
    load_laws,
    load_rules,
)
from tests.search import corpus

SECRETS = {
    *("秘密草稿", "秘密退回", "秘密联系人", "13900139000", "secret@example.org", "秘密法人"),
    *("81234", "71234", "秘密落选", "秘密持证人", "秘密证号", "秘密事实", "秘密陈述"),
    *("秘密未签", "秘密公示机构", "秘密不公开", "秘密过期", "秘密草稿事项"),
}
"""No index may hold any of these."""


@dataclass(frozen=True)
class World:
    """What of it the tests name again."""

    order: Tender
    contract: Contract
    agency: Organization
    restriction: Restriction


def store_world() -> World:
    """Store one of each kind; the names of those that are not public are secrets."""
    load_rules()
    load_laws()
    approval = Approval.objects.create(code="A77", name="取水许可审批", department="水利局")
    ApprovalDeliverable.objects.create(approval=approval, deliverable="水资源论证报告书")
    contract = ContractFactory(active=True)
    order = contract.award.tender
    Organization.objects.filter(pk=order.buyer_id).update(
        contact_name="秘密联系人",
        contact_phone="13900139000",
        contact_email="secret@example.org",
        legal_representative="秘密法人",
    )
    loser = OrganizationFactory(name="秘密落选咨询有限公司")
    BidFactory(tender=order, agency=loser, amount=Decimal("81234.00"))
    _drafts()
    agency = active_agency()
    PractitionerFactory(agency=agency.agency, name="秘密持证人", certificate_number="秘密证号")
    restriction = _decisions(agency)
    corpus.notice(corpus.DATA["corpus"]["notices"][0])
    return World(order, contract, agency, restriction)


def _drafts() -> None:
    TenderFactory(title="秘密草稿项目", ceiling=Decimal("71234.00"))
    TenderFactory(title="秘密退回项目", returned=True)
    ServiceItemFactory(name="秘密草稿事项")
    AgencyFactory(organization__name="秘密公示机构", publicity=True)
    ContractFactory(number="秘密未签合同")


def _decisions(agency: Organization) -> Restriction:
    told = {"facts": "秘密事实", "statement": "秘密陈述"}
    shown = RestrictionFactory(
        organization=agency,
        case=CaseFactory(decided=True, organization=agency, **told),
    )
    RestrictionFactory(legal_basis="秘密不公开依据", is_public=False)
    day = timedelta(days=1)
    RestrictionFactory(
        legal_basis="秘密过期依据",
        effective_from=NOON - 9 * day,
        effective_to=NOON - 8 * day,
        published_until=NOON - day,
        ended_at=NOON - 8 * day,
    )
    return shown
