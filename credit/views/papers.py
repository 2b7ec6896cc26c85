"""The documents of a case, as they are printed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from credit import permissions
from credit.models import Case
from credit.pages import cases as words
from credit.pages.papers import Paper, address_of, paper_of
from marketplace.web.lookups import named_or_404
from marketplace.web.qr import qr_code
from marketplace.web.views import PartyView


class CasePaper(PartyView):
    """A document for the party of a case and for the authorities that see it."""

    case: Case
    paper: Paper

    def load(self, **kwargs: Any) -> None:
        case = named_or_404(Case, kwargs["slug"], "with_details")
        may_read = permissions.can_see_own_case(self.party, case) or permissions.can_see_case(
            self.party, case
        )
        paper = paper_of(case, kwargs["name"]) if may_read else None
        if paper is None:
            raise Http404
        self.case, self.paper = case, paper

    def is_allowed(self) -> bool:
        return True

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        is_own = permissions.can_see_own_case(self.party, self.case)
        crumbs = words.own_act_crumbs if is_own else words.act_crumbs
        address = request.build_absolute_uri(address_of(self.case, self.paper))
        return self.page(
            "credit/paper.html",
            case=self.case,
            paper=self.paper,
            address=address,
            code=qr_code(address),
            crumbs=crumbs(self.case, self.paper.title),
        )
