"""What an address cannot mean is left out of the question."""

from django.http import QueryDict

from search.query import MAX_PAGE
from search.questions import newest_first, page_of, query_of


def test_an_address_is_read_and_what_it_cannot_mean_is_left_out() -> None:
    query = query_of(QueryDict("q=环评+章贡&in=tender"), page=2)
    odd = query_of(QueryDict("q=环评&in=people"))

    assert (query.text, query.kind, query.page) == ("环评 章贡", "tender", 2)
    assert odd.kind == ""
    assert newest_first(query, 7).page == 7


def test_a_page_is_a_small_number_or_the_first() -> None:
    asked = ["3", "", "x", "-1", "٣", "9" * 20, str(MAX_PAGE)]

    assert [page_of(QueryDict(f"page={one}")) for one in asked] == [3, 1, 1, 1, 1, 1, MAX_PAGE]
