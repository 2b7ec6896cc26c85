"""A message is in the inbox of one person acting for one organisation."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.models import Message, Organization, User
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, UserFactory

pytestmark = pytest.mark.django_db


def message(user: User, organization: Organization, subject: str, **fields: Any) -> Message:
    facts = {"kind": "test/told", "body": "内容", "created_at": NOON} | fields
    return Message.objects.create(user=user, organization=organization, subject=subject, **facts)


def test_an_inbox_is_a_person_s_in_one_organisation_the_newest_first() -> None:
    user, buyer, other = UserFactory(), BuyerFactory().organization, BuyerFactory().organization
    message(user, buyer, "后来", created_at=NOON + timedelta(seconds=1), read_at=NOON)
    message(user, buyer, "先前")
    message(user, other, "别处")
    message(UserFactory(), buyer, "别人")

    inbox = Message.objects.inbox_of(user, buyer)

    assert [str(one) for one in inbox] == ["后来", "先前"]
    assert [str(one) for one in inbox.unread()] == ["先前"]
