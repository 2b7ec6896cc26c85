"""How every act of ours goes over HTTP: one form, one call of an action, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from marketplace.kernel.verdicts import Refused
from marketplace.web.versions import as_seen, is_of_another_version
from marketplace.web.views import PartyView, PersonView, refuse, say, say_refused

SEEN = "seen"
REFUSED, CHANGED_MEANWHILE = 422, 409


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """
    Lead to `address` after an act.

    A script that has sent files is told the address: it would follow a redirect by itself, and the
    words of what was done would be gone with the page that nobody sees.
    """
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return redirect(address)


class Confirmation(forms.Form):
    """The form of an act that takes nothing but the word."""


class PersonActView(PersonView):
    """
    One act by POST.

    The page that offers it sends along how the thing stood (`version`), and the act refuses
    another one: the action compares under its lock, and here it is compared where the form is
    wrong anyway. A refusal shows the page with what was typed, and what has changed meanwhile;
    its forms then send along how the thing stands now.
    """

    form_class: type[BaseForm] = Confirmation
    said: str = ""
    is_refused_on_top = False
    """Whether a refusal stands above the page: where the form may not be drawn any more."""

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        """Return the form, filled in with what was `posted`, if anything was."""
        return self.form_class(*posted, **options)

    def act(self, **given: Any) -> Any:
        """Call exactly one action with what the form `given` and with `self.hand`."""
        raise NotImplementedError

    def given(self, form: BaseForm) -> dict[str, Any]:
        """Return what a valid form says, as the action takes it."""
        return form.cleaned_data

    def where(self, done: Any) -> str:
        """Return the address, or its name, to go to after the act."""
        raise NotImplementedError

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        """Return the page on which the form stands."""
        raise NotImplementedError

    def words(self, done: Any) -> Mapping[str, Any]:  # noqa: ARG002 - subclasses name it
        """Return what the sentence of `said` is filled with."""
        return {}

    @property
    def hand(self) -> dict[str, Any]:
        """Who acts, when, and on which version; a beginning is on nothing, so it has none."""
        hand: dict[str, Any] = {"by": self.user, "at": self.at}
        return hand if self.version() is None else {**hand, SEEN: self.seen}

    @property
    def seen(self) -> str:
        """What the page said it was made of; empty if it said nothing."""
        return self.request.POST.get(SEEN, "")

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show_wrong(form)
        return self.attempt(form, lambda: self.act(**self.given(form)), self.finish)

    def attempt(
        self,
        form: BaseForm,
        act: Callable[[], Any],
        finish: Callable[[Any], HttpResponse],
    ) -> HttpResponse:
        """Do an act and finish with what it returned, or show why it was refused."""
        try:
            done = act()
        except Refused as refused:
            return self.show_refused(form, refused)
        return finish(done)

    def finish(self, done: Any) -> HttpResponse:
        """Say what was done, and go on."""
        if self.said:
            say(self.request, self.said, **self.words(done))
        return go_on(self.request, resolve_url(self.where(done)))

    def show_wrong(self, form: BaseForm) -> HttpResponse:
        """Show what is wrong with the form, and what has changed, if anything has."""
        self.load(**self.kwargs)
        version = self.version()
        asked = as_seen(version, self.seen) if version else ()
        if failed := [verdict for verdict in asked if not verdict.holds]:
            return self.show_refused(form, Refused(*failed))
        return self.show(form, status=REFUSED)

    def explain(self, form: BaseForm, refused: Refused) -> None:
        """Say on the form why the act was refused."""
        refuse(form, refused)

    def show_refused(self, form: BaseForm, refused: Refused) -> HttpResponse:
        """Show why the act was refused, on the page as it is now."""
        self.load(**self.kwargs)
        if self.is_refused_on_top or not form.fields:
            say_refused(self.request, refused)
        else:
            self.explain(form, refused)
        is_other = is_of_another_version(refused.verdicts)
        return self.show(form, status=CHANGED_MEANWHILE if is_other else REFUSED)


class ActView(PersonActView, PartyView):
    """One act of somebody who acts for an organisation."""


class AskingView(ActView):
    """An act with a page of its own, on which its form stands or which asks before it."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        typed = self.put_back()
        return self.show(self.form(initial=typed) if typed else self.form())
