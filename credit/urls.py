"""Addresses of credit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "credit"


def _soon(_request: HttpRequest, slug: str = "") -> HttpResponse:
    raise Http404(slug)


urlpatterns = [
    path("credit/", _soon, name="restriction_list"),
    path("credit/decisions/<slug:slug>/", _soon, name="decision"),
    path("credit/record/", _soon, name="own_record"),
    path("credit/record/cases/<slug:slug>/", _soon, name="own_case"),
    path("regulator/cases/", _soon, name="case_list"),
    path("regulator/cases/new/", _soon, name="case_new"),
    path("regulator/cases/<slug:slug>/", _soon, name="case"),
    path("regulator/standing/", _soon, name="standing_list"),
]
