"""An item is published with a legal basis and a class, or not at all."""

import pytest

from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.models import ServiceClass, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import load_laws

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws():
    load_laws()


@pytest.fixture
def service_class():
    return ServiceClass.objects.create(code="C41", name="水利工程监理")


def draft(service_class, *, version=1, legal_basis="国发〔2004〕20号"):
    return ServiceItem.objects.create(
        code="S02",
        version=version,
        name="可行性研究报告编制",
        service_class=service_class,
        legal_basis=legal_basis,
    )


def test_every_refusal_explains_itself():
    item = draft(None, legal_basis="")

    refused = [
        verdict for verdict in may_publish_item(item, grounds_on(NOON.date())) if not verdict.holds
    ]

    assert [verdict.refusal for verdict in refused] == [
        "没有设立依据的事项不能公布，请先补充法律、行政法规或者国务院决定",
        "事项没有归入服务类别，机构无法按类别报名",
    ]
