"""The questions that somebody keeps, and the way out of their mails without a log-in."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from marketplace.parties import acting
from marketplace.web.act_views import PersonActView
from marketplace.web.asked import LONGEST, asked_for
from marketplace.web.components import order_of, sorting_of
from search.alerts import (
    change_search,
    forget_search,
    save_search,
    saved_by_token,
    stop_mails,
)
from search.finders import Question
from search.forms import SavedSearchForm
from search.models import SavedSearch
from search.pages.saved import told_orders

PAGE_SIZE = 30
Scope = SavedSearch.Scope


class SavedPage(PersonActView):
    """A page of somebody's own questions; anybody else's are 404."""

    def is_allowed(self) -> bool:
        return True

    def where(self, done: SavedSearch) -> str:
        return reverse("search:saved", args=[done.slug])

    def words(self, done: SavedSearch) -> dict[str, Any]:
        return {"saved": done}


class SavedList(SavedPage):
    """All that one keeps, with how much was told of each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        saved = list(SavedSearch.objects.of(self.user))
        rows = [(one, Question(one.scope, one.parameters).page_url) for one in saved]
        return self.page("search/saved_list.html", rows=rows)


class SaveSearch(SavedPage):
    """Keep the question of the page that one comes from."""

    form_class = SavedSearchForm
    said = "search/saved"
    question: Question
    asked: str

    def load(self, **kwargs: Any) -> None:
        scope = self.request.GET.get("scope", "")
        self.asked = asked_for(self.request.GET)
        if scope not in Scope.values or len(self.asked) > LONGEST:
            raise Http404
        self.organization = party.organization if (party := acting(self.request)) else None
        self.question = Question(scope, self.request.GET, self.organization)

    def get(self, _request: HttpRequest) -> HttpResponse:
        title = " · ".join(self.question.words(self.at))
        scope = str(Scope(self.question.scope).label)
        return self.show(self.form(initial={"title": (title or scope)[:80]}))

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "search/saved_new.html",
            status=status,
            form=form,
            scope=Scope(self.question.scope).label,
            asked=self.question.words(self.at),
            back_url=self.question.page_url,
        )

    def act(self, **given: Any) -> SavedSearch:
        return save_search(
            user=self.user,
            organization=self.organization,
            at=self.at,
            scope=self.question.scope,
            asked=self.asked,
            **given,
        )


class OwnSearch(SavedPage):
    """One question of one's own."""

    saved: SavedSearch

    def load(self, **kwargs: Any) -> None:
        own = SavedSearch.objects.filter(user=self.user)
        self.saved = get_object_or_404(own, slug=kwargs["slug"])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        orders = told_orders()
        rows = self.saved.told.select_related("alert")
        told = rows.order_by(*order_of(orders, self.request.GET).by)
        return self.page(
            "search/saved.html",
            status=status,
            saved=self.saved,
            form=form,
            sorting=sorting_of(orders, self.request.GET, is_in_form=False),
            page_obj=Paginator(told, PAGE_SIZE).get_page(self.request.GET.get("page")),
            page_url=Question(self.saved.scope, self.saved.parameters).page_url,
        )


class Saved(OwnSearch):
    """What was told of one question; its form changes how one is told."""

    form_class = SavedSearchForm
    said = "search/changed"

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        now = {name: getattr(self.saved, name) for name in SavedSearchForm.base_fields}
        return self.show(self.form(initial=now))

    def act(self, **given: Any) -> SavedSearch:
        return change_search(saved=self.saved, **given)


class ForgetSearch(OwnSearch):
    """Forget one question; by POST only, from its page."""

    said = "search/forgotten"

    def act(self, **given: Any) -> SavedSearch:
        return forget_search(saved=self.saved)

    def where(self, done: SavedSearch) -> str:
        return reverse("search:saved_list")


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(View):
    """
    Stop the mails of one question, for whoever has its mail, without a log-in.

    A mail program posts by itself, so there is no token of ours in the form; a page that is only
    opened stops nothing, for some programs open every link. Source: RFC 8058.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = saved_by_token(kwargs["token"])
        if found is None:
            raise Http404
        self.saved = found

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "search/unsubscribe.html", {"saved": self.saved})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        context = {"saved": stop_mails(saved=self.saved), "is_stopped": True}
        return render(request, "search/unsubscribe.html", context)
