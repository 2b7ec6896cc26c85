"""Sections list what stands in them, and each kind of page shows what it is for."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from cms.models import (
    DownloadPage,
    FAQPage,
    GuidePage,
    HomePage,
    PolicyPage,
    SectionPage,
    TopicPage,
)
from cms.models.content import Listed, grouped
from marketplace.kernel.models import Law

pytestmark = pytest.mark.django_db


def html(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_section_lists_its_live_pages_by_reader(pages: str) -> None:
    guides = SectionPage.objects.get(slug="guides")
    assert "这个栏目还没有内容" in html("/guides/")
    guides.add_child(instance=GuidePage(title="怎样入驻", slug="join", reader="agency"))
    guides.add_child(instance=GuidePage(title="没有写完", slug="draft", reader="owner", live=False))

    listed = html("/guides/")

    assert "中介服务机构</h2>" in listed
    assert 'href="/guides/join/">怎样入驻</a>' in listed
    assert "没有写完" not in listed
    assert "<h1>怎样入驻</h1>" in html("/guides/join/")


def test_a_policy_tells_number_issuer_and_state_and_leads_to_the_library(pages: str) -> None:
    law = Law.objects.create(slug="x", name="示例条例", level=Law.Level.REGULATION)
    policies = SectionPage.objects.get(slug="policies")
    for number, day in ((1, date(2022, 1, 1)), (2, date(2023, 1, 1))):
        policies.add_child(
            instance=PolicyPage(
                title=f"文件{number}",
                slug=f"p{number}",
                document_number=f"示例〔2022〕{number}号",
                issuer="示例机关",
                state=PolicyPage.State.REPEALED,
                dated_on=day,
                law=law,
            )
        )

    page, listed = html("/policies/p1/"), html("/policies/")

    assert 'href="/laws/x/"' in page
    assert "示例〔2022〕1号" in page
    assert "已废止" in page
    assert "2022年1月1日" in page
    assert listed.index("文件2") < listed.index("文件1")


def test_answers_files_and_topics_are_shown(pages: str) -> None:
    home = HomePage.objects.get()
    file = Document.objects.create(title="合同文本", file=ContentFile(b"12345", "a.docx"))
    answers = [("question", {"question": "收费吗", "answer": "<p>不收。</p>"})]
    faq = home.add_child(instance=FAQPage(title="常见问题", slug="faq", questions=answers))
    empty = DownloadPage(title="下载", slug="empty")
    home.add_child(instance=empty)
    home.add_child(instance=DownloadPage(title="下载", slug="files", files=[("file", file)]))
    gone = home.add_child(instance=FAQPage(title="撤下的", slug="gone", live=False))
    related = [("page", faq), ("page", gone)]
    home.add_child(instance=TopicPage(title="专题", slug="topic", pages=related))

    topic = html("/topic/")

    assert "<summary>收费吗</summary>" in html("/faq/")
    assert "合同文本" in html("/files/")
    assert "还没有可以下载的文件。" in html("/empty/")
    assert 'href="/faq/">常见问题</a>' in topic
    assert "撤下的" not in topic
    assert empty.facts is None


def test_rows_stand_under_their_heads_the_newest_first() -> None:
    old, new = (
        Listed("旧", "/a/", "", on=date(2020, 1, 1)),
        Listed("新", "/b/", "", on=date(2021, 1, 1)),
    )
    other = Listed("他", "/c/", "", group="公众")

    assert grouped([old, other, new]) == [("", [new, old]), ("公众", [other])]
