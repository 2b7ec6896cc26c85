"""The editors' menu: what waits for a review, and each kind of page in one step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.models import ItemIndexPage, NoticeIndexPage, SectionPage
from cms.pages.links import REPORT
from cms.pages.workbench import waiting_url
from cms.views import LinkReport

FIRST = 50


class WaitingItem(MenuItem):
    """What waits for the review of whoever looks, with how much it is."""

    def is_shown(self, request: HttpRequest) -> bool:
        count = TaskState.objects.reviewable_by(request.user).count()
        self.label = _("待我审核（%(count)s）") % {"count": count}
        return bool(count)


@hooks.register("register_admin_menu_item")
def waiting() -> MenuItem:
    """Lead reviewers to their queue."""
    return WaitingItem(_("待我审核"), waiting_url(), name="waiting", icon_name="tasks", order=FIRST)


@hooks.register("construct_main_menu")
def places(request: HttpRequest, items: list[Any]) -> None:
    """Lead to each kind of page that one writes in one step, before the tree of all of them."""
    rights = {"add", "change", "publish"}
    own = set(
        PagePermissionPolicy()
        .instances_user_has_any_permission_for(request.user, rights)
        .values_list("pk", flat=True)
    )
    found = (
        (NoticeIndexPage, _("通知公告"), "mail"),
        (ItemIndexPage, _("服务事项"), "list-ul"),
    )
    rows = [
        (kind.objects.values_list("pk", flat=True).first(), label, icon)
        for kind, label, icon in found
    ]
    rows += [(page.pk, page.title, "folder-open-1") for page in SectionPage.objects.all()]
    for place, (key, label, icon) in enumerate(rows):
        if key in own:
            address = reverse("wagtailadmin_explore", args=[key])
            items.append(
                MenuItem(
                    label, address, name=f"place{key}", icon_name=icon, order=FIRST + place + 1
                )
            )


@hooks.register("register_admin_urls")
def reports() -> list[URLPattern]:
    """Put our report beside those of Wagtail."""
    return [path("reports/links/", LinkReport.as_view(), name="cms_link_report")]


@hooks.register("register_reports_menu_item")
def link_report() -> MenuItem:
    """Lead to the links that lead nowhere."""
    address = reverse("cms_link_report")
    return MenuItem(REPORT, address, name="links", icon_name="link", order=FIRST)


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    """Name what Wagtail's form leaves without a name."""
    return format_html('<script src="{}"></script>', static("cms/editor.js"))


@hooks.register("insert_global_admin_css")
def editor_css() -> SafeString:
    """Make what is too small to be touched large enough."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/editor.css"))
