"""A seal is written once; that its seed is public is a row of its own."""

import pytest

from bidding.models import Seal, SealReveal
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.bidding import SEED, TenderFactory

pytestmark = pytest.mark.django_db


def test_a_seal_is_never_written_again() -> None:
    seal = TenderFactory(active=True).seal
    kept = seal.sealed_seed
    seal.sealed_seed = b"0" * 64

    with pytest.raises(AppendOnlyError):
        seal.save()

    assert Seal.objects.get(pk=seal.pk).sealed_seed == kept


def test_a_seed_is_public_from_the_moment_that_says_so() -> None:
    seal = TenderFactory(active=True).seal
    assert seal.revealed_at is None

    SealReveal.objects.create(seal=seal, seed=SEED.hex(), revealed_at=NOON)

    assert seal.revealed_at == NOON
    assert str(seal) == seal.commitment
