"""Who writes pages and who agrees to them: two groups, their rights, and the review."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.guards import may_appoint, posts, version_of_posts
from cms.models import EDITORS, REVIEWERS, HomePage, ReviewTask
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.parties import person
from marketplace.web.versions import as_seen

WRITING = ("add_page", "change_page")
WITHDRAWING = ("publish_page",)
FILES = {
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
    "wagtailimages": ("add_image", "change_image", "choose_image"),
}


@transaction.atomic
def set_up_editors(*, home: HomePage) -> Group:
    """Give editors and reviewers their rights on all pages, and let every page go by review."""
    editors, reviewers = (_group(str(name), home) for name in (EDITORS, REVIEWERS))
    _let_on_pages(reviewers, home, WITHDRAWING)
    _set_up_review(home, reviewers)
    return editors


def _group(name: str, home: HomePage) -> Group:
    """Return a group whose members enter the editor, write pages and keep files."""
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    _let_on_pages(group, home, WRITING)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for app, names in FILES.items():
        for right in Permission.objects.filter(codename__in=names, content_type__app_label=app):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=right
            )
    return group


def _let_on_pages(group: Group, home: HomePage, names: tuple[str, ...]) -> None:
    rights = Permission.objects.filter(codename__in=names, content_type__app_label="wagtailcore")
    for right in rights:
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=right)


def _set_up_review(home: HomePage, reviewers: Group) -> None:
    """Let what is below the home page, and itself, go live by the review of a second person."""
    name = str(ReviewTask._meta.verbose_name)
    task = ReviewTask.objects.filter(active=True).first() or ReviewTask.objects.create(name=name)
    task.groups.add(reviewers)
    if not WorkflowPage.objects.filter(page=home).exists():
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=home.page_ptr)


@transaction.atomic
def make_editor(*, user: User, by: User | None, at: datetime) -> User:
    """Let `user` write pages, which another person lets go live."""
    return _join(user, str(EDITORS), by, at)


@transaction.atomic
def make_reviewer(*, user: User, by: User | None, at: datetime) -> User:
    """Let `user` agree to what others have written, and withdraw what is live."""
    return _join(user, str(REVIEWERS), by, at)


@transaction.atomic
def appoint(*, login: str, post: str, by: User, at: datetime, seen: str | None = None) -> User:
    """
    Give the person who logs in as `login` a post, named by its group.

    Raises:
        Refused: a guard in `may_appoint` does not hold, or the posts have changed since.
    """
    list(Group.objects.select_for_update().filter(pk__in=[group.pk for group in posts()]))
    user = person(login)
    require(*as_seen(version_of_posts(), seen), *may_appoint(user, post, by))
    assert user is not None  # noqa: S101 - a guard has said so
    return _join(user, post, by, at)


@transaction.atomic
def end_post(*, user: User, post: str, by: User, at: datetime, seen: str | None = None) -> User:
    """
    Take a post from `user`; what they wrote stays.

    Raises:
        Refused: the posts have changed since.
    """
    list(Group.objects.select_for_update().filter(pk__in=[group.pk for group in posts()]))
    require(*as_seen(version_of_posts(), seen))
    user.groups.remove(Group.objects.get(name=post))
    record(by=by, verb="user.post_ended", target=user, at=at, post=post)
    return user


def _join(user: User, group: str, by: User | None, at: datetime) -> User:
    user.groups.add(Group.objects.get(name=group))
    verb = "user.made_editor" if group == str(EDITORS) else "user.made_reviewer"
    record(by=by, verb=verb, target=user, at=at)
    return user
