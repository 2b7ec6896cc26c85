"""Laws, their versions and articles."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.kernel.models.laws import has_articles

CHECKED = date(2025, 4, 30)

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("level", "grounds"),
    [("law", True), ("regulation", True), ("state_council", True), ("ministry", False)],
)
def test_an_item_stands_on_laws_regulations_and_the_state_council(level, grounds):
    assert Law(level=level).grounds_an_item is grounds


def test_a_law_is_found_by_its_name_and_by_the_number_of_any_version():
    law = Law.objects.create(slug="one", name="某某法", level="law")
    other = Law.objects.create(slug="two", name="别的办法", level="ministry")
    LawVersion.objects.create(law=other, checked_on=CHECKED, document_number="国令第5号")
    Article.objects.create(version=other.versions.get(), number="第一条", position=1, text="文")

    assert [*Law.objects.named_like("某某")] == [law]
    assert [*Law.objects.named_like("第5号")] == [other]
    assert [*Law.objects.filter(has_articles())] == [other]


def test_a_version_is_in_force_from_its_day_until_the_day_that_ends_it():
    law = Law.objects.create(slug="one", name="某法", level="law")
    start, end = date(2020, 1, 1), date(2024, 7, 1)
    period = {"in_force_from": start, "in_force_until": end, "status": "amended"}
    LawVersion.objects.create(law=law, checked_on=CHECKED, **period)

    days = (date(2019, 12, 31), start, date(2024, 6, 30), end)

    assert [LawVersion.objects.in_force(day).exists() for day in days] == [False, True, True, False]
