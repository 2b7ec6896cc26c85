"""Addresses of search, and what search engines ask for."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from search import crawlers
from search.views import feeds, saved, search, suggestions, terms

app_name = "search"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggest/", suggestions.suggested, name="suggest"),
    path("search/opened/", terms.opened, name="opened"),
    path("manager/terms/", terms.TermsView.as_view(), name="terms"),
    path("saved/", saved.SavedList.as_view(), name="saved_list"),
    path("saved/new/", saved.SaveSearch.as_view(), name="saved_new"),
    path("saved/stop/<str:token>/", saved.Unsubscribe.as_view(), name="unsubscribe"),
    path("saved/<slug:slug>/", saved.Saved.as_view(), name="saved"),
    path("saved/<slug:slug>/forget/", saved.ForgetSearch.as_view(), name="saved_forget"),
    path("feeds/<slug:scope>.<slug:form>", feeds.feed, name="feed"),
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
