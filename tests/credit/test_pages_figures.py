"""How scores and points are written."""

from decimal import Decimal

import pytest

from credit.pages.figures import points, score


@pytest.mark.parametrize(
    ("value", "as_points", "as_score"),
    [(-5, "−5", "−5"), (0, "0", "0"), (1, "+1", "1")],
)
def test_points_have_a_sign_and_scores_no_needless_zeros(value, as_points, as_score):
    exact = Decimal(value).quantize(Decimal("0.01"))

    assert (points(exact), score(exact)) == (as_points, as_score)
    assert score(Decimal("92.50")) == "92.5"
    assert score(Decimal(100)) == "100"
