"""An authority is named with a place that lies below its office."""

import pytest

from marketplace.forms.authorities import AuthorityForm
from tests.factories.marketplace import AuthorityFactory, division

pytestmark = pytest.mark.django_db
AREA = "360700"
"""The city that 章贡区 lies in."""


def test_only_places_below_can_be_chosen_and_refusals_stand_beside_fields() -> None:
    office = AuthorityFactory(division=division(AREA))
    division("360703"), division("360802"), division()
    told = {"name": "甲", "login": "x", "division": "360703"}

    form = AuthorityForm(told, office=office)

    assert form.is_valid()
    assert form.cleaned_data["division"] == division("360703")
    assert [code for code, _name in form.fields["division"].choices] == ["360702", "360703"]
    assert [*AuthorityForm({**told, "division": AREA}, office=office).errors] == ["division"]
    assert set(AuthorityForm.GUARD_FIELDS.values()) <= form.fields.keys()
