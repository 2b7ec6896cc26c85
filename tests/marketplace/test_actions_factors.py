"""What becomes of second factors is on record."""

import pytest
from allauth.mfa.models import Authenticator

from marketplace.actions.factors import give_demo_factor
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_demo_stores_no_secret() -> None:
    user = UserFactory()

    give_demo_factor(user=user, at=NOON)

    app = Authenticator.objects.get(user=user)
    assert (app.type, app.data, app.created_at) == ("totp", {"secret": "demo"}, NOON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.at) == ("factor.added", user, NOON)
    assert entry.data == {"type": "totp", "factor": app.pk}
