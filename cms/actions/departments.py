"""A department gets a section of its own, and gives it back; the pages stay in either case."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, Page, Workflow, WorkflowPage, WorkflowTask

from cms.actions.people import WITHDRAWING, files_root, group_on, let_on_files, let_on_pages
from cms.guards import lock_posts, may_set_up_department, version_of_posts
from cms.models import EDITORS, REVIEWERS, Department, ReviewTask
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.web.versions import as_seen

CHOOSING = ("choose_document", "choose_image")


@transaction.atomic
def set_up_department(
    *, name: str, section: Page, by: User | None, at: datetime, seen: str | None = None
) -> Department:
    """
    Give a department the pages below `section`: two posts, a collection, and a review of its own.

    Raises:
        Refused: a guard in `may_set_up_department` does not hold, or the posts have changed since.
    """
    lock_posts()
    require(*as_seen(version_of_posts(), seen), *may_set_up_department(name, section))
    files = _collection(name)
    editors, reviewers = (
        group_on(f"{post}：{name}", section, files) for post in (EDITORS, REVIEWERS)
    )
    let_on_pages(reviewers, section, WITHDRAWING)
    for group in (editors, reviewers):
        let_on_files(group, files_root(), CHOOSING)
    _review(name, section, reviewers)
    department = Department.objects.create(
        name=name, section=section, collection=files, editors=editors, reviewers=reviewers
    )
    record(by=by, verb="department.set_up", target=department, at=at, section=section.title)
    return department


@transaction.atomic
def end_department(
    *, department: Department, by: User, at: datetime, seen: str | None = None
) -> Department:
    """
    Take the section back; pages and files stay, and the posts of the province keep them.

    Raises:
        Refused: the posts have changed since.
    """
    lock_posts()
    require(*as_seen(version_of_posts(), seen))
    record(by=by, verb="department.ended", target=department, at=at, name=department.name)
    groups = (department.editors, department.reviewers)
    # What waits for a review stays with the province's reviewers, whom the task names too.
    WorkflowPage.objects.filter(page=department.section).delete()
    department.delete()
    for group in groups:
        group.delete()
    return department


def _collection(name: str) -> Collection:
    """Return the collection of this name: an earlier department's files are still in it."""
    root = files_root()
    found: Collection | None = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)


def _review(name: str, section: Page, reviewers: Group) -> None:
    """Let the pages of the section go live by the department's review, or the province's."""
    task = ReviewTask.objects.create(name=f"{ReviewTask._meta.verbose_name}：{name}")
    task.groups.add(reviewers, Group.objects.get(name=REVIEWERS))
    workflow = Workflow.objects.create(name=task.name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=section)
