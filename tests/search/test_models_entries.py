"""An entry of the index holds what pages have."""

from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from cms.actions.people import make_editor
from search.backends import database_index
from search.indexing import rebuild
from search.models import SearchEntry
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db


def test_a_notice_with_a_long_chinese_slug_is_found_at_its_address(client: Client) -> None:
    call_command("load_pages", at=NOON, stdout=StringIO())
    editor = make_editor(user=UserFactory(), by=None, at=NOON)
    slug = "关于公布网上中介服务超市入驻机构名单的通知" * 10
    texts = {"title": "入驻名单", "source": "", "summary": "", "body": "<p>正文。</p>"}
    notice = publish_notice(slug=slug, by=editor, at=NOON, **texts)

    rebuild(database_index())

    [entry] = SearchEntry.objects.filter(key=str(notice.translation_key))
    SearchEntry._meta.get_field("url").clean(entry.url, entry)
    assert entry.url == f"/notices/{quote(slug)}/"
    assert client.get(entry.url).status_code == 200


def test_one_thing_has_one_entry() -> None:
    values = {"kind": "notice", "key": "one", "sort_at": NOON, "version": 1, "place": 1}
    SearchEntry.objects.create(**values)

    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.create(**{**values, "version": 2, "place": 2})

    assert str(SearchEntry.objects.get()) == "notice one"
