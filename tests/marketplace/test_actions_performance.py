"""What the platform has seen done enters the record of the agency by itself, once."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.actions.performance import enter_order
from marketplace.kernel.models import AuditEntry
from marketplace.models import PastPerformance
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    ServiceClassFactory,
    UserFactory,
)
from tests.factories.parties import PerformanceFactory

pytestmark = pytest.mark.django_db


def test_an_order_is_on_record_without_anybody_s_check_and_only_what_counts_is_shown() -> None:
    agency, buyer = AgencyFactory(active=True).organization, BuyerFactory().organization
    order = {
        "agency": agency,
        "tender_code": "JX360702-2026-00001",
        "title": "测试水库水土保持方案编制",
        "client": buyer.name,
        "service_class": ServiceClassFactory(),
        "amount": None,
        "completed_on": NOON.date(),
        "by": UserFactory(),
        "at": NOON,
    }

    entered = enter_order(**order)

    assert (entered.status, entered.checked_by, entered.client) == ("checked", None, buyer.name)
    assert AuditEntry.objects.get().verb == "performance.entered"
    PerformanceFactory(agency=agency.agency, status=PastPerformance.Status.ENTERED)
    assert [*PastPerformance.objects.shown(agency.pk)] == [entered]
    with pytest.raises(IntegrityError), transaction.atomic():
        enter_order(**order)
