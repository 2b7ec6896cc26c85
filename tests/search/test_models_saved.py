"""The database keeps one question of a person once, and tells of one thing once."""

import pytest
from django.db import IntegrityError, transaction

from search.models import Alert, AlertHit, SavedSearch
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_nothing_is_stored_twice() -> None:
    given = {"user": UserFactory(), "scope": "tenders", "asked": "q=a", "title": "a"}
    given |= {"created_at": NOON, "looked_at": NOON}
    saved = SavedSearch.objects.create(**given)
    alert = Alert.objects.create(saved=saved, told_at=NOON)
    hit = {"saved": saved, "alert": alert, "kind": "tender", "key": "1", "title": "t", "url": "/"}
    AlertHit.objects.create(**hit)

    for model, values in ((SavedSearch, given), (AlertHit, hit)):
        with transaction.atomic(), pytest.raises(IntegrityError):
            model.objects.create(**values)
    assert (str(saved), str(alert), saved.parameters.dict()) == ("a", alert.slug, {"q": "a"})
