"""The command sets up the pages that every installation begins with, once."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.models import HomePage
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_the_pages_are_set_up_once(pages: str) -> None:
    first = list(Page.objects.values_list("url_path", flat=True).order_by("path"))
    call_command("load_pages", at=NOON, stdout=StringIO())

    assert pages == "home page: 网上中介服务超市; editors: 编辑\n"
    assert first == [
        *("/", "/home/", "/home/notices/", "/home/items/", "/home/guides/", "/home/policies/"),
        "/home/help/",
    ]
    assert list(Page.objects.values_list("url_path", flat=True).order_by("path")) == first
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert AuditEntry.objects.filter(verb="home.set_up").count() == 1
