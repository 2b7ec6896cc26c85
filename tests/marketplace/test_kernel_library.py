"""Loading the law library: rows as the files say, and nothing on the second run."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.kernel.library import library

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("load_laws", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_rows_become_the_library_that_sources_are_looked_up_in(django_assert_num_queries):
    load()

    with django_assert_num_queries(2):
        found = library()

    assert found.problem_in("《优化营商环境条例》第四十三条第三款；国发〔2022〕5号") == ""
    assert found.problem_in("《优化营商环境条例》第四十四条") == "unknown_article"
    assert found.problem_in("平台默认（参考：海州区规定）") == ""
    held = found.laws["固定资产投资项目节能审查办法"]
    assert (held.periods, held.grounds_an_item) == (((None, date(2025, 9, 1)),), False)
