"""A client that sends a form as the page would: with the word for what the page was made of."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve

from marketplace.factors import needs_factor
from marketplace.kernel.clock import note_arrival
from marketplace.models import OfficerIdentity, User
from marketplace.parties import party_of
from marketplace.web.act_views import SEEN, PersonActView
from tests.clock import NOON


def asked(client: Client, path: str, data: Any = None) -> HttpRequest:
    """Return a request for `path` by whoever is signed in, as the middleware would leave it."""
    request = RequestFactory().get(path)
    request.POST = QueryDict(mutable=True)
    request.POST.update(data if isinstance(data, dict) else {})
    request.session = client.session
    request.user = get_user(request)
    request.party = party_of(request)
    note_arrival(request)
    return request


def act_at(client: Client, path: str, data: Any = None) -> PersonActView | None:
    """Return the act at `path`, loaded for whoever is signed in; None if it is not theirs."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not issubclass(view_class, PersonActView):
        return None
    view: PersonActView = view_class()
    request = asked(client, path, data)
    view.setup(request, *match.args, **match.kwargs)
    if not isinstance(request.user, User):
        return None
    try:
        return view if view.admit(request.user) is None else None
    except (Http404, PermissionDenied):
        return None


def token_of(client: Client, path: str, data: Any = None) -> str | None:
    """Return what a page opened now would send along with the act at `path`, if anything."""
    act = act_at(client, path, data)
    version = act.version() if act else None
    return version.token if version else None


def seen_on(response: HttpResponse) -> str:
    """Return what the first form of a page would send along; empty if it sends nothing."""
    found = re.search(r'name="seen" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


SECRET = "JBSWY3DPEHPK3PXQJBSWY3DPEHPK3PXQ"  # noqa: S105 - of people who exist in tests only


def app_of(user: User) -> Authenticator:
    """Return the app that shows the codes of a person, bound now if none is."""
    bound = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return bound or TOTP.activate(user, SECRET).instance


def give_factor(client: Client, user: User) -> None:
    """Note in the session that a person has given the second factor, as allauth notes it."""
    request = HttpRequest()
    request.session = client.session
    post_authentication(request, app_of(user))
    request.session.save()


def identify(user: User) -> None:
    """Let an account be that of a person of its own, as an officer says before the first act."""
    key = f"{user.pk:064x}"
    OfficerIdentity.objects.get_or_create(user=user, defaults={"key": key, "stated_at": NOON})


class Sender(Client):
    """
    Django's client, but for the hidden field of our acts, which it fills in as the page does.

    Who wants to send another version, or none, names the field. An officer who is signed in has
    given the second factor and said who it is; `without_factor` is for tests of who has not.
    """

    def force_login(self, user: Any, backend: str | None = None) -> None:
        super().force_login(user, backend)
        if needs_factor(user):
            give_factor(self, user)
            identify(user)

    def without_factor(self, user: User) -> None:
        """Sign in by a password alone, in a session of its own, as who has said who it is."""
        identify(user)
        self.logout()
        super().force_login(user, "marketplace.parties.PersonBackend")

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if SEEN not in (data or {}) and "content_type" not in kwargs:
            token = token_of(self, str(path), data)
            data = data or {} if token is None else {**(data or {}), SEEN: token}
        return super().post(path, data, *args, **kwargs)
