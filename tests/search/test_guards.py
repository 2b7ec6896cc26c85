"""Nobody keeps any number of questions."""

import pytest

from search.guards import MOST_SAVED, one_more_may_be_saved
from search.models import SavedSearch
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_last_that_may_be_kept_and_the_first_that_may_not() -> None:
    user = UserFactory()
    rows = [
        SavedSearch(user=user, scope="tenders", asked=f"q={n}", created_at=NOON, looked_at=NOON)
        for n in range(MOST_SAVED)
    ]
    SavedSearch.objects.bulk_create(rows[:-1])
    last = one_more_may_be_saved(user).holds
    rows[-1].save()

    assert last
    assert not one_more_may_be_saved(user).holds
    assert one_more_may_be_saved(UserFactory()).holds
