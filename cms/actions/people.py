"""Who writes pages and who agrees to them: two groups, their rights, and the review."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.guards import lock_posts, may_appoint, version_of_posts
from cms.models import EDITORS, REVIEWERS, HomePage, ReviewTask
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.parties import person
from marketplace.web.versions import as_seen

WRITING = ("add_page", "change_page")
WITHDRAWING = ("publish_page",)
FILE_APPS = ("wagtaildocs", "wagtailimages")
KEEPING = tuple(
    f"{right}_{kind}" for right in ("add", "change", "choose") for kind in ("document", "image")
)


@transaction.atomic
def set_up_editors(*, home: HomePage) -> Group:
    """
    Give editors and reviewers their rights on all pages, and let every page go by review.

    Reviewers keep the redirects as well: an old address leads on at once, and no draft is reviewed.
    """
    page, files = home.page_ptr, files_root()
    editors, reviewers = (group_on(str(name), page, files) for name in (EDITORS, REVIEWERS))
    let_on_pages(reviewers, page, WITHDRAWING)
    redirects = Permission.objects.filter(content_type__app_label="wagtailredirects")
    reviewers.permissions.add(*redirects)
    _set_up_review(home, reviewers)
    return editors


def group_on(name: str, page: Page, files: Collection) -> Group:
    """Return a group whose members enter the editor, write below `page` and keep `files`."""
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    let_on_pages(group, page, WRITING)
    let_on_files(group, files, KEEPING)
    return group


def let_on_pages(group: Group, page: Page, names: tuple[str, ...]) -> None:
    """Give a group rights on a page and what is below it."""
    rights = Permission.objects.filter(codename__in=names, content_type__app_label="wagtailcore")
    for right in rights:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)


def let_on_files(group: Group, files: Collection, names: tuple[str, ...]) -> None:
    """Give a group rights on the documents and pictures of a collection."""
    rights = Permission.objects.filter(codename__in=names, content_type__app_label__in=FILE_APPS)
    for right in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=files, permission=right
        )


def files_root() -> Collection:
    """Return the collection that holds all others; Wagtail's own is missing after a flush."""
    root: Collection | None = Collection.get_first_root_node()
    return root or Collection.add_root(name="Root")


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
    return join_post(user=user, post=str(EDITORS), by=by, at=at)


@transaction.atomic
def make_reviewer(*, user: User, by: User | None, at: datetime) -> User:
    """Let `user` agree to what others have written, and withdraw what is live."""
    return join_post(user=user, post=str(REVIEWERS), by=by, at=at)


@transaction.atomic
def appoint(*, login: str, post: str, by: User, at: datetime, seen: str | None = None) -> User:
    """
    Give the person who logs in as `login` a post, named by its group.

    Raises:
        Refused: a guard in `may_appoint` does not hold, or the posts have changed since.
    """
    lock_posts()
    user = person(login)
    require(*as_seen(version_of_posts(), seen), *may_appoint(user, post, by))
    assert user is not None  # noqa: S101 - a guard has said so
    return join_post(user=user, post=post, by=by, at=at)


@transaction.atomic
def end_post(*, user: User, post: str, by: User, at: datetime, seen: str | None = None) -> User:
    """
    Take a post from `user`; what they wrote stays.

    Raises:
        Refused: the posts have changed since.
    """
    lock_posts()
    require(*as_seen(version_of_posts(), seen))
    user.groups.remove(Group.objects.get(name=post))
    record(by=by, verb="user.post_ended", target=user, at=at, post=post)
    return user


@transaction.atomic
def join_post(*, user: User, post: str, by: User | None, at: datetime) -> User:
    """Give `user` the post whose group has this name."""
    user.groups.add(Group.objects.get(name=post))
    verb = "user.made_editor" if post.startswith(str(EDITORS)) else "user.made_reviewer"
    record(by=by, verb=verb, target=user, at=at, post=post)
    return user
