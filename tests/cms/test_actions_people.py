"""Who writes pages and who agrees to them."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import WorkflowPage

from cms.actions.people import end_editing, set_up_editors
from cms.models import EDITORS, REVIEWERS, HomePage, ReviewTask
from marketplace.kernel.models import AuditEntry
from marketplace.models import User
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def rights() -> dict[str, list[str]]:
    return {
        group.name: sorted(
            [one.permission.codename for one in group.page_permissions.all()]
            + [one.permission.codename for one in group.collection_permissions.all()]
        )
        for group in Group.objects.filter(name__in=[str(EDITORS), str(REVIEWERS)])
    }


def test_the_rights_and_the_review_are_set_up_once(pages: str) -> None:
    before = rights()

    set_up_editors(home=HomePage.objects.get())

    files = ["add_document", "add_image", "change_document", "change_image"]
    chosen = ["choose_document", "choose_image"]
    writing = sorted([*files, *chosen, "add_page", "change_page"])
    assert (
        rights()
        == before
        == {
            str(EDITORS): writing,
            str(REVIEWERS): sorted([*writing, "publish_page"]),
        }
    )
    assert (
        ReviewTask.objects.count()
        == WorkflowPage.objects.filter(page=HomePage.objects.get()).count()
        == 1
    )


def test_who_edits_no_more_is_in_neither_group(reviewer: User) -> None:
    end_editing(user=reviewer, by=reviewer, at=NOON)

    assert not reviewer.groups.exists()
    assert AuditEntry.objects.filter(verb="user.editing_ended").count() == 1
