"""The kinds of conduct."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from credit.models import Conduct, Measure, Restriction
from marketplace.kernel.models import Parameter
from tests.factories.credit import (
    RestrictionFactory,
)
from tests.factories.marketplace import load_rules

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def broken(model, pk, **values):
    """Write past the model and expect the database to refuse."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=pk).update(**values)


def test_a_restriction_that_ends_as_it_begins_is_a_warning():
    restriction = RestrictionFactory()

    broken(Restriction, restriction.pk, effective_to=restriction.effective_from)
    broken(
        Restriction,
        restriction.pk,
        kind=Measure.WARNING,
        effective_to=restriction.effective_from - INSTANT,
    )
    Restriction.objects.filter(pk=restriction.pk).update(
        kind=Measure.WARNING, effective_to=restriction.effective_from
    )


@pytest.mark.parametrize(
    ("kind", "blocks"), [*zip(Measure, [False, False, True, True], strict=True)]
)
def test_only_a_freeze_and_a_removal_block(kind, blocks):
    restriction = RestrictionFactory(kind=kind)

    assert Restriction.objects.blocking().exists() == blocks
    assert restriction.is_blocking == blocks


def test_every_kind_of_conduct_has_points_in_the_rulebook_and_the_other_way_round():
    load_rules()
    keys = Parameter.objects.filter(key__startswith="credit.points.").values_list("key", flat=True)

    assert {key.removeprefix("credit.points.") for key in keys} == set(Conduct)
