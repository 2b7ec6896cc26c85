"""What a system sends is read as text under its names, or said what is wrong with it."""

from __future__ import annotations

import pytest

from bidding.forms.pushes import read, wrong_in


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"[" * 10_000, b"\xff"])
def test_what_is_no_object_is_not_read(body: bytes) -> None:
    assert read(body) is None


def test_an_object_is_read() -> None:
    assert read(b'{"projectCode": "1"}') == {"projectCode": "1"}


def test_two_names_of_one_field_may_say_the_same() -> None:
    assert wrong_in({"projectPassphrase": "1", "projectCode": "1"}) == []
    (error,) = wrong_in({"projectPassphrase": "1", "projectCode": "2"})
    assert error == {
        "field": "projectPassphrase",
        "message": "projectPassphrase：与 projectCode 是同一项，两处不一致，请只填一处。",
    }
