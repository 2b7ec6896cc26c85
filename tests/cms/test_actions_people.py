"""Who writes pages and who agrees to them."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import WorkflowPage

from cms.actions.people import appoint, end_post, make_editor, set_up_editors
from cms.models import EDITORS, REVIEWERS, HomePage, NoticeIndexPage, ReviewTask
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

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


def test_a_manager_gives_a_post_and_takes_it(pages: str) -> None:
    manager, user = UserFactory(), UserFactory(username="xiaoli")

    appoint(login="xiaoli", post=str(REVIEWERS), by=manager, at=NOON)
    given = [group.name for group in user.groups.all()]
    end_post(user=user, post=str(REVIEWERS), by=manager, at=NOON)

    assert given == [str(REVIEWERS)]
    assert not user.groups.exists()
    verbs = ["user.made_reviewer", "user.post_ended"]
    entries = AuditEntry.objects.filter(by=manager).order_by("pk")
    assert [*entries.values_list("verb", flat=True)] == verbs


@pytest.mark.parametrize(
    ("login", "guard"),
    [
        ("nobody", "account_exists"),
        ("manager", "appointed_by_another"),
        ("editor", "post_is_new"),
    ],
)
def test_a_post_is_refused(pages: str, login: str, guard: str) -> None:
    manager = UserFactory(username="manager")
    make_editor(user=UserFactory(username="editor"), by=None, at=NOON)

    with pytest.raises(Refused) as refused:
        appoint(login=login, post=str(EDITORS), by=manager, at=NOON)

    assert [one.guard for one in refused.value.verdicts] == [guard]
    assert [*User.objects.filter(groups__name=EDITORS).values_list("username", flat=True)] == [
        "editor"
    ]


def test_a_reviewer_keeps_redirects_and_an_editor_does_not(
    client: Client, editor: User, reviewer: User
) -> None:
    target = NoticeIndexPage.objects.get()
    given = {"old_path": "/gonggao/", "redirect_page": target.pk, "is_permanent": "on"}

    def add(user: User) -> int:
        client.force_login(user)
        return client.post("/cms/redirects/add/", given).status_code

    refused, before = add(editor), client.get("/gonggao/").status_code
    made = add(reviewer)
    client.logout()
    leads = client.get("/gonggao/")

    assert (refused, before, made) == (302, 404, 302)
    assert (leads.status_code, leads["Location"]) == (301, target.url)
    assert Redirect.objects.count() == 1
