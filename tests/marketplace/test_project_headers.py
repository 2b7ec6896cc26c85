"""What every answer carries for the reader's safety."""

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.factories.marketplace import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy_of(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split(";")
    return dict(directive.strip().partition(" ")[::2] for directive in directives)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/rules/", 200),
        ("/accounts/login/", 200),
        ("/accounts/signup/", 200),
        ("/tenders/", 200),
        ("/healthz", 200),
        ("/no-such-page/", 404),
        ("/cmsx/", 404),
    ],
)
def test_every_public_page_has_the_strict_policy(client: Client, path: str, status: int) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert policy_of(response) == STRICT


def test_pages_behind_the_log_in_have_the_strict_policy_too(client: Client) -> None:
    client.force_login(UserFactory())

    assert policy_of(client.get("/workbench/")) == STRICT


def test_only_the_editors_pages_allow_inline_scripts(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))

    policy = policy_of(client.get("/cms/"))

    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"


def test_answers_say_how_they_may_be_used(client: Client) -> None:
    response = client.get("/rules/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    UserFactory(username="zhangsan")

    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "zhangsan", "password": PASSWORD})

    for name in (configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"


def test_the_session_gets_a_new_key_at_log_in(client: Client) -> None:
    UserFactory(username="zhangsan")
    session = client.session
    session["kept"] = "yes"
    session.save()
    before = session.session_key

    client.post("/accounts/login/", {"login": "zhangsan", "password": PASSWORD})

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("path", "is_framed"),
    [("/rules/", True), ("/search/", True), ("/accounts/login/", False), ("/cms/", False)],
)
def test_only_whom_the_setting_names_may_frame_what_is_nobodys_own(
    client: Client, settings, path: str, is_framed: bool
) -> None:
    settings.FRAME_ANCESTORS = ["https://app.example"]
    named = policy_of(client.get(path, {"embed": "1"}))["frame-ancestors"]

    assert ("https://app.example" in named) is is_framed
    assert client.get(path).has_header("X-Frame-Options") is not is_framed


def test_who_is_signed_in_is_never_framed(client: Client, settings) -> None:
    settings.FRAME_ANCESTORS = ["https://app.example"]
    client.force_login(UserFactory())

    response = client.get("/rules/")

    assert policy_of(response)["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"


def test_nobody_frames_us_unless_the_setting_says_so(client: Client) -> None:
    response = client.get("/rules/", {"embed": "1"})

    assert policy_of(response)["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
