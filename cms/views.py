"""What pages and editors' scripts are sent; and the manager's page: who writes and who agrees."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Prefetch, prefetch_related_objects
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.actions import departments
from cms.actions import people as actions
from cms.forms import DepartmentForm, PostForm
from cms.guards import posts, version_of_posts
from cms.models import Department
from cms.pages.links import REPORT, broken_links, live_pages
from cms.permissions import can_appoint_editors
from marketplace.kernel.versions import Version
from marketplace.models import User
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.views import PartyView

PICTURES = {".avif": "image/avif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg"}
PICTURES |= {".png": "image/png", ".webp": "image/webp"}


@require_safe
def picture(_request: HttpRequest, name: str) -> FileResponse:
    """
    Send a picture of a page in one of its sizes; what editors uploaded is not sent itself.

    The name holds a hash of the content, so it may be kept for ever.
    """
    kind = PICTURES.get(PurePosixPath(name).suffix)
    path = f"images/{name}"
    if kind is None or not default_storage.exists(path):
        raise Http404
    answer = FileResponse(default_storage.open(path), content_type=kind)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


class EditorWords(JavaScriptCatalog):
    """What Wagtail's scripts say: its own Chinese and, where it has none, ours."""

    packages = ["wagtail.admin", "cms"]


class PostsDesk(PartyView):
    """The people of each post with a button each, and a form for one more."""

    def is_allowed(self) -> bool:
        return can_appoint_editors(self.party)

    def version(self) -> Version:
        return version_of_posts()

    def where(self, done: Any) -> str:
        return reverse("cms:posts")

    def words(self, done: Any) -> dict[str, Any]:
        return {"person": done}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        people = Prefetch("user_set", User.objects.order_by("username"))
        held = posts()
        prefetch_related_objects(held, people)
        return self.page(
            "cms/posts.html",
            status=status,
            posts=held,
            departments=Department.objects.select_related("section"),
            form=form if isinstance(form, PostForm) else PostForm(),
            department_form=form if isinstance(form, DepartmentForm) else DepartmentForm(),
        )


class Posts(PostsDesk, AskingView):
    """The page; its form appoints somebody."""

    form_class = PostForm
    said = "cms/appointed"

    def act(self, **given: Any) -> User:
        return actions.appoint(**given, **self.hand)


class EndPost(PostsDesk, ActView):
    """Take one post from one person; by POST only."""

    said = "cms/post_ended"
    is_refused_on_top = True
    holder: User
    post_name: str

    def load(self, **kwargs: Any) -> None:
        found = [post for post in posts() if str(post.pk) == kwargs["key"]]
        if not found:
            raise Http404
        self.post_name = found[0].name
        held = User.objects.filter(groups=found[0])
        self.holder = get_object_or_404(held, username=kwargs["name"])

    def act(self, **_given: Any) -> User:
        return actions.end_post(user=self.holder, post=self.post_name, **self.hand)


class NewDepartment(PostsDesk, ActView):
    """Give a department its section; by POST only."""

    form_class = DepartmentForm
    said = "cms/department_set_up"

    def act(self, **given: Any) -> Department:
        return departments.set_up_department(**given, **self.hand)

    def words(self, done: Department) -> dict[str, Any]:
        return {"department": done}


class EndDepartment(PostsDesk, ActView):
    """Take a department's section back; by POST only."""

    said = "cms/department_ended"
    is_refused_on_top = True
    department: Department

    def load(self, **kwargs: Any) -> None:
        rows = Department.objects.select_related("editors", "reviewers", "section")
        self.department = get_object_or_404(rows, section__slug=kwargs["key"])

    def act(self, **_given: Any) -> Department:
        return departments.end_department(department=self.department, **self.hand)

    def words(self, done: Department) -> dict[str, Any]:
        return {"department": done}


class LinkReport(WagtailAdminTemplateMixin, TemplateView):
    """The links within the site that lead nowhere, of the live pages that one may edit."""

    page_title = REPORT
    header_icon = "link"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": page_title},
    ]
    template_name = "cms/link_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        keys = set(own.values_list("pk", flat=True))
        pages = [page for page in live_pages() if page.pk in keys]
        return super().get_context_data(broken=broken_links(pages), **kwargs)
