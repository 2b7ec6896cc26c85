"""Addresses of search, and what search engines ask for."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from search import crawlers, views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "search:sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<slug:section>.xml",
        sitemaps.sitemap,
        {"sitemaps": crawlers.SITEMAPS},
        name="sitemap",
    ),
]
