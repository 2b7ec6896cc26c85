"""One catalogue for a language, and still one rule for each plural."""

from __future__ import annotations

from gettext import GNUTranslations, c2py

import pytest
from django.utils.translation import gettext, ngettext
from django.utils.translation.trans_real import (
    DjangoTranslation,
    TranslationCatalog,
    translation,
)

CHINESE = "0"
FRENCH = "(n > 1)"


def texts(plural: str, **catalogue: str) -> GNUTranslations:
    """Return the catalogue of one app."""
    made = GNUTranslations()
    made.plural = c2py(plural)
    made._catalog = dict(catalogue)
    return made


def test_the_texts_of_all_apps_stand_in_one_catalogue() -> None:
    language = translation("zh-hans")

    assert len(language._catalog._catalogs) == 1
    assert language._fallback is None


def test_texts_of_django_of_wagtail_and_of_none_are_found_as_before() -> None:
    assert gettext("This field is required.") == "必需字段"
    assert gettext("Page permissions") == "页面权限"
    assert gettext("报名截止") == "报名截止"
    assert ngettext("%(num)d hour", "%(num)d hours", 2) == "%(num)d 小时"


def test_of_two_catalogues_with_one_rule_the_later_overrides() -> None:
    catalog = TranslationCatalog(texts(CHINESE, home="首页", search="搜索"))
    catalog.update(texts(CHINESE, home="主页"))

    assert catalog._catalogs == [{"home": "主页", "search": "搜索"}]


@pytest.mark.parametrize("rules", [(CHINESE, FRENCH), (FRENCH, CHINESE)], ids=["zh-fr", "fr-zh"])
def test_catalogues_with_two_rules_stay_apart_and_the_later_stands_first(
    rules: tuple[str, str],
) -> None:
    catalog = TranslationCatalog(texts(rules[0], home="首页"))
    catalog.update(texts(rules[1], home="主页"))

    assert catalog._catalogs == [{"home": "主页"}, {"home": "首页"}]
    assert len(catalog._plurals) == 2


def test_a_more_general_catalogue_gives_what_is_missing_and_what_comes_later_overrides_it() -> None:
    language = DjangoTranslation("en")
    language._catalog = TranslationCatalog(texts(CHINESE, home="首页"))
    language.add_fallback(texts(CHINESE, home="主页", search="查找", help="帮助"))
    language.add_fallback(texts(CHINESE, help="求助"))
    language.merge(texts(CHINESE, search="搜索"))

    assert language._catalog._catalogs == [{"home": "首页", "search": "搜索", "help": "帮助"}]
    assert language._fallback is None


def test_a_more_general_catalogue_with_another_rule_stays_a_fallback() -> None:
    language = DjangoTranslation("en")
    language._catalog = TranslationCatalog(texts(CHINESE, home="首页"))
    language.add_fallback(general := texts(FRENCH, search="搜索"))

    assert language._catalog._catalogs == [{"home": "首页"}]
    assert language._fallback is general
