"""What Django's tags do each time and ours do once comes out the same."""

import pytest
from django.template import Context, Template
from django.template.defaulttags import URLNode
from django.templatetags import i18n, static
from django.utils import translation

from marketplace.templatetags.fixed_urls import FixedUrl, FoundUrl

LOADED = "{% load i18n static %}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% translate 'Yes' %}", "是"),
        ("{% translate '招标 100%' %}", "招标 100%"),
        ("{% translate '没有 & 译文 <b>' %}", "没有 & 译文 <b>"),
        ("{% translate 'Yes' as word %}[{{ word }}]", "[是]"),
        ("{% translate word %}", "是"),
        ("{% translate 'Yes'|lower %}", "是"),
        ("{% static 'marketplace/ui.css' %}", "/static/marketplace/ui.css"),
        ("{% static 'marketplace/ui.css' as file %}[{{ file }}]", "[/static/marketplace/ui.css]"),
        ("{% static name %}", "/static/a%26b"),
        ("{% url 'marketplace:workbench' %}", "/workbench/"),
        ("{% url 'marketplace:workbench' as here %}[{{ here }}]", "[/workbench/]"),
        ("{% url 'no:where' as here %}[{{ here }}]", "[]"),
        ("{% url place %}", "/inbox/"),
        ("{% url 'marketplace:law' 'a' %}", "/laws/a/"),
    ],
)
def test_it_says_what_django_says(source: str, text: str) -> None:
    context = {"word": "Yes", "name": "a&b", "place": "marketplace:inbox"}
    template = Template(LOADED + source)

    assert [template.render(Context(context)) for _ in range(2)] == [text, text]


def test_constants_are_done_once_and_the_rest_each_time() -> None:
    once = Template(LOADED + "{% translate 'Yes' %}{% static 'a' %}{% url 'cms:notices' %}")
    each = Template(
        LOADED + "{% translate a %}{% static a %}{% url a %}{% url 'marketplace:law' 1 %}"
    )

    dynamic = (i18n.TranslateNode, static.StaticNode, URLNode)
    assert not [node for node in once.nodelist if isinstance(node, dynamic)]
    assert len(once.nodelist.get_nodes_by_type(FixedUrl)) == 1
    assert [type(node) for node in each.nodelist][-4:] == [*dynamic, FoundUrl]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "报名中"), ("en", "Open for sign-up")])
def test_a_constant_is_said_in_the_language_of_the_reader(language: str, said: str) -> None:
    shown = Template(LOADED + "{% translate '报名中' %}")
    put = Template(LOADED + "{% translate '报名中' as word %}-{{ word }}")

    with translation.override(language):
        assert shown.render(Context()) == said
        assert put.render(Context()) == f"-{said}"
