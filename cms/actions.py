"""Acts on the editors' pages that are not done in the editor itself."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Site

from cms.models import HomePage, NoticeIndexPage, NoticePage
from marketplace.actions.audit import record
from marketplace.calendar import day_of
from marketplace.models import User

EDITORS = ("Editors", "Moderators")
HOME, NOTICES = "home", "notices"


@transaction.atomic
def set_up_home(*, title: str, introduction: str, notices_title: str, at: datetime) -> HomePage:
    """Put the home page and the list of notices in the place of Wagtail's welcome page, once."""
    known: HomePage | None = HomePage.objects.first()
    if known is not None:
        return known
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(slug=HOME).first()
    home: HomePage = root.add_child(
        instance=HomePage(title=title, slug=f"{HOME}-new", introduction=introduction)
    )
    Site.objects.filter(is_default_site=True).update(root_page=home)
    if welcome is not None:
        welcome.delete()
    home.refresh_from_db()
    home.slug = HOME
    home.save()
    home.add_child(instance=NoticeIndexPage(title=notices_title, slug=NOTICES))
    record(by=None, verb="home.set_up", target=home, at=at)
    return home


@transaction.atomic
def make_editor(*, user: User, by: User | None, at: datetime) -> User:
    """Let `user` write and publish pages."""
    user.groups.add(*Group.objects.filter(name__in=EDITORS))
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
