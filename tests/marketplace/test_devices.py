"""A device knows the people who have logged in with it, and nobody else."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.devices import COOKIE, LIFE, MOST, device_of, remember
from marketplace.models import User

ZHANG, LI = User(pk=1), User(pk=2)


def seen(cookie: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES[COOKIE] = cookie
    return request


def after(user: User, request: HttpRequest) -> HttpRequest:
    """Return the next request of the device that `user` has just logged in with."""
    response = HttpResponse()
    remember(request, response, user)
    return seen(response.cookies[COOKIE].value)


def test_a_device_has_one_name_for_all_who_logged_in_with_it_and_none_for_others() -> None:
    request = after(ZHANG, seen())
    name = device_of(request, ZHANG)

    assert len(name) == 22
    assert device_of(request, LI) == device_of(request, None) == device_of(seen(), ZHANG) == ""
    shared = after(LI, request)
    assert device_of(shared, ZHANG) == device_of(shared, LI) == name


def test_the_first_who_used_a_device_is_forgotten_after_so_many_others() -> None:
    request = seen()
    for pk in range(1, MOST + 2):
        request = after(User(pk=pk), request)

    known = [bool(device_of(request, User(pk=pk))) for pk in range(1, MOST + 2)]
    assert known == [False, *[True] * MOST]
    again = after(User(pk=2), request)
    assert device_of(after(User(pk=9), again), User(pk=2))


def test_a_forged_or_broken_cookie_is_no_device() -> None:
    for cookie in ("WyJ4IixbIjEiXV0:forged", "x", '"'):
        assert device_of(seen(cookie), ZHANG) == ""
    assert len(device_of(after(ZHANG, seen("x")), ZHANG)) == 22


def test_no_script_reads_the_cookie_and_it_lasts() -> None:
    response = HttpResponse()
    remember(seen(), response, ZHANG)

    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", LIFE)
