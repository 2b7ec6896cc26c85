"""
Smallest valid objects of bidding, at fixed moments around NOON.

An order is published on the day before NOON and ends on the third working day after: DEADLINE.
Its rulebook is the shipped one. Bidders differ in their legal representatives.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import factory
from django.core.files.base import ContentFile

from bidding.actions.sealing import Opener, digest, make_key, sealed_offer, sealed_seed
from bidding.models import (
    Award,
    Bid,
    Contract,
    ContractUpload,
    Deliverable,
    Evaluation,
    Hall,
    Offer,
    PushedProject,
    Seal,
    Tender,
)
from bidding.rulebook import rules_for
from bidding.sealing.contents import PLAN, Contents, Plan
from bidding.selection.draw import commitment
from bidding.selection.methods import method_of
from bidding.selection.terms.versions import in_version
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import CalendarDay, Parameter, RulebookVersion
from marketplace.models import Document, Organization, ServiceItem
from tests.clock import NOON
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import (
    PROVINCE,
    AgencyFactory,
    BuyerFactory,
    ServiceItemFactory,
    UserFactory,
    division,
    law_without_text,
    load_calendar,
    load_rules,
)
from tests.factories.rows import RowFactory

PUBLISHED = NOON - timedelta(days=1)
DEADLINE = datetime(2026, 11, 27, tzinfo=CHINA)
GRACE = timedelta(seconds=60)
OPENING = DEADLINE + GRACE
HALL_END = OPENING + timedelta(minutes=5)
HALL_CLOSES = OPENING + timedelta(hours=2)
REGISTERED = datetime(2026, 11, 27, 10, 0, tzinfo=CHINA)
REGISTER_DUE = datetime(2026, 12, 1, tzinfo=CHINA)
PUBLICITY_END = datetime(2026, 12, 3, tzinfo=CHINA)
SIGN_DUE = datetime(2026, 12, 18, tzinfo=CHINA)
SIGNED = datetime(2026, 12, 8, 10, 0, tzinfo=CHINA)
SERVICE_DUE = datetime(2026, 12, 24, tzinfo=CHINA)
LATE_FROM = datetime(2027, 1, 7, tzinfo=CHINA)
DELIVERED = datetime(2026, 12, 15, 10, 0, tzinfo=CHINA)
ACCEPT_DUE = datetime(2027, 6, 14, tzinfo=CHINA)
ACCEPTED = datetime(2026, 12, 16, 10, 0, tzinfo=CHINA)
RATING_DUE = datetime(2027, 1, 7, tzinfo=CHINA)
RATED = datetime(2026, 12, 17, 10, 0, tzinfo=CHINA)
AMEND_UNTIL = datetime(2026, 12, 23, tzinfo=CHINA)
CEILING = Decimal("100000.00")
SEED = sha256(b"seed").digest()
PART = sha256(b"part").digest()
WEIGHTS = {"price_weight": "30", "criteria": "技术路线 50\n人员配备 20"}
"""What a scored order asks for beyond columns."""
PLAN_SENT = Plan("方案.pdf", "application/pdf", b"%PDF-1.7 plan")


def load_reference() -> None:
    """Store the shipped rules and the calendar, unless the test has stored its own."""
    if not Parameter.objects.exists():
        load_rules()
    if not CalendarDay.objects.exists():
        load_calendar()
        law_without_text("测试条例")


def rulebook() -> RulebookVersion:
    """Return the version that is in force in the province."""
    load_reference()
    return pin_rulebook(division=division(PROVINCE), at=PUBLISHED)


def bidder(item: ServiceItem | None = None, **fields: Any) -> Organization:
    """Return an admitted agency with a legal representative of its own, qualified for `item`."""
    values = {"legal_representative": factory.Sequence(lambda n: f"法人{n}"), **fields}
    agency = AgencyFactory(
        active=True,
        qualified_in=item.service_class if item else None,
        **{f"organization__{name}": value for name, value in values.items()},
    )
    return agency.organization


class DocumentFactory(RowFactory[Document]):
    class Meta:
        model = Document

    organization: Any = factory.LazyFunction(bidder)
    file: Any = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 test", name="test.pdf"))
    name = "test.pdf"
    content_type = "application/pdf"
    size = 13
    sha256 = factory.LazyFunction(lambda: sha256(b"%PDF-1.7 test").hexdigest())
    uploaded_by: Any = factory.SubFactory(UserFactory)
    uploaded_at = NOON


class TenderFactory(SubjectFactory):
    """
    A complete draft of a sealed-price order with private money; traits name the later states.

    `direct=agency` makes it a direct order for that organisation. From `active` on it has its seal.
    """

    class Meta:
        model = Tender
        skip_postgeneration_save = True

    class Params:
        was_submitted = factory.Trait(submitted_at=PUBLISHED - timedelta(hours=2))
        was_reviewed = factory.Trait(
            was_submitted=True,
            reviewed_at=PUBLISHED - timedelta(hours=1),
            reviewed_by=factory.SubFactory(UserFactory),
        )
        was_published = factory.Trait(
            was_reviewed=True,
            code=factory.Sequence(lambda n: f"JX360702-2026-{n:05d}"),
            rulebook=factory.LazyFunction(rulebook),
            published_at=PUBLISHED,
            published_by=factory.SubFactory(UserFactory),
            tender_period_end=DEADLINE,
            opening_at=OPENING,
            grace=GRACE,
        )
        was_opened = factory.Trait(
            was_published=True,
            closed_at=DEADLINE,
            evaluated_at=OPENING,
            register_due_at=REGISTER_DUE,
        )
        submitted = factory.Trait(was_submitted=True, status=Tender.Status.SUBMITTED)
        returned = factory.Trait(
            was_submitted=True, status=Tender.Status.RETURNED, return_reasons="限价没有依据。"
        )
        reviewed = factory.Trait(was_reviewed=True, status=Tender.Status.REVIEWED)
        active = factory.Trait(was_published=True, status=Tender.Status.ACTIVE)
        closed = factory.Trait(was_published=True, status=Tender.Status.CLOSED, closed_at=DEADLINE)
        bidding = factory.Trait(
            was_published=True,
            status=Tender.Status.BIDDING,
            closed_at=DEADLINE,
            hall_ends_at=HALL_END,
            in_hall=True,
        )
        evaluated = factory.Trait(was_opened=True, status=Tender.Status.EVALUATED)
        complete = factory.Trait(
            was_opened=True,
            status=Tender.Status.COMPLETE,
            completed_at=REGISTERED,
            registered_by=factory.SubFactory(UserFactory),
        )
        unsuccessful = factory.Trait(
            was_published=True,
            status=Tender.Status.UNSUCCESSFUL,
            closed_at=DEADLINE,
            ended_at=OPENING,
            end_reasons="有效报名 0 家，少于规则要求的 1 家",
        )
        cancelled = factory.Trait(
            was_published=True,
            status=Tender.Status.CANCELLED,
            ended_at=NOON,
            end_reasons="项目不再进行。",
        )

    buyer: Any = factory.LazyFunction(lambda: BuyerFactory().organization)
    created_by: Any = factory.SubFactory(UserFactory)
    created_at = PUBLISHED - timedelta(hours=3)
    item: Any = factory.SubFactory(ServiceItemFactory, published=True)
    division: Any = factory.LazyFunction(division)
    title = factory.Sequence(lambda n: f"测试项目{n}报告编制")
    content = "编制测试报告一份。"
    service_time = 11
    contact_name = "李测试"
    contact_phone = "079712345678"
    fund = Tender.Fund.PRIVATE
    ceiling: Any = CEILING
    price_basis = "参照同类项目的成交价。"
    method: Any = "lowest"

    @factory.post_generation
    def direct(self: Any, create: bool, agency: Organization | None) -> None:
        if agency is None:
            return
        self.method = "direct"
        self.named_agency, self.naming_reasons = agency, "熟悉本项目的前期工作。"
        if create:
            self.save()

    @factory.post_generation
    def key(self: Any, create: bool, _value: object) -> None:
        if create and self.code is not None:
            make_key(self, PUBLISHED)
            self.save()

    @factory.post_generation
    def seal(self: Any, create: bool, value: object) -> None:
        if create and self.published_at is not None and value is not False:
            SealFactory(tender=self)

    @factory.post_generation
    def in_hall(self: Any, create: bool, value: object) -> None:
        """Open the hall, in which nobody has quoted yet."""
        if create and value:
            HallFactory(tender=self)


class PushedProjectFactory(RowFactory[PushedProject]):
    """A project that an approval system has sent; its item is not said."""

    class Meta:
        model = PushedProject

    system = "赣州市投资项目审批系统"
    project_code = factory.Sequence(lambda n: f"2610-360702-04-01-{n:06d}")
    buyer = factory.LazyFunction(lambda: BuyerFactory().organization)
    title = "章江河道整治"
    division = factory.SelfAttribute("buyer.division")
    contact_name = "李敏"
    contact_phone = "0797-8123456"
    pushed_at = NOON


class HallFactory(RowFactory[Hall]):
    """A hall without a quote."""

    class Meta:
        model = Hall

    tender: Any = factory.SubFactory(TenderFactory, was_published=True)
    opened_at = moved_at = OPENING
    ends_at = HALL_END
    closes_at = HALL_CLOSES


class SealFactory(RowFactory[Seal]):
    """The promise of SEED under the order's terms."""

    class Meta:
        model = Seal
        skip_postgeneration_save = True

    tender: Any = factory.SubFactory(TenderFactory, was_published=True)
    sealed_seed = factory.LazyAttribute(lambda seal: sealed_seed(seal.tender, SEED))
    committed_at = PUBLISHED

    @factory.lazy_attribute
    def terms_version(self: Any) -> str:
        rules = rules_for(self.tender, PUBLISHED)
        return method_of(self.tender).terms(self.tender, rules).format

    @factory.lazy_attribute
    def commitment(self: Any) -> str:
        terms = method_of(self.tender).terms(self.tender, rules_for(self.tender, PUBLISHED))
        return commitment(SEED, in_version(self.terms_version, terms))

    @factory.post_generation
    def noted(self: Any, create: bool, _value: object) -> None:
        """Let the notice say the same."""
        if create:
            self.tender.commitment = self.commitment
            Tender.objects.filter(pk=self.tender_id).update(commitment=self.commitment)


