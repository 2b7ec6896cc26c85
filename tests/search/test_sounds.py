"""How ideographs are said: the table, and how a text is cut by it."""

import csv

import pytest

from search.sounds import TABLE, read_table
from tests.search.drawn_sounds import drawn


def test_the_table_is_what_is_drawn_from_the_package() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["sort"], row["sound"], row["text"]) for row in csv.DictReader(file)]

    assert rows == list(drawn())


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("赣州", "gan zhou"),
        ("银行", "yin hang"),
        ("重庆银行行长", "chong qing yin hang hang zhang"),
        ("应当知道行政行为", "ying dang zhi dao xing zheng xing wei"),
        ("学校对其", "xue xiao dui qi"),
        ("朝阳区", "chao yang qu"),
        ("绿化", "lv hua"),
    ],
)
def test_a_run_is_cut_into_the_longest_phrases_and_said(run: str, said: str) -> None:
    assert read_table({}).said(run) == tuple(said.split())


def test_a_name_is_said_as_it_is_told() -> None:
    assert read_table({}).said("到铅山县") == ("dao", "yan", "shan", "xian")
    assert read_table({"铅山": ("qian", "shan")}).said("铅山县") == ("qian", "shan", "xian")


def test_what_has_no_sound_stays_together_as_it_is() -> None:
    assert read_table({}).said("あい水々カ") == ("あい", "shui", "々カ")
    assert read_table({}).said("") == ()
