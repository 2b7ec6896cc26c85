"""An officer says once who it is; the number is kept nowhere."""

import json

import pytest

from marketplace.actions.identities import state_identity
from marketplace.identifiers import person_key
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import OfficerIdentity
from tests.bidding.refusals import snapshot
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"


def test_an_account_is_of_one_person_whose_number_is_kept_nowhere(settings) -> None:
    user = UserFactory()

    state_identity(identity_number=f" {NUMBER.lower()} ", by=user, at=NOON)

    identity = OfficerIdentity.objects.get()
    assert (identity.user, identity.stated_at) == (user, NOON)
    assert identity.key == person_key(NUMBER, settings.IDENTITY_KEY)
    assert NUMBER not in json.dumps([*snapshot().values()], ensure_ascii=False, default=str)
    assert [*AuditEntry.objects.values_list("verb", "by")] == [("identity.registered", user.pk)]


def test_nobody_says_it_twice_or_is_behind_two_accounts() -> None:
    first, second = UserFactory(), UserFactory()
    state_identity(identity_number=NUMBER, by=first, at=NOON)

    told = []
    for user, number in ((first, "110105194912310038"), (second, NUMBER), (second, NUMBER[:-1])):
        with pytest.raises(Refused) as refused:
            state_identity(identity_number=number, by=user, at=NOON)
        told.append([verdict.guard for verdict in refused.value.verdicts])

    assert told == [
        ["identity_is_open"],
        ["person_has_no_other_account"],
        ["identity_number_is_right"],
    ]
    assert [one.user for one in OfficerIdentity.objects.all()] == [first]
    assert AuditEntry.objects.count() == 1
