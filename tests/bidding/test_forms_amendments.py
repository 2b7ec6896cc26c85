"""The form by which an open order is amended."""

import pytest

from bidding.forms.amendments import AmendForm
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_the_form_says_which_changes_begin_the_sign_up_anew():
    fields = AmendForm(instance=TenderFactory(active=True), at=NOON).fields

    material = {
        name for name, field in fields.items() if field.help_text == AmendForm.MATERIAL_NOTE
    }
    assert material == {
        *("title", "content", "scale", "service_time", "ceiling", "floor"),
        *("signup_until", "selection_at"),
    }
    assert set(fields) - material == {
        *("price_basis", "project_code", "contact_name", "contact_phone", "reasons"),
    }
    assert set(AmendForm.GUARD_FIELDS.values()) <= set(AmendForm.base_fields)


def test_a_method_without_floor_and_times_asks_for_none():
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(active=True, item=item, direct=bidder(item))

    fields = AmendForm(instance=tender, at=NOON).fields

    assert {"floor", "signup_until", "selection_at"}.isdisjoint(fields)
