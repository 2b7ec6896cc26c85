"""The devices that somebody has logged in with: no stranger's wrong passwords lock them out."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from marketplace.models import User

COOKIE, SALT = "device", "marketplace.devices"
LIFE = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie longer
MOST = 5  # people who share a device


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note on the device that `user` has logged in with it; it opens nothing by itself."""
    name, people = _known(request)
    people = [str(user.pk), *(pk for pk in people if pk != str(user.pk))][:MOST]
    value = signing.dumps([name or get_random_string(22), people], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=LIFE,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def device_of(request: HttpRequest, user: User | None) -> str:
    """Return the name of a device that `user` has logged in with; empty for any other."""
    name, people = _known(request)
    return name if user is not None and str(user.pk) in people else ""


def _known(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return name, people
