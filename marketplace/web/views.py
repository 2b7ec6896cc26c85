"""What the pages of a workbench share: whom one acts for, when, who may, and what to say next."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from marketplace.factors import has_given_factor, has_stated_identity, missing_step
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Refused
from marketplace.kernel.versions import Version
from marketplace.models import User
from marketplace.parties import Party, acting
from marketplace.web import kept
from marketplace.web.refusals import RefusalError
from marketplace.web.sources import explained

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
KEY_DIGITS = 18  # fewer than a bigint may have, so that each is one


class PersonView(View):
    """
    A page for somebody who is signed in; `self.user` and `self.at` are set.

    In this order: a wrong method is 405, an anonymous reader is sent to the log-in; `enter` may
    lead elsewhere; `load` gets what the address names (raising Http404 for what is not there or not
    theirs), and `is_allowed` decides between the page and 403.
    """

    user: User
    at: datetime
    keeps_text = True
    """Whether what was typed is kept over a log-in that became necessary."""
    hides_existence = False
    """Whether who may not open the page is told that nothing is there: 404 instead of 403."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not hasattr(self, (request.method or "").lower()):
            return self.http_method_not_allowed(request, *args, **kwargs)
        if not isinstance(request.user, User):
            return redirect_to_login(self.page_after_the_log_in())
        elsewhere = self.admit(request.user)
        return elsewhere or super().dispatch(request, *args, **kwargs)

    def admit(self, user: User) -> HttpResponse | None:
        """
        Let `user` in, or return where to go instead.

        Raises:
            Http404: `load` finds nothing, or nothing that `user` may know of.
            PermissionDenied: the page is not for `user`.
        """
        self.user, self.at = user, clock.arrival_of(self.request)
        if (elsewhere := self.enter()) is not None:
            return elsewhere
        self.load(**self.kwargs)
        if not self.is_allowed():
            raise Http404 if self.hides_existence else PermissionDenied
        return None

    def page_after_the_log_in(self) -> str:
        """Return the page that was asked for, or on which a form stood, with what was typed."""
        if self.request.method != "POST":
            return self.request.get_full_path()
        page = kept.page_of(self.request, is_page=hasattr(self, "get"))
        return kept.keep(self.request, page) if self.keeps_text else page

    def put_back(self) -> dict[str, Any]:
        """
        Return what was typed into the form of this page before the log-in, and say so.

        What was typed into another form of the page is shown. Nothing is sent by itself.
        """
        path, typed = kept.take(self.request)
        if not typed:
            return {}
        is_put_back = path == self.request.path
        texts = [text for texts in typed.values() for text in texts]
        say(self.request, "marketplace/kept", messages.INFO, is_put_back=is_put_back, typed=texts)
        if not is_put_back:
            return {}
        return {name: texts if len(texts) > 1 else texts[0] for name, texts in typed.items()}

    def enter(self) -> HttpResponse | None:
        """Return where to go instead, for who has nothing to do here."""
        return None

    def load(self, **kwargs: Any) -> None:
        """Get what the address names, or raise Http404."""

    def is_allowed(self) -> bool:
        """Ask the permissions of the app; the page is 403 when they say no."""
        raise NotImplementedError

    def version(self) -> Version | None:
        """Return how what the page shows stands, for the acts that the page offers on it."""
        return None

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page made from `template`; its forms send along what `version` says."""
        self.put_back()
        version = self.version()
        shown = {"seen": version.token if version else "", **context}
        return render(self.request, template, shown, status=status)


class PartyView(PersonView):
    """
    A page for somebody who acts for an organisation; `self.party` is set.

    A person without an organisation is sent to the workbench; an officer who would act without a
    second factor to where it is given, and before the first act to where one says who one is.
    Reading asks for neither.
    """

    party: Party

    def enter(self) -> HttpResponse | None:
        party = acting(self.request)
        if party is None:
            return redirect("marketplace:workbench")
        self.party = party
        if not party.is_authority or self.request.method in SAFE_METHODS:
            return None
        if not has_given_factor(self.request, self.user):
            say(self.request, "marketplace/factor_needed", messages.INFO)
            return redirect(missing_step(self.request, self.user, self.page_after_the_log_in()))
        if has_stated_identity(self.user):
            return None
        say(self.request, "marketplace/identity_needed", messages.INFO)
        back = urlencode({"next": self.page_after_the_log_in()})
        return redirect(f"{reverse('marketplace:identity')}?{back}")


def refuse(form: BaseForm, refused: Refused) -> None:
    """
    Show on `form`, in its error summary, why the act was refused.

    A form may say in `GUARD_FIELDS` beside which of its fields the refusal of a guard belongs.
    """
    fields = getattr(form, "GUARD_FIELDS", {})
    for verdict in refused.verdicts:
        form.add_error(fields.get(verdict.guard), RefusalError(verdict))


def say(request: HttpRequest, kind: str, level: int = messages.SUCCESS, **context: Any) -> None:
    """
    Show what was done, on the next page.

    `kind` is `<app>/<name>`; the words are the template `<app>/said/<name>.txt`.
    """
    app, name = kind.split("/")
    text = render_to_string(f"{app}/said/{name}.txt", context)
    messages.add_message(request, level, html.unescape(text.strip()))


def say_refused(request: HttpRequest, refused: Refused) -> None:
    """Show on the next page why an act without a form was refused."""
    for verdict in refused.verdicts:
        messages.error(request, explained(verdict))


def row_key(text: str) -> int:
    """Return the primary key that a client has sent, or 0, which no row has, for anything else."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS
    return int(text) if is_key else 0


def way_back(request: HttpRequest, fallback: str = "marketplace:workbench") -> str:
    """Return the address in the posted field `next` if it is ours, else that of `fallback`."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else reverse(fallback)
