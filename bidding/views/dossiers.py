"""The officers' page of one agency."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bidding.pages.agencies import public_agencies
from bidding.pages.dossier import dossier_of
from credit import permissions
from marketplace.models import Organization
from marketplace.web.views import PartyView


class Dossier(PartyView):
    """Register, certificates, orders, ratings, record, cases and checks of one agency."""

    agency: Organization

    def load(self, **kwargs: Any) -> None:
        self.agency = get_object_or_404(public_agencies(), slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_supervise(self.party)

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.page("bidding/dossier.html", **dossier_of(self.agency, self.party, self.at))
