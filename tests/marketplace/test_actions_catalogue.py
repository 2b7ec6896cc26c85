"""An item is published with a legal basis and a class, or not at all."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from marketplace.actions.catalogue import publish_item
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import ServiceClass, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import load_laws

LATER = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)

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


def row(item):
    return ServiceItem.objects.filter(pk=item.pk).values().get()


def refusal(item, at=NOON):
    """Return the guards that refuse to publish `item`, having checked that nothing happened."""
    before = list(ServiceItem.objects.order_by("pk").values())
    audited = AuditEntry.objects.count()

    with pytest.raises(Refused) as refused:
        publish_item(item=item, by=None, at=at)

    assert list(ServiceItem.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == audited
    return [verdict.guard for verdict in refused.value.verdicts]


def test_publish_item_publishes_at_the_moment_and_records_it(service_class):
    item = publish_item(item=draft(service_class), by=None, at=NOON)

    assert (row(item)["status"], row(item)["published_at"]) == ("published", NOON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id, entry.before, entry.after, entry.at) == (
        "item.published",
        str(item.pk),
        "draft",
        "published",
        NOON,
    )


@pytest.mark.parametrize("legal_basis", ["", " ", "\n"])
def test_publish_item_refuses_an_item_without_legal_basis_and_changes_nothing(
    service_class, legal_basis
):
    assert refusal(draft(service_class, legal_basis=legal_basis)) == ["item_has_legal_basis"]


def test_publish_item_refuses_an_item_without_class_and_changes_nothing():
    assert refusal(draft(None)) == ["item_has_service_class"]


def test_publish_item_names_every_reason_at_once():
    assert refusal(draft(None, legal_basis="")) == [
        "item_has_legal_basis",
        "item_has_service_class",
    ]


def test_publish_item_asks_the_stored_row_and_not_the_one_in_hand(service_class):
    item = draft(service_class, legal_basis="")
    item.legal_basis = "国发〔2004〕20号"

    assert refusal(item) == ["item_has_legal_basis"]


def test_publish_item_refuses_an_item_that_is_published_already(service_class):
    item = publish_item(item=draft(service_class), by=None, at=NOON)

    assert refusal(item, at=LATER) == ["item_awaits_publication"]


def test_publish_item_ends_the_version_that_it_replaces(service_class):
    first = publish_item(item=draft(service_class), by=None, at=NOON)
    second = publish_item(item=draft(service_class, version=2), by=None, at=LATER)

    assert (row(first)["status"], row(first)["ended_at"]) == ("abolished", LATER)
    assert row(second)["status"] == "published"
    entry = AuditEntry.objects.get(verb="item.superseded")
    assert (entry.target_id, entry.before, entry.after, entry.data) == (
        str(first.pk),
        "published",
        "abolished",
        {"code": "S02", "version": 2},
    )


def test_publish_item_ends_a_suspended_version_too(service_class):
    first = publish_item(item=draft(service_class), by=None, at=NOON)
    first.suspend(at=NOON)
    first.save()

    publish_item(item=draft(service_class, version=2), by=None, at=LATER)

    assert (row(first)["status"], row(first)["ended_at"]) == ("abolished", LATER)


def test_publish_item_refuses_a_version_that_a_newer_one_has_overtaken(service_class):
    publish_item(item=draft(service_class, version=3), by=None, at=NOON)

    assert refusal(draft(service_class, version=2)) == ["item_is_newest_version"]


def test_a_refused_new_version_leaves_the_published_one_in_force(service_class):
    first = publish_item(item=draft(service_class), by=None, at=NOON)

    assert refusal(draft(service_class, version=2, legal_basis="")) == ["item_has_legal_basis"]
    assert row(first)["status"] == "published"


def test_a_suspended_item_may_be_published_again(service_class):
    item = publish_item(item=draft(service_class), by=None, at=NOON)
    item.suspend(at=NOON)
    item.save()

    publish_item(item=item, by=None, at=LATER)

    again = row(item)
    assert (again["status"], again["published_at"], again["ended_at"]) == ("published", LATER, None)


def test_the_database_refuses_a_published_item_without_basis_whoever_writes_it(service_class):
    item = publish_item(item=draft(service_class), by=None, at=NOON)

    for change in ({"legal_basis": ""}, {"service_class": None}, {"published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceItem.objects.filter(pk=item.pk).update(**change)


def test_the_database_refuses_two_published_versions(service_class):
    publish_item(item=draft(service_class), by=None, at=NOON)
    second = draft(service_class, version=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItem.objects.filter(pk=second.pk).update(status="published", published_at=NOON)


@pytest.mark.parametrize("legal_basis", ["《港口工程建设管理规定》", "平台默认"])
def test_an_item_of_a_ministry_s_rule_alone_is_not_published(service_class, legal_basis):
    """Source: 《优化营商环境条例》第四十三条第一款."""
    assert refusal(draft(service_class, legal_basis=legal_basis)) == ["item_basis_grounds_it"]
