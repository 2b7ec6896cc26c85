"""Where approval systems send projects, and where their owner drafts the orders."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bidding import links, permissions
from bidding.actions import pushes as actions
from bidding.forms.pushes import (
    NO_OBJECT,
    NO_TOKEN,
    TOO_LONG,
    DismissalForm,
    Errors,
    read,
    receive,
    whole,
)
from bidding.guards.versions import version_of_push
from bidding.models import PushedProject, Tender
from bidding.pages.pushes import facts_of, why_closed
from bidding.views.buyer import NewOrder
from marketplace.kernel import clock
from marketplace.kernel.versions import Version
from marketplace.web.act_views import AskingView

MAX_BYTES = 16 * 1024
BEARER = "Bearer "


@csrf_exempt
@require_POST
def push(request: HttpRequest) -> HttpResponse:
    """Take a project from an approval system; csrf has no sense where no cookie is asked."""
    system = system_of(request.headers.get("Authorization", ""))
    if not system:
        answer = _refused(whole(NO_TOKEN), 401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if len(request.body) > MAX_BYTES:
        return _refused(whole(TOO_LONG), 413)
    given = read(request.body)
    if given is None:
        return _refused(whole(NO_OBJECT), 400)
    pushed, errors = receive(system, given, clock.now())
    if pushed is None:
        return _refused(errors)
    url = f"{settings.PUBLIC_URL}{links.to_pushed(pushed)}"
    return JsonResponse({"id": pushed.slug, "projectCode": pushed.project_code, "url": url})


def system_of(header: str) -> str:
    """Return which system has this token, comparing all alike; empty if none has."""
    token = header.removeprefix(BEARER) if header.startswith(BEARER) else ""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = ""
    for name, known in settings.PUSH_TOKENS.items():
        if hmac.compare_digest(digest.encode(), known.lower().encode()) and token:
            found = name
    return found


def _refused(errors: Errors, status: int = 422) -> HttpResponse:
    return JsonResponse({"errors": errors}, status=status)


class OwnPushed(AskingView):
    """Something about a project that was sent to the own unit."""

    pushed: PushedProject

    def load(self, **kwargs: Any) -> None:
        rows = PushedProject.objects.select_related(
            "item", "division__parent", "buyer__division", "tender"
        )
        self.pushed = get_object_or_404(rows, slug=kwargs["slug"])
        if not permissions.can_take_up(self.party, self.pushed):
            raise Http404

    def version(self) -> Version:
        return version_of_push(self.pushed)


class TakeUp(NewOrder, OwnPushed):
    """What a system has sent, and the order that begins with it."""

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        sent = {"item": self.pushed.item_code, "division": self.pushed.division}
        return super().form(*posted, initial={**sent, **options.get("initial", {})})

    def act(self, **given: Any) -> Tender:
        return actions.take_up_project(pushed=self.pushed, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/pushed.html",
            status=status,
            form=form,
            pushed=self.pushed,
            facts=facts_of(self.pushed),
            closed=why_closed(self.pushed),
        )


class Dismiss(OwnPushed):
    """Send back what was sent wrongly, with reasons."""

    form_class, said = DismissalForm, "bidding/project_dismissed"

    def is_allowed(self) -> bool:
        return permissions.can_take_up(self.party, self.pushed)

    def act(self, **given: Any) -> PushedProject:
        return actions.dismiss_project(pushed=self.pushed, **given, **self.hand)

    def where(self, done: PushedProject) -> str:
        return reverse("bidding:buyer_tenders")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/pushed_dismiss.html",
            status=status,
            form=form,
            pushed=self.pushed,
            facts=facts_of(self.pushed),
            closed=why_closed(self.pushed),
        )
