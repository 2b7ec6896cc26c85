"""Each kind of agency is compared with its own licence, in that licence's words."""

import pytest

from marketplace.check_lists import check_list_of, reasons, said
from marketplace.models import Agency


@pytest.mark.parametrize(
    ("nature", "has_capital", "head"),
    [
        ("company", True, None),
        ("institution", True, None),
        ("social", True, None),
        ("unincorporated", False, "负责人"),
        ("sole_trader", False, "经营者"),
        ("law_firm", False, "负责人"),
        ("", False, None),
    ],
)
def test_a_kind_shows_what_its_licence_shows(nature: str, has_capital: bool, head: str) -> None:
    found = check_list_of(nature)

    assert ("registered_capital" in found.facts) is has_capital
    assert found.words.get("legal_representative") == head
    assert {"name", "uscc", "business_until"} <= {*found.facts}


def test_every_kind_is_in_the_file() -> None:
    assert all(check_list_of(nature) != check_list_of("") for nature in Agency.Nature)


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        ({"reason": "differs"}, "与证照不一致"),
        ({"reason": "differs", "note": "执照上是 12 号"}, "与证照不一致；执照上是 12 号"),
        ({"reason": "other", "note": "请盖章"}, "请盖章"),
        ({"reason": "other", "note": ""}, "其他，见说明"),
    ],
)
def test_a_remark_is_its_reason_and_what_was_added(remark: dict[str, str], words: str) -> None:
    assert said(remark) == words
    assert [*reasons()][-1] == "other"
