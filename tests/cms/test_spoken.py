"""A page that the platform comes with is English as a whole, or Chinese as a whole."""

import pytest
from django.test import Client
from django.utils import translation

from cms.models import ContentPage, HomePage, NoticeIndexPage, NoticePage
from cms.spoken import spoken
from marketplace.web.languages import COOKIE, ENGLISH
from tests.clock import NOON

pytestmark = pytest.mark.django_db
WHO, HOW_LONG = "由谁运行", "要多久"
QUOTE = {"text": "没有依据的，不得作为条件。", "source": "《示例条例》第一条"}


def page(*blocks: tuple[str, object], title: str = "常见问题") -> ContentPage:
    made = ContentPage(title=title, slug="one")
    made.body = [{"type": kind, "value": value} for kind, value in blocks]
    made.body = made.body.stream_block.to_python(made.body.get_prep_value())
    return made


def in_english(one: ContentPage) -> tuple[str, list[object], bool]:
    with translation.override(ENGLISH):
        read = spoken(one)
        return read.page.title, [block.value for block in read.page.body], read.is_chinese


def test_all_texts_are_english_and_the_page_itself_stays_as_it_is_written() -> None:
    written = page(("heading", WHO), ("heading", HOW_LONG))

    assert in_english(written) == (
        "Common questions",
        ["Who runs it", "How long it takes"],
        False,
    )
    assert written.title == "常见问题"
    assert [block.value for block in written.body] == [WHO, HOW_LONG]
    assert spoken(written).page is written  # who reads Chinese


def test_one_text_without_english_leaves_the_whole_page_chinese() -> None:
    assert in_english(page(("heading", WHO), ("heading", "编辑写的"))) == (
        "常见问题",
        [WHO, "编辑写的"],
        True,
    )
    assert in_english(page(title="编辑写的"))[2]


def test_what_the_editor_adds_to_a_paragraph_changes_no_text() -> None:
    kept = '<p data-block-key="x1">公示期内任何人都可以提出意见。公示期满没有异议的，全省有效。</p>'
    title, blocks, is_chinese = in_english(page(("text", kept)))

    assert not is_chinese
    assert "During the notice anybody can object." in str(blocks[0])
    assert title == "Common questions"


def test_a_quotation_and_the_name_of_an_article_stay_as_they_bind() -> None:
    law = {"source": "《示例条例》第一条", "note": "向中小企业付款的期限。"}
    _title, blocks, is_chinese = in_english(page(("quote", QUOTE), ("law", law)))

    assert not is_chinese
    assert [dict(block) for block in blocks] == [
        QUOTE,
        {**law, "note": "How soon small and medium enterprises are paid."},
    ]


def test_who_reads_english_reads_it_and_is_told_where_there_is_none(pages: str) -> None:
    about = page(("heading", WHO))
    HomePage.objects.get().add_child(instance=about)
    notice = NoticePage(title="通知", slug="n", published_on=NOON.date(), summary="摘要")
    NoticeIndexPage.objects.get().add_child(instance=notice)
    client = Client()
    client.cookies[COOKIE] = ENGLISH

    english, chinese = (client.get(path).content.decode() for path in (about.url, notice.url))

    assert "<h1>Common questions</h1>" in english
    assert '<h2 class="z-part">Who runs it</h2>' in english
    assert 'lang="zh-Hans">' not in english.partition("<main")[2].partition("</main>")[0]
    assert '<h1 lang="zh-Hans">通知</h1>' in chinese
    assert "This page is in Chinese only." in chinese
    assert "This page is in Chinese only." not in english
