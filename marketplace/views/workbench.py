"""The home of everybody who acts: what to do, for whom, and whom one may act for."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from marketplace.models import Membership, User
from marketplace.pages import acceptable_invitations
from marketplace.pages.load import load_of
from marketplace.parties import SESSION_KEY, acting, capacities_in
from marketplace.web.views import say, way_back
from marketplace.web.workbench import SHOWN, asides_of, personal_of, todos_of


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """Show what there is to do; who acts for nobody yet is led to an organisation."""
    at, party = clock.now(), acting(request)
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - login_required has let them in
    invitations = acceptable_invitations(user, at)
    panels = personal_of(user, at)
    if party is None:
        context = {"invitations": invitations, "panels": panels}
        return render(request, "marketplace/welcome.html", context)
    todos = todos_of(party, at)
    context = {
        "todos": todos[:SHOWN],
        "load": load_of(todos, at),
        "invitations": invitations,
        "asides": [*asides_of(party, at), *panels],
    }
    return render(request, "marketplace/workbench.html", context)


class Switch(View):
    """Act for another of one's organisations from now on; 404 for any other."""

    @method_decorator(login_required)
    def post(self, request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - login_required has let them in
        asked = request.POST.get("organization", "")
        held = Membership.objects.held_by(request.user)
        chosen = next((one for one in capacities_in(held) if one.key == asked), None)
        if chosen is None:
            raise Http404
        request.session[SESSION_KEY] = chosen.key
        say(request, "marketplace/switched", organization=chosen)
        return redirect(way_back(request))
