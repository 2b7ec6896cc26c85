"""Acts on the editors' pages that are not done in the editor itself."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from cms.models import EDITORS, HomePage, NoticeIndexPage, NoticePage
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.models import User

HOME, NOTICES = "home", "notices"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
DOCUMENT_RIGHTS = ("add_document", "change_document", "choose_document")


@transaction.atomic
def set_up_home(*, title: str, introduction: str, notices_title: str, at: datetime) -> HomePage:
    """Put the home page and the list of notices in the place of Wagtail's welcome page, once."""
    known: HomePage | None = HomePage.objects.first()
    if known is not None:
        return known
    root = _root()
    welcome = root.get_children().filter(slug=HOME).first()
    home: HomePage = root.add_child(
        instance=HomePage(title=title, slug=f"{HOME}-new", introduction=introduction)
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": title},
        create_defaults={"root_page": home, "site_name": title, "hostname": "localhost"},
    )
    if welcome is not None:
        welcome.delete()
    home.refresh_from_db()
    home.slug = HOME
    home.save()
    home.add_child(instance=NoticeIndexPage(title=notices_title, slug=NOTICES))
    record(by=None, verb="home.set_up", target=home, at=at)
    return home


def _root() -> Page:
    """Return the root of all pages; Wagtail's own first rows are missing after a flush."""
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    root: Page | None = Page.get_first_root_node()
    return root or Page.add_root(title="Root", slug="root")


@transaction.atomic
def set_up_editors(*, home: HomePage) -> Group:
    """Give the group of editors its rights on the home page, what is below it, and documents."""
    group, _is_new = Group.objects.get_or_create(name=str(EDITORS))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in Permission.objects.filter(
        codename__in=PAGE_RIGHTS, content_type__app_label="wagtailcore"
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=right)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for right in Permission.objects.filter(
        codename__in=DOCUMENT_RIGHTS, content_type__app_label="wagtaildocs"
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=right
        )
    return group


@transaction.atomic
def make_editor(*, user: User, by: User | None, at: datetime) -> User:
    """Let `user` write and publish pages."""
    user.groups.add(Group.objects.get(name=str(EDITORS)))
    record(by=by, verb="user.made_editor", target=user, at=at)
    return user


@transaction.atomic
def publish_notice(  # noqa: PLR0913 - a notice has this many parts
    *, slug: str, title: str, source: str, summary: str, body: str, by: User, at: datetime
) -> NoticePage:
    """Write and publish a notice of the day of `at`."""
    index = NoticeIndexPage.objects.get()
    notice: NoticePage = index.add_child(
        instance=NoticePage(
            slug=slug,
            title=title,
            source=source,
            summary=summary,
            body=body,
            published_on=day_of(at),
            owner=by,
            live=False,
        )
    )
    notice.save_revision(user=by).publish(user=by)
    record(by=by, verb="notice.published", target=notice, at=at)
    notice.refresh_from_db()
    return notice
