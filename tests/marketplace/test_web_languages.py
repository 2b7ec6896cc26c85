"""A page speaks English to who has asked for it, where a public page is read."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from marketplace.web.languages import language_of
from tests.factories.marketplace import division

pytestmark = pytest.mark.django_db


def asked(path: str, method: str = "get", **cookies: str) -> str:
    request = getattr(RequestFactory(), method)(path, HTTP_ACCEPT_LANGUAGE="en")
    request.COOKIES.update(cookies)
    return language_of(request)


@pytest.mark.parametrize(
    ("path", "method", "language"),
    [
        ("/", "get", "en"),
        ("/tenders/", "head", "en"),
        ("/search/", "get", "en"),
        ("/search/", "post", "zh-hans"),
        ("/workbench/", "get", "zh-hans"),
        ("/tenders/ab12/bid/", "get", "zh-hans"),
        ("/rules/", "get", "zh-hans"),
        ("/laws/ab12/", "get", "zh-hans"),
    ],
)
def test_english_is_spoken_on_public_pages_that_are_not_binding(
    path: str, method: str, language: str
) -> None:
    assert asked(path, method, lang="en") == language
    assert asked(path, method) == "zh-hans"
    assert asked(path, method, lang="fr") == "zh-hans"


def test_the_answer_names_its_language_and_the_thread_goes_back_to_its_own(client: Client) -> None:
    division("360000")
    client.cookies["lang"] = "en"

    english, chinese = client.get("/places/"), client.get("/accounts/login/")

    assert english.headers["Content-Language"] == "en"
    assert chinese.headers["Content-Language"] == "zh-hans"
    assert get_language() == "zh-hans"
