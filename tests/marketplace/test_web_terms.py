from marketplace.web.components import Fact, Facts
from marketplace.web.terms import chapters, terms
from tests.markup import draw


def test_each_word_is_explained_once_under_an_address_of_its_own() -> None:
    shown = [term for chapter in chapters() for term in chapter.terms]
    names = [*(chapter.slug for chapter in chapters()), *(term.slug for term in shown)]

    assert len(terms()) == len(shown) == 23
    assert len({*names}) == len(names)
    assert all(term.text.endswith("。") for term in shown)


def test_a_word_of_the_glossary_leads_there_and_says_what_it_means() -> None:
    drawn = draw('{% term "流标" %}')

    assert drawn == (
        '<a class="z-term" href="/glossary/#failed">流标'
        "<span>到期没有选出中选机构，例如报名家数不够。业主可以重新组织。</span></a>"
    )


def test_another_word_stays_as_it_is() -> None:
    assert draw("{% term word %}", word="<b>统一") == "&lt;b&gt;统一"


def test_the_label_of_a_fact_is_explained_where_it_is_known() -> None:
    facts = Facts([Fact("最高限价", "1"), Fact("服务地点", "赣州")])

    drawn = draw("{{ facts.render_html }}", facts=facts)

    assert '<dt><a class="z-term" href="/glossary/#ceiling">最高限价<span>' in drawn
    assert "<dt>服务地点</dt>" in drawn
