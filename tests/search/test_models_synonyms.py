"""A group of words has one current version."""

import pytest
from django.db import IntegrityError, transaction

from search.models import SynonymGroup
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_a_group_has_one_current_version_and_each_version_once() -> None:
    values = {"key": "环评", "words": "环评\n环保评价", "added_by": UserFactory(), "added_at": NOON}
    first = SynonymGroup.objects.create(version=1, **values)

    for other in ({"version": 2}, {"version": 1, "is_current": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SynonymGroup.objects.create(**values, **other)

    assert str(first) == "环评"
