from copy import copy
from datetime import date

import pytest
from django.utils.datastructures import MultiValueDict

from marketplace.forms.changes import FactsChangeForm, renewed
from tests.factories.marketplace import AgencyFactory, QualificationFactory

pytestmark = pytest.mark.django_db


def test_a_renewal_begins_with_the_day_after_the_old_certificate() -> None:
    old = QualificationFactory(valid_until=date(2026, 12, 31))

    found = renewed(old)

    assert found["valid_from"] == date(2027, 1, 1)
    assert (found["certificate_number"], "valid_until" in found) == (old.certificate_number, False)


def test_what_the_form_spells_otherwise_is_no_change() -> None:
    agency = AgencyFactory(active=True, organization__contact_phone="079712345678")
    limits = {"limit": 1000, "most": 3, "on": date(2026, 11, 24)}
    blank = FactsChangeForm(agency=copy(agency), **limits)
    sent = {name: blank[name].value() or "" for name in blank.fields if name != "papers"}

    form = FactsChangeForm(
        {**sent, "contact_name": "王联系"}, MultiValueDict(), agency=copy(agency), **limits
    )

    assert form.is_valid(), form.errors
    assert form.wanted() == {"values": {"contact_name": "王联系"}, "files": []}
