"""A department writes and reviews its section and nothing else."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from wagtail.images.models import Image
from wagtail.models import Collection, Page, Workflow, WorkflowPage
from wagtail.permissions import policy_registry

from cms.actions.departments import end_department, set_up_department
from cms.actions.people import join_post, make_reviewer
from cms.actions.writing import agree_to_page, submit_page
from cms.models import ContentPage, Department, PolicyPage, SectionPage
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def section(slug: str = "policies") -> Page:
    page: Page = SectionPage.objects.get(slug=slug).page_ptr
    return page


def department(name: str = "政策法规处", slug: str = "policies") -> Department:
    return set_up_department(name=name, section=section(slug), by=UserFactory(), at=NOON)


def holder(post: Group) -> User:
    return join_post(user=UserFactory(), post=post.name, by=None, at=NOON)


def draft(below: Page, by: User) -> ContentPage:
    page: ContentPage = below.specific.add_child(
        instance=ContentPage(title="解读", slug="explained", owner=by, live=False)
    )
    page.save_revision(user=by)
    return page


def test_its_people_may_act_in_their_section_and_nowhere_else(pages: str) -> None:
    own = department()
    writer, reviewer = holder(own.editors), holder(own.reviewers)
    inside, outside = section().specific, section("guides").specific
    written = PolicyPage(title="办法", slug="rules", document_number="一", issuer="省政府")
    inside.add_child(instance=written)

    def told(user: User) -> list[tuple[bool, bool, bool]]:
        asked = [page.permissions_for_user(user) for page in (inside, written, outside)]
        return [(one.can_add_subpage(), one.can_edit(), one.can_unpublish()) for one in asked]

    assert told(writer) == [(True, True, False), (False, True, False), (False, False, False)]
    assert told(reviewer) == [(True, True, True), (False, True, True), (False, False, False)]


def test_its_files_stand_in_a_collection_of_its_own(pages: str) -> None:
    own, other = department(), department("综合处", "guides")
    writer = holder(own.editors)

    policy = policy_registry.get_by_type(Image)
    kept = policy.collections_user_has_permission_for(writer, "add")

    assert [*kept] == [own.collection]
    assert own.collection.name == "政策法规处"
    assert other.collection.get_parent() == Collection.get_first_root_node()


def test_its_own_reviewer_agrees_and_another_department_s_does_not(pages: str) -> None:
    own, other = department(), department("综合处", "guides")
    page = draft(own.section, writer := holder(own.editors))
    submit_page(page=page, by=writer)

    for stranger in (holder(other.reviewers), holder(own.editors), writer):
        with pytest.raises(PermissionDenied):
            agree_to_page(page=page, by=stranger, at=NOON)
    page.refresh_from_db()
    assert not page.live

    assert agree_to_page(page=page, by=holder(own.reviewers), at=NOON).live


def test_the_reviewers_of_the_province_agree_to_it_as_well(pages: str) -> None:
    own = department()
    page = draft(own.section, writer := holder(own.editors))
    submit_page(page=page, by=writer)

    everywhere = make_reviewer(user=UserFactory(), by=None, at=NOON)

    assert agree_to_page(page=page, by=everywhere, at=NOON).live


@pytest.mark.parametrize(
    ("name", "slug", "guard"),
    [("政策法规处", "guides", "department_is_new"), ("综合处", "policies", "section_is_free")],
)
def test_a_name_and_a_section_are_given_once(pages: str, name: str, slug: str, guard: str) -> None:
    department()
    groups = Group.objects.count()

    with pytest.raises(Refused) as refused:
        department(name, slug)

    assert [one.guard for one in refused.value.verdicts] == [guard]
    assert (Department.objects.count(), Group.objects.count()) == (1, groups)


def test_a_section_that_is_taken_back_goes_by_the_review_of_the_province(pages: str) -> None:
    own = department()
    page = draft(own.section, writer := holder(own.editors))
    submit_page(page=page, by=writer)
    manager = UserFactory()

    end_department(department=own, by=manager, at=NOON)

    page = ContentPage.objects.get()
    assert not writer.groups.exists()
    assert not page.permissions_for_user(User.objects.get(pk=writer.pk)).can_edit()
    assert WorkflowPage.objects.count() == 1
    assert Collection.objects.filter(name="政策法规处").exists()
    everywhere = make_reviewer(user=UserFactory(), by=None, at=NOON)
    assert agree_to_page(page=page, by=everywhere, at=NOON).live
    assert AuditEntry.objects.filter(verb="department.ended", by=manager).count() == 1
    again = department()
    assert again.collection == own.collection


def test_the_posts_stand_in_place_of_what_wagtail_begins_with() -> None:
    Group.objects.all().delete()
    Group.objects.bulk_create([Group(name="Editors"), Group(name="Moderators")])
    Workflow.objects.get_or_create(name="Moderators approval")

    import_module("cms.migrations.0005_posts").put_posts(
        apps, SimpleNamespace(connection=connection)
    )

    found = {
        group.name: [*group.permissions.values_list("codename", flat=True)]
        for group in Group.objects.all()
    }
    assert found == {"编辑": ["access_admin"], "审核": ["access_admin"]}
    assert not Workflow.objects.filter(name="Moderators approval").exists()
