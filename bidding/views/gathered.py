"""The pages that gather what belongs to a place or to a service class."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from bidding.pages.classes import class_page
from bidding.pages.places import place_page
from bidding.views.lists import AtMixin
from marketplace.models import Division, ServiceClass


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Lead to the place that the reader chose last, else to the province."""
    standing = Division.objects.standing()
    place = standing.filter(code=request.COOKIES.get("place", "")[:6]).first()
    place = place or standing.province()
    url = reverse("bidding:place", args=[place.code]) if place else "/"
    response = HttpResponseRedirect(url)
    response["Cache-Control"] = "private, no-store"
    return response


class PlaceView(AtMixin, DetailView[Division]):
    """The province, a city or a county: what is open and what was bought there."""

    template_name = "bidding/place.html"
    context_object_name = "place"
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Division]:
        return Division.objects.standing().select_related("parent__parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**place_page(self.object, self.at), **kwargs)


class ClassView(AtMixin, DetailView[ServiceClass]):
    """A service class: its items, its agencies, and what is open in it."""

    template_name = "bidding/service_class.html"
    context_object_name = "service_class"
    slug_field = slug_url_kwarg = "code"
    queryset = ServiceClass.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**class_page(self.object, self.at), **kwargs)
