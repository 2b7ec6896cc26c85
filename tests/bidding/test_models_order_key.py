"""An order's key is written once; a share is given once in a round, and wrapped anew at will."""

import pytest
from django.db import IntegrityError, transaction

from bidding.models import ShareGiven
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_key_is_never_written_again_and_a_share_is() -> None:
    key = TenderFactory(active=True).order_key
    share = key.shares.first()

    share.key = "another"
    share.save()
    with pytest.raises(AppendOnlyError):
        key.save()

    assert str(key) == key.public
    assert str(share) == f"{key.pk}/1"


def test_a_share_is_given_once_in_a_round() -> None:
    share = TenderFactory(active=True).order_key.shares.first()
    word = {"share": share, "given_by": UserFactory(), "office": AuthorityFactory()}

    given = ShareGiven.objects.create(round=1, given_at=NOON, **word)
    ShareGiven.objects.create(round=2, given_at=NOON, **word)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareGiven.objects.create(round=1, given_at=NOON, **word)

    assert str(given) == f"{share.pk}/1"
