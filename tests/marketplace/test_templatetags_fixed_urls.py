"""An address without arguments is looked up once for the addresses in force."""

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, set_script_prefix

from marketplace.templatetags.fixed_urls import FixedUrl


def test_a_constant_name_is_looked_up_once_and_anew_under_another_prefix() -> None:
    template = Template(
        '{% url "marketplace:inbox" %}|{% url "marketplace:inbox" as own %}{{ own }}'
    )
    nodes = template.nodelist.get_nodes_by_type(FixedUrl)

    assert [template.render(Context()) for _again in range(2)] == ["/inbox/|/inbox/"] * 2
    assert [len(node.found) for node in nodes] == [1, 1]
    set_script_prefix("/under/")
    try:
        assert template.render(Context()) == "/under/inbox/|/under/inbox/"
    finally:
        set_script_prefix("/")


def test_an_address_that_hangs_on_the_page_is_looked_up_each_time() -> None:
    template = Template("{% url name %} {% url 'marketplace:law' slug %}")

    assert template.nodelist.get_nodes_by_type(FixedUrl) == []
    for name, slug in (("inbox", "a"), ("members", "b")):
        context = Context({"name": f"marketplace:{name}", "slug": slug})
        assert template.render(context) == f"/{name}/ /laws/{slug}/"


def test_an_address_that_there_is_not_is_an_error_as_with_django() -> None:
    template = Template('{% url "marketplace:no_such_page" %}')

    with pytest.raises(NoReverseMatch):
        template.render(Context())


def test_an_address_follows_the_addresses_in_force() -> None:
    template = Template("{% url 'marketplace:workbench' as here %}[{{ here }}]")

    assert template.render(Context()) == "[/workbench/]"
    with override_settings(ROOT_URLCONF="cms.urls"):
        assert template.render(Context()) == "[]"


def test_an_address_with_arguments_is_found_anew_under_another_prefix_and_is_safe() -> None:
    template = Template("{% url 'marketplace:law' slug %}")
    context = Context({"slug": "a"})

    assert [template.render(context) for _again in range(2)] == ["/laws/a/"] * 2
    set_script_prefix("/under/")
    try:
        assert template.render(context) == "/under/laws/a/"
    finally:
        set_script_prefix("/")