class BidFactory(RowFactory[Bid]):
    """A standing bid with one offer of `amount`, made at NOON."""

    class Meta:
        model = Bid
        skip_postgeneration_save = True

    class Params:
        withdrawn = factory.Trait(status=Bid.Status.WITHDRAWN, withdrawn_at=NOON)
        ended = factory.Trait(
            status=Bid.Status.ENDED, ended_at=NOON, end_reference="赣市监失信〔2026〕1号"
        )
        excluded = factory.Trait(
            status=Bid.Status.EXCLUDED,
            excluded_at=OPENING,
            exclusion=Bid.Exclusion.SHARED_REPRESENTATIVE,
        )

    tender: Any = factory.SubFactory(TenderFactory, active=True)
    agency: Any = factory.LazyAttribute(lambda bid: bidder(bid.tender.item))
    submitted_by: Any = factory.SubFactory(UserFactory)
    submitted_at = NOON

    @factory.post_generation
    def amount(self: Any, create: bool, value: object) -> None:
        if create:
            amount = Decimal(str(value or "90000.00"))
            OfferFactory(bid=self, version=1, amount=amount, offered_by=self.submitted_by)


def _envelope(offer: Any) -> bytes:
    """Seal for the order's key; an order without one has nothing that could be opened."""
    tender = offer.bid.tender
    more = {PLAN: PLAN_SENT.as_json()} if method_of(tender).takes_plans else {}
    contents = Contents(Decimal(str(offer.amount)), PART, more)
    is_sealed = bool(tender.sealing_key)
    return sealed_offer(tender, offer.bid.agency, offer.version, contents) if is_sealed else b""


