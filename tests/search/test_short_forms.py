"""A short form stands for the names of which each of its characters begins or ends a word."""

import pytest

from search.short_forms import can_be_short, spelled_out
from search.vocabulary import in_short_words

NAMES = (
    "司法鉴定",
    "房地产评估",
    "房屋征收社会稳定风险评估",
    "项目建议书、可行性研究报告编制",
    "社会团体成立登记验资",
    "人防工程施工图设计文件审查",
    "国有资产评估",
)


@pytest.mark.parametrize(
    ("short", "meant"),
    [
        ("司鉴", ["司法鉴定"]),
        ("房评", ["房地产评估"]),  # the other name skips three words
        ("项建书", ["项目建议书"]),  # the last character ends a word
        ("社团验资", ["社会团体成立登记验资"]),
        ("人防图审", ["人防工程施工图设计文件审查"]),
        ("国资评估", ["国有资产评估"]),
        ("产评", []),  # begins no word
        ("鉴司", []),  # in another order
        ("司法鉴定", []),  # the name itself
        ("飞碟", []),
    ],
)
def test_what_skips_the_fewest_words_is_meant(short: str, meant: list[str]) -> None:
    assert spelled_out(short, NAMES, in_short_words) == meant


def test_a_form_skips_fewer_words_than_it_has_characters() -> None:
    cut = {"甲一乙二丙三丁四": ["甲一", "乙二", "丙三", "丁四"]}.__getitem__

    assert spelled_out("甲丁", ["甲一乙二丙三丁四"], cut) == []
    assert spelled_out("甲乙丁", ["甲一乙二丙三丁四"], cut) == ["甲一乙二丙三丁四"]


def test_few_ideographs_in_one_run_may_be_a_short_form() -> None:
    texts = ("司", "司鉴", "六个字的简称", "七个字就太长了", "bim", "司 鉴")

    assert [can_be_short(text) for text in texts] == [False, True, True, False, False, False]
