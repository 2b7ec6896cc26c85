"""The command by which an installation gets its first officers."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.kernel.models import AuditEntry
from marketplace.models import Membership, Organization, User
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, UserFactory, division

pytestmark = pytest.mark.django_db
NAME = "江西省测试数据局"


def set_up(*roles: str, login: str = "guanli", code: str = PROVINCE, **options: str) -> list[str]:
    """Return the lines that the command prints."""
    division(PROVINCE)
    output = StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("set_up_authority", NAME, code, login, *roles, stdout=output, **options)
    return output.getvalue().splitlines()


def test_an_empty_installation_gets_an_authority_with_a_first_officer() -> None:
    said = set_up("manager", "operator", email="guanli@jx.example", person="管理甲")

    authority, user = Organization.objects.get(), User.objects.get()
    assert said[:4] == [
        f"authority {NAME}: created",
        "account guanli: created",
        "role manager: created",
        "role operator: created",
    ]
    assert (authority.kind, authority.name, authority.division_id) == ("authority", NAME, PROVINCE)
    assert (user.username, user.name, user.email) == ("guanli", "管理甲", "guanli@jx.example")
    assert set(Membership.objects.values_list("organization", "user", "role", "is_active")) == {
        (authority.pk, user.pk, "manager", True),
        (authority.pk, user.pk, "operator", True),
    }
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "by", "at")) == [
        ("authority.set_up", None, NOON),
        ("user.registered", None, NOON),
        ("membership.added", None, NOON),
        ("membership.added", None, NOON),
    ]


def test_the_printed_address_sets_the_password_of_the_first_officer(client: Client) -> None:
    [*_said, line] = set_up("manager", email="guanli@jx.example")
    path = urlsplit(line.removeprefix("the password is set at: ")).path

    with time_machine.travel(NOON, tick=False):
        form = client.get(path, follow=True)
        client.post(
            form.redirect_chain[-1][0],
            {"password1": "Ganjiang-2026-qi", "password2": "Ganjiang-2026-qi"},
        )

    assert User.objects.get().check_password("Ganjiang-2026-qi")


def test_a_second_run_says_what_exists_and_changes_nothing() -> None:
    set_up("manager", email="guanli@jx.example")
    user = User.objects.get()
    user.set_password("Ganjiang-2026-qi")
    user.save()
    before = AuditEntry.objects.count()

    assert set_up("manager") == [
        f"authority {NAME}: exists",
        "account guanli: exists",
        "role manager: exists",
    ]
    assert AuditEntry.objects.count() == before


def test_somebody_with_an_account_keeps_it_and_gets_the_missing_role() -> None:
    user = UserFactory(username="guanli")
    user.set_password("Ganjiang-2026-qi")
    user.save()

    assert set_up("inspector")[1:] == ["account guanli: exists", "role inspector: created"]
    assert Membership.objects.get().user == user


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "There is no account guanli; name an --email to open it."),
        ({"code": "999999"}, "There is no division 999999; run load_reference first."),
        ({"login": "不 行", "email": "a@jx.example"}, "请输入合法的用户名。"),
        ({"email": "no address"}, "输入一个有效的 Email 地址。"),
    ],
)
def test_what_cannot_be_set_up_is_refused_and_nothing_is_written(given, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        set_up("manager", **given)

    assert not Organization.objects.exists()
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_role_of_another_kind_of_party_is_refused() -> None:
    with pytest.raises(CommandError, match="buyer_manager"):
        set_up("buyer_manager", email="guanli@jx.example")

    assert not Organization.objects.exists()
