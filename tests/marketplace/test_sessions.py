"""Sessions: read while they last, by the real clock."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from marketplace.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_read_while_it_lasts_and_then_no_more() -> None:
    made = SessionStore()
    made["organization"] = "unit"
    made.save()

    assert SessionStore(made.session_key)["organization"] == "unit"
    row = Session.objects.get()
    row.expire_date -= timedelta(days=100)
    row.save()

    gone = SessionStore(made.session_key)
    assert dict(gone.items()) == {}
    assert gone.session_key is None


def test_who_sends_no_key_has_an_empty_session() -> None:
    assert dict(SessionStore().items()) == {}
