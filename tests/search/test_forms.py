"""A kept question has a name on one line, and is told of at once or daily."""

from search.forms import SavedSearchForm


def test_the_form_takes_a_pace_that_there_is_and_a_name_of_one_line() -> None:
    good = SavedSearchForm({"title": "环评 章贡", "pace": "daily"})
    cut = SavedSearchForm({"title": "环评\n章贡", "pace": "daily"})
    bad = SavedSearchForm({"title": "", "pace": "hourly"})

    assert good.is_valid()
    assert good.cleaned_data == {"title": "环评 章贡", "pace": "daily", "is_mailed": False}
    assert sorted(cut.errors) == ["title"]
    assert sorted(bad.errors) == ["pace", "title"]
