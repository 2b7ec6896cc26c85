"""Addresses of cms: the list of notices by name; Wagtail serves every page."""

from django.urls import path
from wagtail.views import serve

app_name = "cms"

urlpatterns = [
    path("notices/", serve, {"path": "notices/"}, name="notices"),
]
