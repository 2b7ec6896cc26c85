"""Who is invented: their credit codes, and the numbers of officers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cms.demo.world import credit_code, identity_number
from marketplace.identifiers import check_uscc, has_right_check_digit


@given(st.sampled_from(["11", "12", "51", "91", "92"]), st.text())
def test_an_invented_credit_code_is_right_unless_it_is_meant_to_be_wrong(
    kind: str, name: str
) -> None:
    assert check_uscc(credit_code(kind, "360702", name)).is_right
    wrong = check_uscc(credit_code(kind, "360702", name, is_wrong=True))
    assert (wrong.is_refused, wrong.wrong_check_digit) == (False, True)


@given(st.text())
def test_an_invented_person_has_a_number_with_a_right_check_digit(login: str) -> None:
    assert has_right_check_digit(identity_number(login))
