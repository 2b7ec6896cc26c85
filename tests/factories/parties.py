"""Smallest valid objects around parties: who owns whom, who moves, what was done before."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory

from marketplace.models import (
    Document,
    FieldSource,
    OwnershipTie,
    PastPerformance,
    PractitionerMove,
)
from tests.clock import NOON
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import (
    AgencyFactory,
    OrganizationFactory,
    PractitionerFactory,
    ServiceClassFactory,
    UserFactory,
)
from tests.factories.rows import RowFactory


class TieFactory(RowFactory[OwnershipTie]):
    """A holding of 60 per cent."""

    class Meta:
        model = OwnershipTie

    holder_key = factory.Sequence(lambda n: f"person:{n:04}")
    holder_name = "赵测试"
    held_key = factory.Sequence(lambda n: f"org:{n:04}")
    held_name = factory.LazyAttribute(lambda tie: f"江西测试{tie.held_key}有限公司")
    kind: Any = OwnershipTie.Kind.HOLDS
    share: Any = Decimal(60)
    source = "市场监管登记信息"
    recorded_at = NOON


class MoveFactory(SubjectFactory):
    """A professional whom another agency asks for; the old one may answer for two days."""

    class Meta:
        model = PractitionerMove

    class Params:
        contested = factory.Trait(
            status=PractitionerMove.Status.CONTESTED,
            answered_at=NOON,
            objection="劳动合同未解除",
        )
        was_decided = factory.Trait(decided_at=NOON, decided_by=factory.SubFactory(UserFactory))
        released = factory.Trait(was_decided=True, status=PractitionerMove.Status.RELEASED)
        refused = factory.Trait(was_decided=True, status=PractitionerMove.Status.REFUSED)
        withdrawn = factory.Trait(was_decided=True, status=PractitionerMove.Status.WITHDRAWN)

    practitioner = factory.SubFactory(PractitionerFactory)
    from_agency = factory.SelfAttribute("practitioner.agency")
    to_agency = factory.SubFactory(AgencyFactory, active=True)
    requested_by = factory.SubFactory(UserFactory)
    requested_at = NOON - timedelta(days=1)
    release_due_at = NOON + timedelta(days=2)


class PaperFactory(RowFactory[Document]):
    """The row of an uploaded file, without the file."""

    class Meta:
        model = Document

    organization = factory.SubFactory(OrganizationFactory)
    file = "none"
    name = "合同.pdf"
    content_type = "application/pdf"
    size = 1
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = NOON


class PerformanceFactory(RowFactory[PastPerformance]):
    """An order of the platform that an agency has done; `declared` is work from elsewhere."""

    class Meta:
        model = PastPerformance

    class Params:
        declared = factory.Trait(
            status=PastPerformance.Status.ENTERED,
            tender_code="",
            checked_at=None,
            evidence=factory.SubFactory(
                PaperFactory, organization=factory.SelfAttribute("..agency.organization")
            ),
        )

    agency = factory.SubFactory(AgencyFactory, active=True)
    title = "测试水库水土保持方案编制"
    client = "章贡区水利局"
    service_class = factory.SubFactory(ServiceClassFactory)
    amount = Decimal(80000)
    completed_on = NOON.date()
    tender_code = factory.Sequence(lambda n: f"JX360702-2026-{n:05}")
    status = PastPerformance.Status.CHECKED
    entered_at = NOON
    checked_at = NOON


class FieldSourceFactory(RowFactory[FieldSource]):
    """The address of an organisation as the business registry has it."""

    class Meta:
        model = FieldSource

    organization = factory.SubFactory(OrganizationFactory)
    field = "address"
    port = FieldSource.Port.REGISTRY
    fetched_at = NOON
