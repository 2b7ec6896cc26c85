"""The same question is the same text, whatever it was asked with."""

from django.http import QueryDict

from marketplace.web.asked import asked_for


def test_a_question_is_sorted_and_says_nothing_of_how_it_is_shown() -> None:
    one = QueryDict("q=%20环评++报告&class=b&class=a&page=3&sort=new&fund=&scope=tenders")
    other = QueryDict("class=a&class=b&class=b&q=环评+报告")

    assert asked_for(one) == asked_for(other)
    assert asked_for(one) == "class=a&class=b&q=%E7%8E%AF%E8%AF%84+%E6%8A%A5%E5%91%8A"
    assert asked_for(QueryDict("page=2")) == ""
