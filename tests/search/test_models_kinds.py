"""What stands beside a suggestion."""

from search.models import SuggestionKind


def test_a_suggestion_says_what_it_is_of() -> None:
    assert [str(kind.label) for kind in SuggestionKind] == ["事项", "服务类别", "地区", "常查"]
