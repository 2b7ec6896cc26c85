"""Numbers of people, which public pages mask: shown to who says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView

from bidding import links
from bidding.actions.contacts import note_contact_shown
from bidding.forms.contacts import ReasonForm
from bidding.guards.contacts import lookups_are_within_limit
from bidding.models import Tender
from bidding.pages.agencies import public_agencies
from marketplace.filed import professionals_of
from marketplace.kernel import clock
from marketplace.models import Organization, User

Number = tuple[str, str]


class ContactView(FormView[ReasonForm]):
    """Ask for the reason by GET; note it and show the numbers by POST."""

    form_class = ReasonForm
    template_name = "bidding/contact.html"
    target: Tender | Organization

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.target = self.find(**kwargs)

    def find(self, **kwargs: str) -> Tender | Organization:
        """Return what the address names, or raise Http404."""
        raise NotImplementedError

    def numbers(self) -> Iterator[Number]:
        """Yield whose number each is, and the number."""
        raise NotImplementedError

    def way_back(self) -> str:
        """Return the address of the page that masks the numbers."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"target": self.target, "back_url": self.way_back()}
        return super().get_context_data(**shown, **kwargs)

    @property
    def reader(self) -> User | None:
        return self.request.user if isinstance(self.request.user, User) else None

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = lookups_are_within_limit(self.reader, clock.arrival_of(self.request))
        return {**super().get_form_kwargs(), "asked": asked}

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        numbers = list(self.numbers())
        note_contact_shown(
            target=self.target,
            reason=form.cleaned_data["reason"],
            by=self.reader,
            at=clock.arrival_of(self.request),
            count=len(numbers),
        )
        return self.render_to_response(self.get_context_data(numbers=numbers))


class TenderContact(ContactView):
    """The contact of a published order; of an owner who is a person the public has none."""

    target: Tender

    def find(self, **kwargs: str) -> Tender:
        orders = Tender.objects.public().exclude(buyer__identity_key__isnull=False)
        return get_object_or_404(orders, code=kwargs["code"])

    def numbers(self) -> Iterator[Number]:
        yield self.target.contact_name, self.target.contact_phone

    def way_back(self) -> str:
        return links.to_tender(self.target)


class AgencyContact(ContactView):
    """The telephone of an agency, and the certificates of its professionals."""

    target: Organization

    def find(self, **kwargs: str) -> Organization:
        agency = get_object_or_404(public_agencies(), slug=kwargs["slug"])
        if not agency.agency.is_listed:
            raise Http404
        return agency

    def numbers(self) -> Iterator[Number]:
        if self.target.contact_phone:
            yield self.target.contact_name, self.target.contact_phone
        for one in professionals_of(self.target.agency):
            yield one.name, one.certificate_number

    def way_back(self) -> str:
        return reverse("bidding:agency", args=[self.target.slug])
