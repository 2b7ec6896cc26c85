"""A seal that was changed, with or without its traces, is noticed before it can decide anything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bidding.actions.sealing import sealed_seed
from bidding.actions.tenders import evaluate_tender
from bidding.guards.seals import fingerprint, seal_is_as_published
from bidding.models import Seal, SealReveal, Selection, Tender
from bidding.rulebook import rules_for
from bidding.selection.draw import commitment
from bidding.selection.methods import method_of
from bidding.selection.terms.versions import in_version
from marketplace.kernel import triggers
from marketplace.kernel.audit import record
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import OPENING, BidFactory, TenderFactory

pytestmark = pytest.mark.django_db
CHOSEN = bytes(range(32))
FAULT = "抽取承诺与发布公告时公布的不一致，查明以前不开启报价。依据：平台默认。"


@pytest.fixture
def order() -> Tender:
    """An order that waits for its opening, with a trail that says what was promised."""
    tender: Tender = TenderFactory(closed=True)
    BidFactory.create_batch(3, tender=tender)
    seal = tender.seal
    promised = {"commitment": seal.commitment, "seal": fingerprint(tender, seal)}
    record(by=None, verb="tender.published", target=tender, at=NOON, **promised)
    return Tender.objects.get(pk=tender.pk)


def chosen(tender: Tender) -> dict[str, Any]:
    """Return a seed of somebody's choice, sealed, and what it commits to under the terms."""
    terms = method_of(tender).terms(tender, rules_for(tender, NOON))
    promised = commitment(CHOSEN, in_version(tender.seal.terms_version, terms))
    return {"sealed_seed": sealed_seed(tender, CHOSEN), "commitment": promised}


def write_seal(tender: Tender, **values: object) -> None:
    Seal.objects.filter(tender=tender).update(**values)


def write_seal_and_notice(tender: Tender) -> None:
    write_seal(tender, **chosen(tender))
    Tender.objects.filter(pk=tender.pk).update(commitment=chosen(tender)["commitment"])


ATTACKS: dict[str, Callable[[Tender], object]] = {
    "another seed": lambda order: write_seal(order, sealed_seed=sealed_seed(order, CHOSEN)),
    "no seed": lambda order: write_seal(order, sealed_seed=b"x"),
    "another version": lambda order: write_seal(order, terms_version="wszj-evidence/9"),
    "another seed with its commitment": lambda order: write_seal(order, **chosen(order)),
    "the notice as well": write_seal_and_notice,
    "another key": lambda order: Tender.objects.filter(pk=order.pk).update(sealing_key="x"),
    "another ceiling": lambda order: Tender.objects.filter(pk=order.pk).update(ceiling=1),
    "no seal": lambda order: Seal.objects.filter(tender=order)._raw_delete("default"),
}


def test_a_changed_seal_is_told_to_the_next_reader_logged_and_never_opened(
    order: Tender, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = reverse("bidding:tender", args=[order.code])
    assert seal_is_as_published(order).holds
    assert FAULT not in client.get(address).content.decode()
    assert "seal_altered" not in caplog.text

    for name, attack in ATTACKS.items():
        caplog.clear()
        with triggers.lifted(), transaction.atomic():
            attack(Tender.objects.get(pk=order.pk))

            assert not seal_is_as_published(Tender.objects.get(pk=order.pk)).holds, name
            page = client.get(address)
            assert (page.status_code, page.content.decode().count(FAULT)) == (200, 2), name
            assert order.code in caplog.text, name
            with refused("seal_is_as_published"):
                evaluate_tender(tender=order, at=OPENING)
            transaction.set_rollback(True)

    assert caplog.text.count("seal_altered") == 2
    assert not Selection.objects.exists()
    assert not SealReveal.objects.exists()
    assert seal_is_as_published(Tender.objects.get(pk=order.pk)).holds
