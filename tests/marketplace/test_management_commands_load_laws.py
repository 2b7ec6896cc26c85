"""The law library in the database is that of its files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketplace.kernel.models import Law
from marketplace.management.commands._loading import DATA

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("load_laws", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_library_is_loaded_once():
    assert load() == [
        "laws: 115 created, 0 updated, 0 unchanged",
        "articles: 236 created, 0 updated, 0 unchanged",
    ]
    assert load() == [
        "laws: 0 created, 0 updated, 115 unchanged",
        "articles: 0 created, 0 updated, 236 unchanged",
    ]


def test_a_dry_run_writes_nothing():
    assert load(dry_run=True)[-1] == "dry run: nothing was written"
    assert not Law.objects.exists()


def test_a_bad_row_stops_the_load_and_nothing_is_written(tmp_path):
    for name in ("laws.csv", "law_articles.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    with (tmp_path / "law_articles.csv").open("a", encoding="utf-8") as file:
        file.write("没有这部法,2020-01-01,第一条,条文\n")

    with pytest.raises(
        CommandError, match=r"law_articles\.csv 第 \d+ 行，“version”列，“2020-01-01”"
    ):
        load(data=tmp_path)

    assert not Law.objects.exists()
