"""Who asks for a professional names them by certificate, never by an identity number."""

import pytest

from marketplace.forms.moves import MoveForm
from tests.uploads import upload

LIMITS = {"limit": 1024 * 1024, "most": 3}


@pytest.mark.parametrize(
    ("number", "fault"), [("CS000001", ""), ("360702199001011234", "certificate_number")]
)
def test_an_identity_number_is_no_certificate(number: str, fault: str) -> None:
    typed = {"name": "王测试", "certificate_number": number}

    form = MoveForm(typed, {"papers": upload()}, **LIMITS)

    assert [*form.errors] == ([fault] if fault else [])


def test_what_is_wanted_has_the_files_by_themselves() -> None:
    form = MoveForm({"name": "王测试", "certificate_number": "CS1"}, {"papers": upload()}, **LIMITS)

    assert form.is_valid()
    assert form.wanted().keys() == {"files", "name", "certificate_number"}
