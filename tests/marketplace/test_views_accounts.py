"""Allauth's pages in our frame, in our words."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils.html import strip_tags

from tests.factories.marketplace import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b(?:sign|log|password|email|please|your|confirm|account)\b", re.IGNORECASE)


def main_of(client: Client, path: str) -> str:
    page = client.get(path, follow=True)
    assert page.status_code == 200
    found = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/login/", "登录"),
        ("/accounts/signup/", "注册账号"),
        ("/accounts/password/reset/", "找回密码"),
        ("/accounts/password/reset/done/", "链接已经发出"),
        ("/accounts/password/reset/key/x-y/", "设置新密码"),
        ("/accounts/password/reset/key/done/", "新密码已经设置"),
        ("/accounts/confirm-email/", "验证邮件已经发出"),
        ("/accounts/confirm-email/none/", "确认邮箱"),
        ("/accounts/inactive/", "账号已停用"),
    ],
)
def test_page_before_log_in_speaks_chinese(client: Client, path: str, title: str) -> None:
    main = main_of(client, path)

    assert f"<h1>{title}</h1>" in main
    assert ENGLISH.findall(strip_tags(main)) == []


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/logout/", "退出登录"),
        ("/accounts/email/", "邮箱"),
        ("/accounts/password/change/", "修改密码"),
        ("/accounts/reauthenticate/", "再输入一次密码"),
    ],
)
def test_page_of_an_account_speaks_chinese(client: Client, path: str, title: str) -> None:
    client.force_login(UserFactory())

    main = main_of(client, path)

    assert f"<h1>{title}</h1>" in main
    assert ENGLISH.findall(re.sub(r"\S+@\S+", "", strip_tags(main))) == []


def test_each_address_offers_only_what_can_be_done_with_it(client: Client) -> None:
    user = UserFactory()
    own = EmailAddress.objects.filter(user=user)
    own.update_or_create(
        email=user.email, defaults={"primary": True, "verified": True, "user": user}
    )
    own.create(user=user, email="second@example.test")
    client.force_login(user)
    acts = ("send", "primary", "remove")

    page = client.get("/accounts/email/").content.decode()
    assert [page.count(f'name="action_{act}"') for act in acts] == [1, 1, 1]
    client.post("/accounts/email/", {"email": "second@example.test", "action_remove": ""})

    assert own.get().email == user.email
    page = client.get("/accounts/email/").content.decode()
    assert [page.count(f'name="action_{act}"') for act in acts] == [0, 0, 0]


def test_a_wrong_password_is_said_above_the_form(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "nobody", "password": PASSWORD})

    content = page.content.decode()
    assert 'role="alert"' in content
    assert "有 1 处需要更正" in content


def test_a_missing_login_is_named(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "", "password": PASSWORD})

    assert '<a href="#id_login">请填写“用户名、邮箱或手机号码”。</a>' in page.content.decode()


def test_a_forgotten_password_is_answered_in_chinese(client: Client) -> None:
    UserFactory(email="zhou@example.org", username="zhoumin")

    client.post("/accounts/password/reset/", {"email": "zhou@example.org"})

    [message] = mail.outbox
    assert message.subject == "设置新密码"
    assert "有人为您的账号申请设置新密码。" in message.body
    assert "http://testserver/accounts/password/reset/key/" in message.body
    assert ENGLISH.findall(re.sub(r"\S+[@/]\S+", "", message.body)) == []


def test_a_forgotten_password_of_a_stranger_tells_nobody(client: Client) -> None:
    page = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert "链接已经发出" in page.content.decode()
    assert [message.subject for message in mail.outbox] == ["这个邮箱没有注册过"]
