"""A queue is searched by every word, in each of its fields."""

import pytest
from django.http import QueryDict

from marketplace.models import Agency
from marketplace.pages.queues import ADMISSIONS
from marketplace.web.queues import Narrowing, narrowed, narrowing_of
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, AuthorityFactory, Role, party


@pytest.mark.django_db
def test_all_words_are_found_wherever_they_stand() -> None:
    agency = AgencyFactory(submitted=True, organization__name="江西赣江测绘有限公司")
    AgencyFactory(submitted=True, organization__name="江西昌南测绘有限公司")
    reader = party(AuthorityFactory(), Role.OPERATOR)

    def found(words: str) -> list[Agency]:
        rows = Agency.objects.order_by("pk")
        asked = Narrowing(words, "", {})
        return [*narrowed(rows, ADMISSIONS, asked, reader, NOON.date())]

    assert len(found("")) == len(found("测绘 江西")) == 2
    assert found("测绘 赣江") == [agency]
    assert found(f"{agency.organization.uscc} 测绘") == [agency]
    assert found("测绘 九江") == []


def test_what_else_was_asked_for_is_kept_and_nonsense_is_not() -> None:
    asked = narrowing_of(QueryDict("status=returned&whose=theirs&page=3&q=%20测绘%20"))

    assert asked == Narrowing("测绘", "", {"status": "returned"})
    assert asked.is_narrow
    assert [name for name, _label, is_on in asked.choices if is_on] == [""]
