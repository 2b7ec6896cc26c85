"""What is searched for, for the manager of the province; and that a hit was opened."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.kernel import clock
from marketplace.web.act_views import AskingView
from search.counting import note_opened, write
from search.forms import SynonymForm
from search.models import SynonymGroup
from search.pages.terms import DAYS, terms_of
from search.permissions import can_keep_words
from search.query import MAX_LENGTH, parse
from search.terms import say_the_same

OURS = ("same-origin", "")


class TermsView(AskingView):
    """The terms of the last days; its form says which word a failed term means."""

    form_class = SynonymForm
    said = "search/synonym"

    def is_allowed(self) -> bool:
        return can_keep_words(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        options.setdefault("initial", {"term": self.request.GET.get("term", "")})
        return SynonymForm(*posted, **options)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        write()
        current = SynonymGroup.objects.filter(is_current=True).order_by("-added_at")
        groups = list(current.select_related("added_by"))
        return self.page(
            "search/terms.html",
            status=status,
            form=form,
            terms=terms_of(self.at, {word for one in groups for word in one.words.splitlines()}),
            days=DAYS,
            groups=groups,
        )

    def act(self, **given: Any) -> SynonymGroup:
        return say_the_same(by=self.user, at=self.at, **given)

    def words(self, done: SynonymGroup) -> dict[str, Any]:
        return {"group": done}

    def where(self, done: SynonymGroup) -> str:
        return reverse("search:terms")


@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """
    Count that a hit of a search was opened; sent by a page's script as it is left.

    A page of another site counts nothing, and of what nobody has searched for nothing is kept.
    """
    if request.headers.get("Sec-Fetch-Site", "") in OURS:
        note_opened(parse(request.POST.get("q", "")[:MAX_LENGTH]), clock.now())
    return HttpResponse(status=204)
