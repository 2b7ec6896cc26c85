"""Two officers who type the same numbers with other blanks have typed the same."""

import pytest

from bidding.forms.public_values import PublicValueForm


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2026318 5 0 7", "2026318 5 0 7"), ("  2026318  5   0 7 ", "2026318 5 0 7"), (" ", None)],
)
def test_blanks_count_once(typed: str, kept: str | None) -> None:
    form = PublicValueForm({"value": typed})

    assert (form.cleaned_data["value"] if form.is_valid() else None) == kept
