"""The editors' menu leads to what waits, and to each kind of page."""

import pytest
from django.test import Client
from wagtail.models import Page

from cms.actions.departments import set_up_department
from cms.actions.people import join_post
from cms.actions.writing import submit_page, write_notice
from cms.models import NoticeIndexPage, SectionPage
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

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


def test_the_menu_leads_a_department_to_its_section_alone(client: Client, editor: User) -> None:
    section = SectionPage.objects.get(slug="policies").page_ptr
    own = set_up_department(name="水利处", section=section, by=None, at=NOON)
    client.force_login(join_post(user=UserFactory(), post=own.editors.name, by=None, at=NOON))

    html = client.get("/cms/").content.decode()

    def is_told(page: Page) -> bool:
        return f"/cms/pages/{page.pk}/" in html

    assert is_told(section)
    assert not is_told(SectionPage.objects.get(slug="guides"))
    assert not is_told(NoticeIndexPage.objects.get())
