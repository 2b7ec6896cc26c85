"""The acts that set up the editors' pages leave alone what is there."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Collection, Locale, Page, Site

from cms.models import HomePage, NoticeIndexPage
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_the_pages_are_set_up_in_a_database_that_was_flushed() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    Locale.objects.all().delete()

    call_command("load_pages", at=NOON, stdout=StringIO())

    assert Site.objects.get(is_default_site=True).root_page.slug == "home"
    assert NoticeIndexPage.objects.get().url_path == "/home/notices/"


def test_what_editors_changed_stays(pages: str) -> None:
    home = HomePage.objects.get()
    home.introduction = "编辑写的。"
    home.save()

    call_command("load_pages", at=NOON, stdout=StringIO())

    assert HomePage.objects.get().introduction == "编辑写的。"
