"""A page that is the same for everybody is drawn once at a version of what is public."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.kernel.known import at_version
from marketplace.views.shared import shared


def noting(drawn: list[object]) -> Callable[..., HttpResponse]:
    """Return a shared view that notes with what it is drawn."""

    @shared
    def some_page(_request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        drawn.append((args, kwargs))
        return HttpResponse(f"<p>{len(drawn)}</p>")

    return some_page


def anonymous() -> HttpRequest:
    request = RequestFactory().get("/items/")
    request.user, request.party, request.session = AnonymousUser(), None, {}
    return request


@pytest.mark.django_db
def test_where_nothing_has_a_version_a_page_is_drawn_for_each_reader() -> None:
    view = noting(drawn := [])

    answers = [view(anonymous(), "S01", version=2).content for _reader in range(2)]

    assert answers == [b"<p>1</p>", b"<p>2</p>"]
    assert drawn == [(("S01",), {"version": 2})] * 2
    assert view.__name__ == "some_page"


@pytest.mark.django_db
def test_at_one_version_of_what_is_public_a_page_is_drawn_once_and_at_the_next_anew() -> None:
    view = noting(drawn := [])

    with at_version("1"):
        assert [view(anonymous()).content for _reader in range(2)] == [b"<p>1</p>"] * 2
    with at_version("2"):
        assert view(anonymous()).content == b"<p>2</p>"

    assert len(drawn) == 2
