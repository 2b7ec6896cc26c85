"""Who is invented: their credit codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cms.demo.world import credit_code
from marketplace.identifiers import check_uscc


@given(st.sampled_from(["11", "12", "51", "91", "92"]), st.text())
def test_an_invented_credit_code_is_right_unless_it_is_meant_to_be_wrong(
    kind: str, name: str
) -> None:
    assert check_uscc(credit_code(kind, "360702", name)).is_right
    wrong = check_uscc(credit_code(kind, "360702", name, is_wrong=True))
    assert (wrong.is_refused, wrong.wrong_check_digit) == (False, True)
