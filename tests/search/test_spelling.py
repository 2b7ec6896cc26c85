"""One slip is put right into what stands in a name, and nothing else is."""

import pytest

from search.query import term_of
from search.spelling import (
    DOUBLED,
    MISSING,
    OTHER,
    SOUNDS,
    SWAPPED,
    can_be_corrected,
    correction,
    lookalikes,
    nearness,
)
from search.vocabulary import Vocabulary, standard

NONE = Vocabulary()


@pytest.mark.parametrize(
    ("typed", "meant", "near"),
    [
        ("环竟影响", "环境影响", SOUNDS),
        ("环平", "环评", SOUNDS),
        ("环影境响", "环境影响", SWAPPED),
        ("环境影向评介", "环境影响评价", 0),  # two slips
        ("环境景响", "环境影响", OTHER),
        ("环影响", "环境影响", MISSING),
        ("环境境影响", "环境影响", DOUBLED),
        ("环境影响", "环境影响", 0),
        ("环境", "环保", 0),  # of two characters one is half
        ("环境影响报告", "环境影响", 0),
        ("南昌市", "市南昌", 0),
        ("环境影响书", "环境影响", 0),  # the end of another word
    ],
)
def test_one_slip_is_near_and_two_are_not(typed: str, meant: str, near: float) -> None:
    assert nearness(typed, meant) == near


def test_what_was_meant_is_looked_for_in_titles_and_in_the_vocabulary() -> None:
    assert correction("文物保户", ["编制文物保护工程方案"], NONE) == "文物保护"
    assert correction("可行姓研究", [], standard()) == "可行性研究"
    assert correction("飞碟飞碟", ["编制文物保护工程方案"], standard()) == ""


def test_what_more_things_are_called_is_likelier_meant() -> None:
    titles = ["南康监理", "南丰监理", "南丰监理"]

    assert correction("南昌监理", titles, NONE) == "南丰监理"
    assert correction("南昌监理", titles, NONE, least=SOUNDS) == ""


@pytest.mark.parametrize(
    ("text", "can_be"), [("环竟", True), ("环", False), ("bim", False), ("环 境", False)]
)
def test_only_a_run_of_ideographs_can_hold_a_slip(text: str, can_be: bool) -> None:
    assert can_be_corrected(text) is can_be


def test_names_are_looked_for_by_sound_and_by_what_is_left_without_the_slip() -> None:
    term = term_of("甲乙丙丁")
    assert term is not None

    found = lookalikes(term)

    assert {query.text for query in found} >= {"甲乙丙丁", "丙丁", "甲乙", "甲丙丁", "乙甲丙丁"}
    assert all(len(query.text) > 1 for query in found)


def test_a_piece_inside_a_name_is_no_slip_of_its_first_or_last_character() -> None:
    """Any two characters of a law have some others before and after them."""
    assert correction("被处罚", ["行政处罚法"], NONE) == ""
    assert correction("处罚者", ["行政处罚法通知"], NONE) == ""
    assert correction("行改处罚", ["行政处罚法"], NONE) == "行政处罚"
    assert correction("赤处罚法", ["政处罚法"], NONE) == "政处罚法"
