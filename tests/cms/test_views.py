"""The province's manager says who writes the pages and who agrees to them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from cms.actions.people import make_editor
from cms.models import EDITORS, REVIEWERS
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
