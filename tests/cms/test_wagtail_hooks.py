"""The editors' menu leads to what waits, and to each kind of page."""

import pytest
from django.test import Client

from cms.actions.writing import submit_page, write_notice
from marketplace.models import User
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_the_menu_says_what_waits_for_whom(client: Client, editor: User, reviewer: User) -> None:
    notice = write_notice(values={"slug": "n", "title": "通知"}, text="", by=editor, at=NOON)
    submit_page(page=notice, by=editor)

    client.force_login(reviewer)
    for_reviewer = client.get("/cms/").content.decode()
    client.force_login(editor)
    for_editor = client.get("/cms/").content.decode()

    def told(words: str) -> str:  # the menu is JSON
        return words.encode("unicode_escape").decode()

    waiting = told("待我审核（1）")
    assert (waiting in for_reviewer, waiting in for_editor) == (True, False)
    assert told("办事指南") in for_editor
