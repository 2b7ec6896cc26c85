"""Addresses of cms: the pages that others lead to, by name; Wagtail serves every page."""

from django.urls import path
from wagtail.views import serve

app_name = "cms"
NAMED = ("notices", "guides", "policies", "faq", "about", "contact", "accessibility")

urlpatterns = [
    *(path(f"{name}/", serve, {"path": f"{name}/"}, name=name) for name in NAMED),
]
