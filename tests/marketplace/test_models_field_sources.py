"""A field of a party has one source at a time."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.parties import FieldSourceFactory

pytestmark = pytest.mark.django_db


def test_a_field_comes_from_one_port():
    source = FieldSourceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        FieldSourceFactory(organization=source.organization, port="certificates")

    assert str(source).endswith(" address")
