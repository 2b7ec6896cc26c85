"""What the templates of editors' pages read."""

from datetime import timedelta

import pytest
from django.test import Client

from cms.models import DownloadPage, HomePage, NoticePage
from cms.templatetags.written import notice_steps
from marketplace.kernel.calendar import end_of_day
from marketplace.models import User
from marketplace.web.components import NOW
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db
WORDS = {"source": "省数据局", "summary": "一句话。", "body": "<p>正文。</p>"}


def test_a_notice_says_when_it_holds_no_more_and_what_it_is_about(editor: User) -> None:
    notice = publish_notice(slug="n", title="通知", by=editor, at=NOON, **WORDS)
    order = TenderFactory(active=True)
    notice.about_items, notice.about_orders = order.item.code, f"{order.code} X"
    notice.valid_until = NOON.date()
    notice.save()
    held = Client().get("/notices/n/").content.decode()

    notice.valid_until = (NOON - timedelta(days=1)).date()
    notice.save()
    lapsed = Client().get("/notices/n/").content.decode()

    assert "已过有效期" not in held
    assert f'href="/items/{order.item.code}/">{order.item.name}</a>' in held
    assert f'href="/tenders/{order.code}/"' in held
    assert 'href="/notices/">通知公告</a>' in held
    assert "这份通知已过有效期" in lapsed
    assert "已过有效期" in Client().get("/notices/").content.decode()


def test_notices_are_found_by_column_the_pinned_first(editor: User) -> None:
    for number, column in enumerate(("notice", "system", "notice")):
        publish_notice(slug=f"n{number}", title=f"第{number}号通知", by=editor, at=NOON, **WORDS)
        NoticePage.objects.filter(slug=f"n{number}").update(column=column, is_pinned=number == 0)

    everything = Client().get("/notices/").content.decode()
    system = Client().get("/notices/?column=system").content.decode()

    assert everything.index("第0号通知") < everything.index("第2号通知")
    assert "第1号通知" in system
    assert "第2号通知" not in system


def test_a_page_of_files_lists_our_contracts_where_editors_put_them(editor: User) -> None:
    home = HomePage.objects.get()
    page = DownloadPage(title="下载", slug="texts")
    page.files = page.files.stream_block.to_python([{"type": "contracts", "value": None}])
    home.add_child(instance=page)

    said = Client().get("/texts/").content.decode()

    assert said.count('href="/contract-texts/') == 10
    assert 'href="/contract-texts/surveying.docx"' in said


def test_a_notice_says_until_when_it_holds_and_leads_to_all_notices(editor: User) -> None:
    notice = publish_notice(slug="n", title="通知", by=editor, at=NOON, **WORDS)
    notice.valid_until = NOON.date()
    notice.save()

    said = Client().get("/notices/n/").content.decode()

    assert [(step.state, step.at) for step in notice_steps(notice, NOON)] == [
        (NOW, end_of_day(NOON.date()))
    ]
    assert notice_steps(notice, NOON + timedelta(days=1)) == []
    assert "<dt>本通知有效</dt>" in said
    assert 'href="/feeds/search.atom?in=notice"' in said
