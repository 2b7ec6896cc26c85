"""The province's manager says who writes the pages and who agrees to them."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cms.actions.people import make_editor
from cms.models import EDITORS, REVIEWERS, Department, HomePage, SectionPage
from cms.permissions import can_appoint_editors
from marketplace.models import Membership, User
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, UserFactory, division, party

pytestmark = pytest.mark.django_db
PAGE = "/manager/editors/"


def test_a_manager_appoints_a_reviewer_and_ends_an_editor(client: Client, pages: str) -> None:
    UserFactory(username="xiaoli")
    editor = make_editor(user=UserFactory(username="bianji"), by=None, at=NOON)
    manager = party(AuthorityFactory(division=division("360000")), Membership.Role.MANAGER)
    client.force_login(manager.user)
    post = editor.groups.get().pk
    client.get(PAGE)

    given = client.post(PAGE, {"login": "xiaoli", "post": str(REVIEWERS)}, follow=True)
    unknown = client.post(PAGE, {"login": "nobody", "post": str(EDITORS)})
    ended = client.post(f"{PAGE}{post}/bianji/end/", follow=True)

    assert "设为网站内容岗位" in given.content.decode()
    assert unknown.status_code == 422
    assert "没有这个账号" in unknown.content.decode()
    assert "的岗位，已发布的内容不受影响" in ended.content.decode()
    assert [*User.objects.filter(groups__isnull=False).values_list("username", flat=True)] == [
        "xiaoli"
    ]
    assert client.post(f"{PAGE}{post}/bianji/end/").status_code == 404
    assert client.post(f"{PAGE}0/bianji/end/").status_code == 404


def test_nobody_else_may(client: Client, pages: str) -> None:
    officer = party(AuthorityFactory(), Membership.Role.OPERATOR)
    client.force_login(officer.user)

    assert client.get(PAGE).status_code == 403
    assert not can_appoint_editors(officer)
    assert not can_appoint_editors(None)


@pytest.mark.parametrize(
    ("name", "status"),
    [("a.width-480.png", 200), ("b.png", 404), ("a.svg", 404), ("../original_images/a.png", 404)],
)
def test_a_picture_is_sent_in_its_sizes_and_nothing_else_is(
    client: Client, name: str, status: int
) -> None:
    for folder, file in (("images", "a.width-480.png"), ("original_images", "a.png")):
        path = f"{folder}/{file}"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(b"png"))

    answer = client.get(f"/media/images/{name}")
    content = b"".join(answer.streaming_content) if answer.streaming else b""

    assert (answer.status_code, content) == (status, b"png" if status == 200 else b"")


def test_a_manager_gives_a_department_its_section_and_takes_it_back(
    client: Client, pages: str
) -> None:
    manager = party(AuthorityFactory(division=division("360000")), Membership.Role.MANAGER)
    client.force_login(manager.user)
    section = SectionPage.objects.get(slug="policies")
    UserFactory(username="xiaowang")
    given = {"name": "水利处", "section": section.pk}

    client.get(PAGE)
    made = client.post(f"{PAGE}departments/", given, follow=True)
    twice = client.post(f"{PAGE}departments/", given)
    elsewhere = client.post(
        f"{PAGE}departments/", {"name": "林业处", "section": HomePage.objects.get().pk}
    )
    held = client.post(PAGE, {"login": "xiaowang", "post": "编辑：水利处"})

    assert "现由“水利处”负责" in made.content.decode()
    assert (twice.status_code, elsewhere.status_code, held.status_code) == (422, 422, 302)
    assert "部门“水利处”已经有自己的栏目" in twice.content.decode()
    assert [*Department.objects.values_list("name", "section__slug")] == [("水利处", "policies")]
    assert User.objects.get(username="xiaowang").groups.get().name == "编辑：水利处"

    ended = client.post(f"{PAGE}departments/policies/end/", follow=True)

    assert "不再由“水利处”负责" in ended.content.decode()
    assert not Department.objects.exists()
    assert client.post(f"{PAGE}departments/policies/end/").status_code == 404


def test_the_editors_scripts_find_the_words_of_wagtail_and_ours(client: Client) -> None:
    said = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()

    written = re.search(r"const newcatalog = (\{.*?\});", said, re.DOTALL)
    words = json.loads(written[1]) if written else {}
    assert (words["Close"], words["Insert a block"]) == ("关闭", "插入内容块")
    assert words["%(num)s error"] == ["%(num)s 处错误"]
