"""Who may say which person an account is of."""

import pytest

from marketplace.guards.identities import may_state_identity
from marketplace.models import OfficerIdentity
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"


def test_a_refusal_tells_nobody_whose_the_other_account_is() -> None:
    other = UserFactory(name="王五")
    OfficerIdentity.objects.create(user=other, key="a" * 64, stated_at=NOON)

    asked = may_state_identity(NUMBER, "a" * 64, UserFactory())

    assert [(one.guard, one.holds) for one in asked] == [
        ("identity_is_open", True),
        ("identity_number_is_right", True),
        ("person_has_no_other_account", False),
    ]
    assert asked[-1].refusal == (
        "这个身份已经登记在另一个账号。一个人只用一个账号办理业务，请用那个账号登录"
    )
    assert all(one.holds for one in may_state_identity(NUMBER, "b" * 64, UserFactory()))
