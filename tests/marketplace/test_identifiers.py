"""Codes of the state against published examples, and the platform's own numbers."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.identifiers import (
    USCC_ALPHABET,
    NumberOutOfForm,
    UsccCheck,
    case_number,
    check_uscc,
    contract_number,
    decision_number,
    dispute_number,
    holds_id_card_number,
    is_id_card_number,
    is_project_code,
    letter_number,
    masked,
    tender_code,
    with_hyphens,
)

REAL = [
    *("914403001922038216", "9144030071526726XG", "91330100799655058B", "91110000600037341L"),
    "12440600MB2C07549J",
]
ID_CARD = "360702190101010025"
NUMBERS = [
    tender_code,
    contract_number,
    letter_number,
    case_number,
    decision_number,
    dispute_number,
]


@pytest.mark.parametrize("code", REAL)
def test_k6_04_a_real_credit_code_is_right(code):
    """K6-04: that of a public institution too."""
    assert check_uscc(code) == UsccCheck(code)
    assert check_uscc(code).is_right


@pytest.mark.parametrize(
    "typed",
    [
        " 9144 0300 7152 6726 xg\n",
        "91440300-71526726X-G",
        "９１４４０３００７１５２６７２６\uff38\uff27",
        "9144030071526726\uff58\uff47",
        "\u300091440300\u00a071526726Xg",
    ],
)
def test_a_credit_code_is_normalised_as_people_type_it(typed):
    assert check_uscc(typed).value == "9144030071526726XG"
    assert check_uscc(typed).is_right


@pytest.mark.parametrize("code", ["", "9144030071526726X", "9144030071526726XG1"])
def test_a_credit_code_of_wrong_length_is_refused(code):
    check = check_uscc(code)

    assert (check.wrong_length, check.wrong_alphabet, check.wrong_check_digit) == (
        True,
        False,
        False,
    )
    assert check.is_refused
    assert not check.is_right


@pytest.mark.parametrize("letter", [*"IOSVZ", "中", "_", "\u0131", "²", "٣"])
def test_a_credit_code_with_a_foreign_letter_is_refused(letter):
    check = check_uscc("9144030071526726" + letter + "G")

    assert (check.wrong_length, check.wrong_alphabet, check.wrong_check_digit) == (
        False,
        True,
        False,
    )
    assert check.is_refused


def test_a_wrong_check_digit_alone_is_not_refused():
    check = check_uscc("914403007152672600")

    assert check == UsccCheck("914403007152672600", wrong_check_digit=True)
    assert not check.is_refused
    assert not check.is_right


@given(st.sampled_from(REAL), st.integers(2, 17), st.sampled_from(sorted(USCC_ALPHABET)))
def test_one_changed_character_breaks_the_check_digit(code, place, character):
    changed = code[:place] + character + code[place + 1 :]

    assert check_uscc(changed).wrong_check_digit is (changed != code)


@given(st.text(max_size=24))
def test_any_text_gets_an_answer_and_normalising_twice_changes_nothing(text):
    check = check_uscc(text)

    assert check_uscc(check.value) == check
    assert check.is_refused + check.wrong_check_digit + check.is_right == 1


@pytest.mark.parametrize("code", ["111111111111111111", "91350203M0001QKT19"])
def test_k6_02_k6_03_a_code_of_an_existing_class_with_a_wrong_digit_is_a_question(code):
    """K6-02: one repeated character. K6-03: a real code, mistyped."""
    assert check_uscc(code) == UsccCheck(code, wrong_check_digit=True)


def test_the_classes_are_those_of_the_standard_and_no_others():
    pairs = [one + two for one in sorted(USCC_ALPHABET) for two in sorted(USCC_ALPHABET)]

    assert [pair for pair in pairs if not check_uscc(pair + "0" * 16).wrong_class] == [
        *("11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49"),
        *("51", "52", "53", "59", "61", "62", "69", "71", "72", "79", "81", "89"),
        *("91", "92", "93", "A1", "A9", "N1", "N2", "N3", "N9", "Y1"),
    ]


@pytest.mark.parametrize("typed", [ID_CARD, "３６０７０２ 19010101 0025", "11010519491231002x"])
def test_k6_01_the_number_of_a_person_is_no_credit_code(typed):
    check = check_uscc(typed)

    assert check.is_id_card
    assert check.is_refused
    assert not check.wrong_class
    assert check.value not in repr(check)


def test_a_right_code_of_digits_that_only_looks_like_a_person_stays_one():
    code = "113601199001010062"

    assert is_id_card_number(code)
    assert check_uscc(code) == UsccCheck(code)


@given(st.text(alphabet=string.digits + string.ascii_uppercase, min_size=18, max_size=18))
def test_only_the_letters_of_the_standard_pass(text):
    assert check_uscc(text).wrong_alphabet is any(letter in "IOSVZ" for letter in text)


@pytest.mark.parametrize(
    "text",
    [
        "360426199101010071",
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "３６０４２６１９９１０１０１００７１",
        "360426199101010072",
    ],
)
def test_a_resident_number_is_recognised_even_mistyped(text):
    assert is_id_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gz_zhang",
        "13807911234",
        "914403001922038216",
        "360426199113010071",
        "360426199102290071",
        "36042619910101007",
        "3604261991010100711",
        "X60426199101010071",
        "360426219101010071",
    ],
)
def test_other_texts_are_no_resident_number(text):
    assert not is_id_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "id-11010519491231002X",
        "11010519491231002x@qq.com",
        "a360426199101010071b",
        "3604261991010100711",
        "13604261991010100711",
        "99360426199113010071 360426199101010071",
    ],
)
def test_a_resident_number_is_found_inside_other_text(text):
    assert holds_id_card_number(text)


@pytest.mark.parametrize(
    "text", ["", "gz_zhang@qq.com", "13807911234", "id-914403001922038216", "x36042619911301007"]
)
def test_other_texts_hold_no_resident_number(text):
    assert not holds_id_card_number(text)


def test_a_project_code_has_five_groups_of_digits():
    assert is_project_code("2610-360702-04-01-218846")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26103607020401218846",
        "2610-360702-04-01-21884",
        "2610-360702-04-01-2188467",
        "2610-36070X-04-01-218846",
        "2610-360702-04-01-218846\n",
        "２６１０-360702-04-01-218846",
    ],
)
def test_another_form_is_no_project_code(text):
    assert not is_project_code(text)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("26103607020401218846", "2610-360702-04-01-218846"),
        ("2610-360702-04-01-218846", "2610-360702-04-01-218846"),
        ("2610360702040121884", "2610360702040121884"),
    ],
)
def test_a_project_code_gets_the_hyphens_that_it_lacks(written: str, code: str) -> None:
    assert with_hyphens(written) == code


def test_numbers_name_division_year_and_kind():
    assert [make("360702", 2026, 12) for make in NUMBERS] == [
        "JX360702-2026-00012",
        "JX360702-2026-C00012",
        "JX360702-2026-L00012",
        "JX360702-2026-M00012",
        "JX360702-2026-D00012",
        "JX360702-2026-Y00012",
    ]


def test_another_province_has_another_prefix():
    assert tender_code("330102", 2026, 1, prefix="ZJ") == "ZJ330102-2026-00001"


def test_a_serial_of_more_than_five_digits_stays_whole():
    assert tender_code("360702", 2026, 123456) == "JX360702-2026-123456"


@pytest.mark.parametrize(
    ("division", "year", "serial"),
    [
        *(("36070", 2026, 1), ("3607022", 2026, 1), ("36070A", 2026, 1), ("", 2026, 1)),
        *(("360702", 26, 1), ("360702", 12026, 1), ("360702", 2026, 0), ("360702", 2026, -1)),
    ],
)
@pytest.mark.parametrize("make", NUMBERS)
def test_a_number_out_of_form_is_refused(make, division, year, serial):
    with pytest.raises(NumberOutOfForm):
        make(division, year, serial)


serials = st.integers(1, 10**7)
facts = st.tuples(st.from_regex(r"\A[0-9]{6}\Z"), st.integers(1000, 9999), serials)


@given(st.sampled_from(NUMBERS), facts, st.sampled_from(NUMBERS), facts)
def test_different_facts_give_different_numbers(make, one, make_other, other):
    assert (make(*one) == make_other(*other)) is ((make, one) == (make_other, other))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0797-8123456", "07**-*****56"),
        ("13800000001", "13*******01"),
        ("S360703001", "S3******01"),
        ("12345", "1***5"),
        ("", ""),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown
