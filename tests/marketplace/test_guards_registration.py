import pytest

from marketplace.guards.registration import may_register_in, may_use_uscc
from marketplace.identifiers import check_uscc
from marketplace.models import PlaceCode
from tests.factories.marketplace import (
    BuyerFactory,
    OrganizationFactory,
    division,
    place_codes,
    valid_uscc,
)

pytestmark = pytest.mark.django_db
RIGHT = valid_uscc(1)


def failed(text: str) -> list[str]:
    return [verdict.guard for verdict in may_use_uscc(check_uscc(text)) if not verdict.holds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RIGHT, []),
        (f" {RIGHT[:8]}-{RIGHT[8:].lower()} ", []),
        (RIGHT[:-1], ["uscc_has_right_length"]),
        (RIGHT + "0", ["uscc_has_right_length"]),
        (RIGHT[:-1] + "I", ["uscc_has_right_alphabet"]),
        ("36" + RIGHT[2:], ["uscc_has_existing_class"]),
        ("360702190101010025", ["uscc_is_no_id_card"]),
        ("9136O7O2MAZZ", ["uscc_has_right_length", "uscc_has_right_alphabet"]),
    ],
)
def test_a_credit_code_needs_18_marks_of_the_alphabet(text: str, expected: list[str]) -> None:
    assert failed(text) == expected


def test_the_refusal_says_the_length_and_names_the_standard() -> None:
    verdict = may_use_uscc(check_uscc(RIGHT[:-1]))[0]

    assert verdict.explained == "统一社会信用代码应为 18 位，现在是 17 位。依据：GB 32100。"


def test_the_refusal_shows_the_strange_marks_once_each() -> None:
    verdict = may_use_uscc(check_uscc("9136O702MAO000001Z"))[1]

    assert verdict.refusal.endswith("这里出现了“O Z”")


def test_the_refusal_says_which_beginning_does_not_exist() -> None:
    verdict = may_use_uscc(check_uscc("36" + RIGHT[2:]))[3]

    assert verdict.refusal.endswith("没有以“36”开头的代码，请对照证照核对")


def test_a_wrong_check_digit_alone_is_not_refused() -> None:
    wrong = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")

    assert failed(wrong) == []


def test_a_credit_code_is_registered_once_in_the_province_whatever_the_party_is() -> None:
    BuyerFactory(organization__uscc=RIGHT)

    assert failed(RIGHT) == ["uscc_is_new"]


def test_an_organization_may_keep_its_own_code() -> None:
    own = OrganizationFactory(uscc=RIGHT)

    assert all(verdict.holds for verdict in may_use_uscc(check_uscc(RIGHT), own))


def test_whoever_is_from_outside_is_in_the_care_of_the_province() -> None:
    here, yueyang = place_codes("360702", "430600")

    def refused(code: str, place: PlaceCode | None) -> list[str]:
        asked = may_register_in(division(code), place)
        return [verdict.guard for verdict in asked if not verdict.holds]

    assert refused("360000", yueyang) == []
    assert refused("360702", None) == []
    assert refused("360702", yueyang) == ["province_cares_for_outsiders"]
    assert refused("360000", here) == ["place_lies_outside"]