class OfferFactory(RowFactory[Offer]):
    """A second offer, which replaces the first."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    class Params:
        amount = Decimal("90000.00")

    bid: Any = factory.SubFactory(BidFactory)
    version = 2
    envelope = factory.LazyAttribute(_envelope)
    sealed = factory.LazyAttribute(lambda offer: digest(offer.envelope))
    offered_at = NOON
    offered_by: Any = factory.SubFactory(UserFactory)

    @factory.post_generation
    def opening(self: Any, create: bool, _value: object) -> None:
        """Open it where its order is."""
        if create and self.bid.tender.is_opened:
            Opener(self.bid.tender).open([self])


def unsealed(offer: Offer) -> Decimal:
    """Return the amount in an envelope, opened or not; only a test may ask before the opening."""
    return Opener(offer.bid.tender).contents_of(offer).amount


class AwardFactory(SubjectFactory):
    """An award in publicity; traits `active`, `complete`, `cancelled`."""

    class Meta:
        model = Award

    class Params:
        was_issued = factory.Trait(
            awarded_at=PUBLICITY_END,
            letter_number=factory.Sequence(lambda n: f"JX360702-2026-L{n:05d}"),
            contract_due_at=SIGN_DUE,
        )
        active = factory.Trait(was_issued=True, status=Award.Status.ACTIVE)
        complete = factory.Trait(was_issued=True, status=Award.Status.COMPLETE, completed_at=SIGNED)
        cancelled = factory.Trait(
            status=Award.Status.CANCELLED, cancelled_at=REGISTERED, cancel_reasons="机构放弃。"
        )

    tender: Any = factory.SubFactory(TenderFactory, complete=True)
    bid: Any = factory.LazyAttribute(lambda award: BidFactory(tender=award.tender))
    amount = Decimal("90000.00")
    published_at = REGISTERED
    publicity_ends_at = PUBLICITY_END


class ContractFactory(SubjectFactory):
    """A contract without a signature; traits name the later states."""

    class Meta:
        model = Contract

    class Params:
        was_signed = factory.Trait(
            award=factory.SubFactory(AwardFactory, complete=True),
            signed_at=SIGNED,
            filed_at=SIGNED,
            service_due_at=SERVICE_DUE,
            late_from=LATE_FROM,
        )
        was_delivered = factory.Trait(
            was_signed=True, delivered_at=DELIVERED, accept_due_at=ACCEPT_DUE
        )
        was_accepted = factory.Trait(
            was_delivered=True, accepted_at=ACCEPTED, rating_due_at=RATING_DUE
        )
        was_rated = factory.Trait(
            was_accepted=True, rated_at=RATED, is_rated_by_buyer=True, amend_until=AMEND_UNTIL
        )
        active = factory.Trait(was_signed=True, status=Contract.Status.ACTIVE)
        delivered = factory.Trait(was_delivered=True, status=Contract.Status.DELIVERED)
        accepted = factory.Trait(was_accepted=True, status=Contract.Status.ACCEPTED)
        rated = factory.Trait(was_rated=True, status=Contract.Status.RATED)
        archived = factory.Trait(
            was_rated=True, status=Contract.Status.ARCHIVED, archived_at=RATING_DUE
        )
        terminated = factory.Trait(
            status=Contract.Status.TERMINATED,
            terminated_at=SIGNED,
            terminate_reasons="机构放弃。",
        )

    award: Any = factory.SubFactory(AwardFactory, active=True)
    number = factory.Sequence(lambda n: f"JX360702-2026-C{n:05d}")
    amount = Decimal("90000.00")
    created_at = datetime(2026, 12, 7, 10, 0, tzinfo=CHINA)


class ContractUploadFactory(RowFactory[ContractUpload]):
    """A text that the agency has put up and the buyer has not answered."""

    class Meta:
        model = ContractUpload

    contract: Any = factory.SubFactory(ContractFactory)
    organization: Any = factory.LazyAttribute(lambda upload: upload.contract.award.bid.agency)
    document: Any = factory.LazyAttribute(
        lambda upload: DocumentFactory(organization=upload.organization)
    )
    uploaded_at = datetime(2026, 12, 7, 10, 0, tzinfo=CHINA)


class DeliverableFactory(RowFactory[Deliverable]):
    """A result that awaits the buyer's decision."""

    class Meta:
        model = Deliverable

    contract: Any = factory.SubFactory(ContractFactory, delivered=True)
    document: Any = factory.LazyAttribute(
        lambda made: DocumentFactory(organization=made.contract.award.bid.agency)
    )
    delivered_at = DELIVERED


class EvaluationFactory(RowFactory[Evaluation]):
    """Five stars from the buyer."""

    class Meta:
        model = Evaluation

    contract: Any = factory.SubFactory(ContractFactory, rated=True)
    side = Evaluation.Side.BUYER
    version = 1
    quality = attitude = timeliness = charges = conduct = 5
    rated_by: Any = factory.SubFactory(UserFactory)
    rated_at = RATED
