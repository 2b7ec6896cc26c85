"""Addresses of cms: the pages that others lead to, by name; Wagtail serves every page."""

from django.urls import path
from wagtail.views import serve

from cms import views

app_name = "cms"
NAMED = (
    *("notices", "guides", "policies", "faq", "downloads", "help"),
    *("about", "contact", "accessibility"),
)

urlpatterns = [
    path("cms/jsi18n/", views.EditorWords.as_view(), name="editor_words"),
    path("media/images/<str:name>", views.picture, name="picture"),
    path("manager/editors/", views.Posts.as_view(), name="posts"),
    path("manager/editors/departments/", views.NewDepartment.as_view(), name="department_new"),
    path(
        "manager/editors/departments/<str:key>/end/",
        views.EndDepartment.as_view(),
        name="department_end",
    ),
    path("manager/editors/<slug:key>/<str:name>/end/", views.EndPost.as_view(), name="post_end"),
    *(path(f"{name}/", serve, {"path": f"{name}/"}, name=name) for name in NAMED),
]
