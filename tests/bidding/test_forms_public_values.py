"""Two officers who type the same numbers with other blanks have typed the same."""

import pytest

from bidding.forms.public_values import PublicValueForm, SignatureForm
from tests.bidding.test_selection_beacon import ROUNDS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2026318 5 0 7", "2026318 5 0 7"), ("  2026318  5   0 7 ", "2026318 5 0 7"), (" ", None)],
)
def test_blanks_count_once(typed: str, kept: str | None) -> None:
    form = PublicValueForm({"value": typed})

    assert (form.cleaned_data["value"] if form.is_valid() else None) == kept


def test_a_signature_is_kept_with_the_round_it_is_asked_of() -> None:
    typed = ROUNDS[1000].upper()
    form = SignatureForm({"value": f" {typed[:48]} {typed[48:]}"}, number=1000)

    assert form.is_valid()
    assert form.cleaned_data["value"] == f"1000 {ROUNDS[1000]}"
