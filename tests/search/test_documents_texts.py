"""What search says of rules, laws and pages."""

import pytest

from cms.models import FAQPage, FormHelpPage, HomePage, TopicPage
from search.documents import find
from tests.clock import NOON
from tests.factories.marketplace import load_laws, load_rules
from tests.search import corpus

pytestmark = pytest.mark.django_db


def test_a_rule_is_found_with_its_value_at_its_place_in_the_rulebook() -> None:
    load_rules(acceptance__window=120)

    document = find("rule", "acceptance.window", NOON)

    assert document is not None
    assert "120" in document.facts[0]
    assert document.url == "/rules/#acceptance.window"
    assert find("rule", "none", NOON) is None


def test_a_law_is_found_and_each_of_its_articles_at_its_place() -> None:
    load_laws()

    law = find("law", "tendering-and-bidding-implementation", NOON)
    article = find("law", "tendering-and-bidding-implementation.4", NOON)

    assert law is not None
    assert article is not None
    assert law.title == "招标投标法实施条例"
    assert article.title == "招标投标法实施条例 第四条"
    assert article.url == "/laws/tendering-and-bidding-implementation/#a4"
    assert find("law", "tendering-and-bidding-implementation.x", NOON) is None


def test_a_page_is_found_by_all_that_its_editors_wrote() -> None:
    corpus.notice_index()
    home = HomePage.objects.get()
    HomePage.objects.update(introduction="全省统一的中介服务超市")

    document = find("page", str(home.translation_key), NOON)

    assert document is not None
    assert (document.title, document.body) == ("首页", "全省统一的中介服务超市")


def test_a_notice_is_no_other_page() -> None:
    notice = corpus.notice(corpus.DATA["corpus"]["notices"][0])

    assert find("page", str(notice.translation_key), NOON) is None
    assert find("notice", str(notice.translation_key), NOON) is not None


def test_a_page_is_found_by_each_question_that_it_answers_as_by_its_name() -> None:
    one = {"question": "报价相同怎么办？", "answer": "<p>抽取。</p>"}
    asked = [("question", one)]
    inside = [("questions", {"title": "", "questions": [one, {**one, "question": "要多久？"}]})]
    corpus.notice_index()
    home = HomePage.objects.get()
    faq = home.add_child(instance=FAQPage(title="问答", slug="asked", questions=asked))
    topic = home.add_child(instance=TopicPage(title="专题", slug="topic", body=inside))

    told = [find("page", str(page.translation_key), NOON) for page in (faq, topic)]

    assert [one.aliases for one in told if one] == [
        ("报价相同怎么办？",),
        ("报价相同怎么办？", "要多久？"),
    ]


def test_a_page_says_for_whom_it_is_written() -> None:
    corpus.notice_index()
    home = HomePage.objects.get()
    made = [
        home.add_child(instance=FormHelpPage(title=form, slug=form[-3:], form=form))
        for form in ("bidding:bid", "credit:case_new")
    ]

    told = [find("page", str(page.translation_key), NOON) for page in made]

    assert [(one.facts, one.facets) for one in told if one] == [
        (("填写说明", "中介服务机构"), ()),
        (("填写说明", "工作人员"), (("reader", "staff"),)),
    ]
