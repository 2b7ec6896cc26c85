"""A holder's key is rotated with everything that is wrapped with it, and missed when it is gone."""

from pathlib import Path

import pytest

from bidding.actions.sealing import Opener
from bidding.actions.shares import missing_keys, rotate_key
from bidding.models import KeyShare
from bidding.sealing.keyring import KeyMissing, keyring
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.bidding import SEED, TenderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.SEAL_KEYS_DIR = tmp_path / "keys"
    keyring.cache_clear()
    yield
    keyring.cache_clear()


def test_a_rotation_leaves_nothing_that_the_old_key_opens() -> None:
    first, second = TenderFactory(active=True), TenderFactory(closed=True)
    old = KeyShare.objects.filter(holder="operator").first()
    assert old is not None
    wrapped = bytes(old.wrapped)

    count = rotate_key("operator", NOON)

    shares = KeyShare.objects.filter(holder="operator")
    assert count == len(shares) == 2
    assert {share.key for share in shares} == {keyring().current("operator")}
    assert (old.key in {share.key for share in shares}, keyring().has("operator", old.key)) == (
        False,
        False,
    )
    with pytest.raises(KeyMissing):
        keyring().unwrap("operator", old.key, wrapped, b"")
    KeyShare.objects.exclude(holder__in=["operator", "schedule"]).update(key="lost")
    assert [Opener(one).seed_of(one.seal) for one in (first, second)] == [SEED, SEED]
    assert AuditEntry.objects.filter(verb="tender.share_rewrapped", by=None).count() == 2


def test_a_key_that_is_not_there_is_named_while_an_order_needs_it(settings) -> None:
    order = TenderFactory(active=True)
    TenderFactory(cancelled=True)
    assert missing_keys() == []

    Path(settings.SEAL_KEYS_DIR, "operator").unlink()

    assert missing_keys() == [f"operator:{order.order_key.shares.get(holder='operator').key}"]
    with pytest.raises(KeyMissing):
        rotate_key("operator", NOON)
    assert not AuditEntry.objects.filter(verb="tender.share_rewrapped").exists()
