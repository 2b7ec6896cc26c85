"""What is asked of the trail."""

from datetime import date

from marketplace.forms.trail import TrailForm


def test_nothing_has_to_be_asked_and_days_stand_in_order() -> None:
    assert TrailForm({}).is_valid()
    asked = TrailForm({"who": " 王五 ", "since": "2026-11-02", "until": "2026-11-03"})
    assert asked.is_valid()
    assert (asked.cleaned_data["who"], asked.cleaned_data["until"]) == ("王五", date(2026, 11, 3))

    wrong = TrailForm({"since": "2026-11-03", "until": "2026-11-02"})

    assert [*wrong.errors] == ["until"]
