"""A passkey from the day it is bound to the day it is given up, by a device of the browser's."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import complaints
from tests.journeys.demo import PASSWORD
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]

PERSON = "jiancha1"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def at_a_device(page: Page) -> Visitor:
    """Give the browser a device that holds keys, and whose owner always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return Visitor(page)


def logs_in(person: Visitor, home: str, *, by_code: bool) -> str:
    """Give the password, and with it the code that the demo fills in, or none."""
    person.opens(f"{home}/accounts/login/")
    if not by_code:
        person.page.locator("[name=code]").evaluate("one => { one.value = ''; }")
    return person.sends("登录", login=PERSON, password=PASSWORD)


def test_a_passkey_is_bound_lets_its_owner_in_and_is_given_up(browse, base_url, problems):
    # A passkey belongs to a name; no browser makes one for an address of numbers.
    home = base_url.replace("127.0.0.1", "localhost")
    person = at_a_device(browse())
    factors = f"{home}/accounts/2fa/"
    keys = f"{factors}webauthn/"

    logs_in(person, home, by_code=True)
    person.opens(f"{keys}add/")
    person.sends("继续", password=PASSWORD)
    assert "已绑定通行密钥。" in person.sends("绑定", name="办公室电脑")
    person.opens(f"{home}/accounts/logout/")
    person.sends("退出登录")

    assert "密码已核对，请再确认一次是您本人。" in logs_in(person, home, by_code=False)
    person.sends("使用通行密钥")
    assert person.path == "/workbench/"
    assert "办公室电脑" in person.opens(keys)
    pages = [lambda page, path=path: page.goto(path) for path in (keys, f"{keys}add/", factors)]
    assert complaints([(person.page, pages)]) == []
    person.opens(keys)
    person.follows("解除")
    person.sends("继续", password=PASSWORD)
    assert complaints([(person.page, [lambda page: page.wait_for_load_state()])]) == []
    assert "已解除通行密钥。" in person.sends("解除绑定")
    assert "还没有绑定通行密钥。" in person.opens(keys)
    assert problems == []
