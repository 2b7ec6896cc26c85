"""A holder's key is rotated with everything that is wrapped with it, and missed when it is gone."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from secrets import token_bytes

import pytest

from bidding.actions.sealing import Opener
from bidding.actions.shares import missing_keys, rotate_key
from bidding.models import KeyShare, Tender
from bidding.sealing.keyring import KeyMissing, keyring
from marketplace.kernel.models import AuditEntry
from tests.bidding.openings import opened
from tests.clock import NOON
from tests.factories.bidding import SEED, BidFactory, TenderFactory

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


class KeyService:
    """What an office may run instead of files: what it wraps is a number that says nothing."""

    def __init__(self) -> None:
        self.kept: dict[bytes, tuple[str, bytes, bytes]] = {}
        self.rotations = Counter[str]()

    def current(self, holder: str) -> str:
        return f"{holder}-{self.rotations[holder]}"

    def has(self, holder: str, key: str) -> bool:
        return key == self.current(holder) or any(one == key for one, *_rest in self.kept.values())

    def wrap(self, holder: str, content: bytes, bound_to: bytes) -> bytes:
        number = token_bytes(16)
        self.kept[number] = (self.current(holder), content, bound_to)
        return number

    def unwrap(self, holder: str, key: str, wrapped: bytes, bound_to: bytes) -> bytes:
        name, content, words = self.kept.get(wrapped, ("", b"", b""))
        if (name, words) != (key, bound_to):
            raise KeyMissing(holder, key)
        return content

    def rotate(self, holder: str) -> str:
        self.rotations[holder] += 1
        return self.current(holder)

    def forget(self, _holder: str, keys: Iterable[str]) -> None:
        gone = set(keys)
        self.kept = {number: one for number, one in self.kept.items() if one[0] not in gone}


def test_an_order_is_sealed_rotated_and_opened_by_a_key_service_without_any_file(settings) -> None:
    settings.SEAL_KEYRING = f"{__name__}.{KeyService.__name__}"
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender, amount=80_000)
    service = keyring()
    assert isinstance(service, KeyService)

    assert rotate_key("operator", NOON) == 1
    tender = opened(tender)

    assert tender.status == Tender.Status.EVALUATED
    assert {key for key, *_rest in service.kept.values()} >= {"operator-1", "schedule-0"}
    assert not any(key == "operator-0" for key, *_rest in service.kept.values())
    assert not Path(settings.SEAL_KEYS_DIR).exists()
