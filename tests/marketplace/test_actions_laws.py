"""Loading the law library: rows as the files say, and nothing on the second run."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.management.commands._loading import DATA

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("load_laws", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_library_is_loaded_once():
    assert load() == [
        "laws: 97 created, 0 updated, 0 unchanged",
        "articles: 168 created, 0 updated, 0 unchanged",
    ]
    assert load() == [
        "laws: 0 created, 0 updated, 97 unchanged",
        "articles: 0 created, 0 updated, 168 unchanged",
    ]


def test_a_dry_run_writes_nothing():
    assert load(dry_run=True)[-1] == "dry run: nothing was written"
    assert not Law.objects.exists()


def test_a_bad_row_stops_the_load_and_nothing_is_written(tmp_path):
    for name in ("laws.csv", "law_articles.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    with (tmp_path / "law_articles.csv").open("a", encoding="utf-8") as file:
        file.write("没有这部法,2020-01-01,第一条,条文\n")

    with pytest.raises(CommandError, match=r"law_articles\.csv:\d+: version: unknown '2020-01-01'"):
        load(data=tmp_path)

    assert not Law.objects.exists()


def test_a_version_says_when_it_ended_exactly_if_it_is_over():
    law = Law.objects.create(slug="one", name="某法", level="law")
    for wrong in (
        {"status": "repealed"},
        {"status": "in_force", "in_force_until": date(2025, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LawVersion.objects.create(law=law, checked_on=date(2025, 4, 30), **wrong)

    assert not LawVersion.objects.exists()


def test_an_article_is_found_at_its_number():
    assert Article(position=43).anchor == "a43"
